"""Who speaks here, in the words of schema.org, for search engines."""

from django.conf import settings
from django.templatetags.static import static

from bekal.front.queries import Workshop

_CONTEXT = "https://schema.org"


def organization(site: str) -> dict[str, object] | None:
    """The organization behind this site; None in a demo, where no institution speaks.

    Source of the terms: https://schema.org/Organization
    """
    if settings.BEKAL_DEMO:
        return None
    told: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "Organization",
        "name": "Bekal",
        "url": f"{site}/",
        "logo": site + static("ui/img/logo.svg"),
    }
    if settings.BEKAL_OFFICIAL:
        told["parentOrganization"] = {
            "@type": "GovernmentOrganization",
            "name": "Direktorat Jenderal Pemasyarakatan",
        }
    return told


def workshop(shop: Workshop, *, address: str) -> dict[str, object]:
    """The unit behind a page of a workshop; `address` is that page's.

    What a demo makes up, its number, is not told. Source of the terms:
    https://schema.org/Organization
    """
    told: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "Organization",
        "name": shop.unit.name,
        "url": address,
        "address": {
            "@type": "PostalAddress",
            "addressRegion": shop.unit.province,
            "addressCountry": "ID",
        },
    }
    if shop.kanwil:
        told["parentOrganization"] = {
            "@type": "GovernmentOrganization",
            "name": shop.kanwil.name,
        }
    contact = shop.reach.contact
    if contact and not contact.is_sample:
        told["telephone"] = contact.number
    return told

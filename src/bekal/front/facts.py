"""Who speaks here, in the words of schema.org, for search engines."""

from django.conf import settings
from django.templatetags.static import static


def organization(site: str) -> dict[str, object] | None:
    """The organization behind this site; None in a demo, where no institution speaks.

    Source of the terms: https://schema.org/Organization
    """
    if settings.BEKAL_DEMO:
        return None
    told: dict[str, object] = {
        "@context": "https://schema.org",
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

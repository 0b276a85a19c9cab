"""What is written of a product for buyers, and the permits that it stands on."""

from bekal.catalogue import rules
from bekal.catalogue.models import Listing, Permit


def listing_of(row: Listing) -> rules.NewListing:
    """What an officer wrote, as it was given."""
    return rules.NewListing(
        description=row.description,
        description_en=row.description_en,
        name_en=row.name_en,
        origin=rules.Origin(row.origin) if row.origin else None,
        making=rules.Making(row.making),
        weight_g=row.weight_g,
        length_cm=row.length_cm,
        width_cm=row.width_cm,
        height_cm=row.height_cm,
        material=row.material,
        measure=row.measure,
        care=row.care,
        buyer_limit=row.buyer_limit,
        is_food=row.is_food,
        composition=row.composition,
        net_content=row.net_content,
        allergens=row.allergens,
        storage=row.storage,
        shelf_life_days=row.shelf_life_days,
        halal=rules.Halal(row.halal) if row.halal else None,
    )


def permit_spans(*, product_id: int) -> list[rules.PermitSpan]:
    """The permits of a product that were not withdrawn. One statement."""
    found = Permit.objects.filter(goods__product_id=product_id, withdrawn_at__isnull=True)
    return [
        rules.PermitSpan(rules.PermitKind(kind), valid_from, valid_until)
        for kind, valid_from, valid_until in found.values_list(
            "kind", "valid_from", "valid_until"
        ).order_by("id")
    ]

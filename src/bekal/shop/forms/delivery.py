"""Step 2 of an order: how the part of each workshop reaches the buyer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.catalogue.queries import PickupPoint
from bekal.shop.queries import WorkshopOffer
from bekal.shop.rules import Delivery, PartAsked

_MISSING = _("Pilih kurir atau ambil di bengkel.")


class DeliveryForm(forms.Form):
    """A courier's service, or fetching, for each workshop; the cheapest is chosen to begin with."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offers: Sequence[WorkshopOffer],
        initial: Mapping[str, str] | None = None,
    ) -> None:
        """One field a workshop, named by its unit."""
        super().__init__(data)
        self.offers = list(offers)
        for offer in self.offers:
            choices = [(str(quote.service_id), quote.label) for quote in offer.quotes]
            choices.append((Delivery.PICKUP.value, gettext("Ambil di bengkel")))
            chosen = (initial or {}).get(str(offer.workshop.unit_id), "")
            known = {value for value, _label in choices}
            self.fields[name_of(offer.workshop.unit_id)] = forms.ChoiceField(
                label=gettext("Dengan apa?"),
                choices=choices,
                initial=chosen if chosen in known else _usual(offer),
                widget=forms.RadioSelect,
                error_messages={"required": _MISSING, "invalid_choice": _MISSING},
            )

    def rows(
        self, *, points: Mapping[int, PickupPoint]
    ) -> list[tuple[WorkshopOffer, forms.BoundField, dict[str, str]]]:
        """Each workshop with its field and the notes of its choices; `points` are by unit."""
        units = [offer.workshop.unit_id for offer in self.offers]
        return [
            (offer, self[name_of(unit)], offer.notes(point=points.get(unit)))
            for unit, offer in zip(units, self.offers, strict=True)
        ]

    def answers(self) -> dict[str, dict[str, str]]:
        """What is kept of the step: by unit, the service or that it is fetched."""
        chosen = {
            str(offer.workshop.unit_id): self.cleaned_data[name_of(offer.workshop.unit_id)]
            for offer in self.offers
        }
        return {"parts": chosen}


def usual_parts(offers: Sequence[WorkshopOffer]) -> dict[str, dict[str, str]] | None:
    """What is chosen to begin with, as the form answers; None where the buyer has to look.

    That is where a workshop has no courier to the address of something that is to be sent.
    """
    if not all(offer.is_fetched or offer.quotes for offer in offers):
        return None
    return {"parts": {str(offer.workshop.unit_id): _usual(offer) for offer in offers}}


def _usual(offer: WorkshopOffer) -> str:
    """The cheapest courier's service, or fetching where all is fetched.

    Nothing where something is to be sent and no courier goes there: the buyer decides.
    """
    if offer.is_fetched:
        return Delivery.PICKUP.value
    return str(offer.quotes[0].service_id) if offer.quotes else ""


def name_of(unit_id: int) -> str:
    """The name of the field of a unit."""
    return f"kirim_{unit_id}"


def parts_of(answers: Mapping[str, str], offers: Sequence[WorkshopOffer]) -> list[PartAsked] | None:
    """The parts as they were chosen, with the fees of now; None where one was not chosen yet."""
    parts = []
    for offer in offers:
        unit = offer.workshop.unit_id
        chosen = answers.get(str(unit), "")
        quote = next((q for q in offer.quotes if str(q.service_id) == chosen), None)
        if quote is not None:
            parts.append(PartAsked(unit, Delivery.COURIER, quote.service_id, quote.fee))
        elif chosen == Delivery.PICKUP.value:
            parts.append(PartAsked(unit, Delivery.PICKUP))
        else:
            return None
    return parts

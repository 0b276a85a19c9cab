"""What a fee is made of.

A parcel counts by its weight or, where a service says so, by its size: whole kilograms, the first
at one price and each further one at another.
"""

from dataclasses import dataclass

from bekal.foundation import formats
from bekal.shipping.rules.measures import GRAMS, days_text, kilograms


@dataclass(frozen=True)
class Manner:
    """How a service counts a parcel.

    `divisor` is the cubic centimetres that stand for a kilogram (None: size does not count),
    `tolerance_g` the grams above a whole kilogram that it does not charge.
    """

    divisor: int | None = None
    tolerance_g: int = 0

    @property
    def text(self) -> str:
        """How it counts, in a line."""
        by_size = f"berat atau ukuran ({formats.thousands(self.divisor or 0)} cm\u00b3 per kg)"
        said = "berat saja" if self.divisor is None else by_size
        return f"{said}, {_unbilled(self.tolerance_g)}" if self.tolerance_g else said


@dataclass(frozen=True)
class Terms:
    """What a rate says: rupiah for the first and each further kilogram, bounds, days."""

    first_kg: int
    next_kg: int
    min_weight_g: int
    max_weight_g: int
    days_min: int
    days_max: int

    @property
    def weights_text(self) -> str:
        """Between which weights it holds: "sampai 30 kg", "10 kg sampai 200 kg"."""
        most = f"sampai {kilograms(self.max_weight_g)}"
        return f"{kilograms(self.min_weight_g)} {most}" if self.min_weight_g > 1 else most

    @property
    def days_text(self) -> str:
        """How long it takes."""
        return days_text(days_min=self.days_min, days_max=self.days_max)


@dataclass(frozen=True)
class Step:
    """One step of the arithmetic, as it is shown: what, how, and what comes out."""

    what: str
    how: str
    result: str


def counted_g(*, weight_g: int, volume_cm3: int | None, manner: Manner) -> int:
    """The grams that count: the weight or, when larger, what the size stands for."""
    if manner.divisor is None or not volume_cm3:
        return weight_g
    return max(weight_g, -(-volume_cm3 * GRAMS // manner.divisor))


def billed_kg(*, counted: int, manner: Manner, terms: Terms) -> int:
    """The whole kilograms that are charged: rounded up, but for the tolerance, at least one."""
    least = -(-terms.min_weight_g // GRAMS)
    return max(1, least, -(-(counted - manner.tolerance_g) // GRAMS))


def fee_of(*, weight_g: int, volume_cm3: int | None, manner: Manner, terms: Terms) -> int | None:
    """Rupiah for sending a parcel; None when it is more than the service takes there."""
    counted = counted_g(weight_g=weight_g, volume_cm3=volume_cm3, manner=manner)
    if counted > terms.max_weight_g:
        return None
    kilos = billed_kg(counted=counted, manner=manner, terms=terms)
    return terms.first_kg + (kilos - 1) * terms.next_kg


def explained(
    *, weight_g: int, volume_cm3: int | None, manner: Manner, terms: Terms
) -> tuple[Step, ...]:
    """The arithmetic of a fee, step by step, for whoever asks "Mengapa sebesar ini?"."""
    counted = counted_g(weight_g=weight_g, volume_cm3=volume_cm3, manner=manner)
    kilos = billed_kg(counted=counted, manner=manner, terms=terms)
    steps = [Step("Berat timbangan", "", kilograms(weight_g))]
    if manner.divisor is not None and volume_cm3:
        how = f"{formats.thousands(volume_cm3)} cm3 : {formats.thousands(manner.divisor)}"
        size = -(-volume_cm3 * GRAMS // manner.divisor)
        steps.append(Step("Berat menurut ukuran", how, kilograms(size)))
        steps.append(Step("Yang dihitung", "yang lebih besar", kilograms(counted)))
    steps.append(Step("Dibulatkan", _rounding(manner, terms), f"{kilos} kg"))
    steps.append(Step("Kg pertama", "", formats.rupiah(terms.first_kg)))
    if kilos > 1:
        further = kilos - 1
        how = f"{further} x {formats.rupiah(terms.next_kg)}"
        steps.append(Step("Kg berikutnya", how, formats.rupiah(further * terms.next_kg)))
    return tuple(steps)


def _rounding(manner: Manner, terms: Terms) -> str:
    said = "ke atas, ke kg penuh"
    if manner.tolerance_g:
        said += f"; {_unbilled(manner.tolerance_g)}"
    if terms.min_weight_g > GRAMS:
        said += f"; paling sedikit {kilograms(terms.min_weight_g)}"
    return said


def _unbilled(tolerance_g: int) -> str:
    return f"lebih sampai {tolerance_g} g tidak dihitung"

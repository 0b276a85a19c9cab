"""What a person says that a batch used of materials. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from bekal.foundation.messages import frozen_bytes
from bekal.production.rules.materials import MaterialRefused, quantity_text


@dataclass(frozen=True)
class NewBatchMaterials:
    """How much a batch used after all, thousandths by material; others stay as they were.

    `seen` is what the person saw written of them; of a material that it does not name, nothing.
    """

    key: UUID
    unit_id: int
    batch_id: UUID
    used: Mapping[int, int]
    seen: Mapping[int, int] = field(default_factory=dict)

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        lines = [
            f"bahan {material}: {quantity_text(used)}{self._instead(material)}"
            for material, used in sorted(self.used.items())
        ]
        said = {"place": self.unit_id, "batch": self.batch_id, "lines": "; ".join(lines)}
        return frozen_bytes(said)

    def _instead(self, material: int) -> str:
        seen = self.seen.get(material)
        return "" if seen is None else f" (tadinya {quantity_text(seen)})"


def check_batch_materials(
    new: NewBatchMaterials, *, stands: Mapping[int, int], ended: Collection[int]
) -> None:
    """Refuse less than nothing, what somebody else changed meanwhile, and more of what has ended.

    `stands` is what is written of the batch, `ended` the materials that are used no more.
    """
    for material, quantity in new.used.items():
        there, where = stands.get(material, 0), field_of(material)
        if quantity < 0:
            raise MaterialRefused("Jumlah terpakai paling sedikit 0.", field=where)
        if new.seen.get(material, there) != there:
            raise MaterialRefused(
                f"Sementara itu sudah tercatat {quantity_text(there)}. Periksa lagi jumlahnya.",
                field=where,
            )
        if material in ended and quantity > there:
            raise MaterialRefused("Bahan ini tidak dipakai lagi.", field=where)


def field_of(material: int) -> str:
    """The name of the field in which a person says how much of a material was used."""
    return f"used_{material}"


def check_returned(
    returned: Mapping[int, int], *, used: Mapping[int, int], is_cancelled: bool
) -> None:
    """Refuse to let material come back of a batch that stands, or more of it than was used.

    Raises MaterialRefused with the field.
    """
    if returned and not is_cancelled:
        raise MaterialRefused("Bahan kembali hanya kalau seluruh hasilnya dibatalkan.")
    for material, quantity in returned.items():
        there = used.get(material, 0)
        if not 0 <= quantity <= there:
            raise MaterialRefused(
                f"Isi antara 0 dan {quantity_text(there)}, sebanyak yang tercatat terpakai.",
                field=field_of_return(material),
            )


def field_of_return(material: int) -> str:
    """The name of the field in which a person says how much of a material comes back."""
    return f"back_{material}"

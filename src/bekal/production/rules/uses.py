"""What a person says that a batch used of materials. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.messages import frozen_bytes
from bekal.production.rules.materials import quantity_text


@dataclass(frozen=True)
class NewBatchMaterials:
    """How much a batch used after all, thousandths by material; others stay as they were."""

    key: UUID
    unit_id: int
    batch_id: UUID
    used: Mapping[int, int]

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        lines = [
            f"bahan {material}: {quantity_text(used)}"
            for material, used in sorted(self.used.items())
        ]
        said = {"place": self.unit_id, "batch": self.batch_id, "lines": "; ".join(lines)}
        return frozen_bytes(said)

"""What is kept of a run of the checks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

NAME_LENGTH = 120
SENTENCES_KEPT = 5
SENTENCE_LENGTH = 300


@dataclass(frozen=True)
class NewOutcome:
    """What one check found, a sentence for each problem."""

    name: str
    sentences: Sequence[str]

    @property
    def kept(self) -> list[str]:
        """The first sentences, none of them endless."""
        return [sentence[:SENTENCE_LENGTH] for sentence in self.sentences[:SENTENCES_KEPT]]

"""The base of every "no" that a person may read."""


class Refused(Exception):
    """An action was refused; the text is Indonesian and may be shown as it is.

    `field` names the form field that the text belongs to, or is empty for the whole form.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence that the person reads and the field it belongs to."""
        super().__init__(message)
        self.message = message
        self.field = field


class KeyReused(Refused):
    """The same idempotency key came with other content: answered with 409, kept for a person."""

    def __init__(self) -> None:
        """Say what happened in the person's words."""
        super().__init__(
            "Formulir ini sudah pernah tersimpan dengan isi yang berbeda. "
            "Periksa catatan yang tersimpan sebelum mencatat lagi."
        )

"""A sheet of sales as it is sent: a file, or pasted rows."""

from django import forms

from bekal.sales.sheet import LARGEST_FILE


class SheetForm(forms.Form):
    """A file goes before pasted rows."""

    sheet = forms.FileField(label="Berkas XLSX atau CSV", required=False)
    pasted = forms.CharField(
        label="Atau tempel baris dari lembar kerja",
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "null_characters_not_allowed": "Tempel baris sebagai teks.",
            "max_length": "Tempelan terlalu panjang. Kirim sebagai berkas.",
        },
    )

    def clean(self) -> None:
        """Something must be there."""
        if (
            not self.cleaned_data.get("sheet")
            and not str(self.cleaned_data.get("pasted", "")).strip()
        ):
            self.add_error("sheet", "Pilih berkas, atau tempel barisnya di bawah.")

    def content(self) -> tuple[str, bytes]:
        """Name and bytes of what was sent."""
        file = self.cleaned_data.get("sheet")
        if file:
            return str(file.name), file.read(LARGEST_FILE + 1)
        return "", str(self.cleaned_data["pasted"]).encode()

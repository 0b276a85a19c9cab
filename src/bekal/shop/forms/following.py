"""What somebody types to find an order, or to see its address."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.foundation.codes import CodeMistyped
from bekal.shop.rules import read_code

_DIGITS = 4
_UNKNOWN = _("Kode tidak dikenal. Periksa lagi huruf dan angkanya.")
_NO_DIGITS = _("Isi empat angka terakhir nomor WhatsApp.")


class CodeForm(forms.Form):
    """The code of an order, however it is written."""

    kode = forms.CharField(
        label=_("Kode pesanan"),
        max_length=40,
        error_messages={
            "required": _("Isi kode pesanan."),
            "max_length": _UNKNOWN,
            "null_characters_not_allowed": _UNKNOWN,
        },
    )

    def clean_kode(self) -> str:
        """The code as it is stored."""
        try:
            return read_code(self.cleaned_data["kode"])
        except CodeMistyped as refused:
            raise forms.ValidationError(_UNKNOWN) from refused

    def does_not_fit(self) -> None:
        """Say that there is no such order, in the same words as for a mistyped code."""
        self.add_error("kode", _UNKNOWN)


class PhoneForm(forms.Form):
    """The last four digits of the number that the order was placed with."""

    digits = forms.CharField(
        label=_("Empat angka terakhir nomor WhatsApp"),
        max_length=20,
        error_messages=dict.fromkeys(
            ("required", "max_length", "null_characters_not_allowed"), _NO_DIGITS
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_digits(self) -> str:
        """Four digits, or the last four of a whole number."""
        digits = "".join(sign for sign in self.cleaned_data["digits"] if sign in "0123456789")
        if len(digits) < _DIGITS:
            raise forms.ValidationError(_NO_DIGITS)
        return digits[-_DIGITS:]

    def does_not_fit(self) -> None:
        """Say that the digits are others."""
        self.add_error("digits", gettext("Angkanya tidak cocok dengan pesanan ini."))

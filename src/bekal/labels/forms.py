"""What somebody types who holds a label."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.foundation.codes import CodeMistyped
from bekal.labels.rules import read_label


class LabelForm(forms.Form):
    """The code of a label, however it is written."""

    kode = forms.CharField(
        label=_("Kode label"),
        max_length=40,
        error_messages={"required": _("Isi kode yang tercetak di label.")},
    )

    def clean_kode(self) -> str:
        """The code as it is stored."""
        try:
            return read_label(self.cleaned_data["kode"])
        except CodeMistyped as refused:
            raise forms.ValidationError(self.unknown()) from refused

    def does_not_fit(self) -> None:
        """Say that there is no such label, in the same words as for a mistyped code."""
        self.add_error("kode", self.unknown())

    @staticmethod
    def unknown() -> str:
        """What is said of every code that stands on no label."""
        return gettext("Kode tidak dikenal. Periksa lagi huruf dan angkanya.")

"""The kecamatan of a place: chosen while typing or, without script, from what was found."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.institutions.forms.fields import KeyedForm, text
from bekal.shipping import queries as shipping
from bekal.shipping.queries import Destination

_LONGEST = 120


class DistrictForm(KeyedForm):
    """A form that asks for a kecamatan; `found` are those to choose from where it is not clear."""

    district = text(_("Kecamatan"), _("Isi kecamatannya, lalu pilih dari daftar."), _LONGEST)
    district.widget.attrs |= {
        "data-typeahead": "/api/v1/districts?q=",
        "data-typeahead-for": "id_district_code",
    }
    district_code = forms.CharField(required=False, max_length=13, widget=forms.HiddenInput)
    found: tuple[Destination, ...] = ()

    def clean_district_code(self) -> str:
        """The code that was chosen, or that of the only kecamatan that is meant by the words."""
        known = shipping.district(code=self.cleaned_data["district_code"])
        typed = self.cleaned_data.get("district", "")
        if known is not None:
            return known.code
        self.found = tuple(shipping.search_districts(text=typed)) if typed else ()
        if len(self.found) == 1 or (self.found and self.found[0].label == typed):
            return self.found[0].code
        if typed:
            words = (
                gettext("Pilih kecamatan dari daftar di bawah.")
                if self.found
                else gettext("Kecamatan ini tidak ditemukan. Periksa ejaannya.")
            )
            self.add_error("district", words)
        return ""

"""The forms of the style page: the fields of "Catat penjualan", with example words."""

from django import forms

BUYERS = (("umum", "Umum"), ("pegawai", "Pegawai"), ("lembaga", "Lembaga"))
CHANNELS = (("", "Pilih saluran"), ("toko", "Toko bengkel"), ("pameran", "Pameran"))
PAYMENTS = (("tunai", "Tunai"), ("qris", "QRIS"), ("transfer", "Transfer"), ("tempo", "Tempo"))


class ExampleForm(forms.Form):
    """One field of each kind."""

    sold_on = forms.DateField(
        label="Tanggal penjualan",
        widget=forms.DateInput,
        help_text="Hari di tempat unit Anda.",
    )
    channel = forms.ChoiceField(
        label="Saluran", choices=CHANNELS, error_messages={"required": "Pilih saluran penjualan."}
    )
    district = forms.CharField(
        label="Kecamatan",
        required=False,
        help_text="Ketik beberapa huruf, lalu pilih.",
        widget=forms.TextInput(attrs={"data-typeahead": "/api/v1/districts?q="}),
    )
    price = forms.CharField(
        label="Harga satuan",
        help_text="Rupiah bulat, misalnya 48.000.",
        error_messages={"required": "Isi harga satuan."},
    )
    count = forms.IntegerField(label="Jumlah", error_messages={"invalid": "Tulis dengan angka."})
    buyer = forms.ChoiceField(
        label="Pembeli",
        choices=BUYERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih siapa yang membeli."},
    )
    payment = forms.ChoiceField(
        label="Cara bayar",
        choices=PAYMENTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih cara bayar."},
    )
    phone = forms.CharField(
        label="Nomor WhatsApp pembeli", required=False, help_text="Untuk mengirim struk."
    )
    note = forms.CharField(
        label="Catatan", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_price(self) -> str:
        """Refuse what is not whole rupiah, in the words that a room would use."""
        price = str(self.cleaned_data["price"])
        if not price.replace(".", "").isdigit():
            raise forms.ValidationError("Tulis rupiah bulat tanpa koma, misalnya 48.000.")
        return price

"""What people type to sign in, to change their password, to make a token, to call people in."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms

from bekal.accounts.models import User
from bekal.accounts.rules import ROLE_LABELS, TOKEN_DAYS, TOKEN_NAME_LENGTH, Role
from bekal.foundation.ids import uuid7

# Far more than any password, far less than what would keep the hash busy.
_LONGEST = 1024


class SignInForm(forms.Form):
    """E-mail or NIP in one field, and the password just as it was typed."""

    login = forms.CharField(
        label="Email atau NIP",
        max_length=254,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": "Isi email atau NIP.",
            "max_length": "Email atau NIP terlalu panjang. Periksa isinya.",
        },
    )
    password = forms.CharField(
        label="Kata sandi",
        strip=False,
        max_length=_LONGEST,
        error_messages={
            "required": "Isi kata sandi.",
            "max_length": "Kata sandi terlalu panjang. Periksa isinya.",
        },
    )


class PasswordForm(forms.Form):
    """The old password once, the new one once: it can be shown while typing."""

    old = forms.CharField(
        label="Kata sandi lama",
        strip=False,
        max_length=_LONGEST,
        error_messages={
            "required": "Isi kata sandi lama.",
            "max_length": "Kata sandi terlalu panjang. Periksa isinya.",
        },
    )
    new = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        max_length=_LONGEST,
        error_messages={
            "required": "Isi kata sandi baru.",
            "max_length": "Kata sandi terlalu panjang. Pilih yang lebih pendek.",
        },
    )


class TokenForm(forms.Form):
    """A token to be: what it is for, who answers for it, and for how many days.

    The page's `key` becomes the token's id, so that a second click makes no second token.
    """

    name = forms.CharField(
        label="Nama kunci",
        max_length=TOKEN_NAME_LENGTH,
        error_messages={"required": "Isi nama kunci, misalnya Kasir toko bengkel."},
    )
    holder = forms.TypedChoiceField(
        label="Penanggung jawab",
        coerce=int,
        error_messages={
            "required": "Pilih petugas yang bertanggung jawab.",
            "invalid_choice": "Pilih petugas dari daftar.",
        },
    )
    days = forms.TypedChoiceField(
        label="Masa berlaku",
        coerce=int,
        initial=90,
        choices=[(days, f"{days} hari") for days in TOKEN_DAYS],
        error_messages={
            "required": "Pilih masa berlaku.",
            "invalid_choice": "Pilih masa berlaku dari daftar.",
        },
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, holders: Iterable[User]) -> None:
        """Offer the people who record the unit's sales; take the page's key, or a new one."""
        super().__init__(data)
        field = self.fields["holder"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "Pilih petugas"), *((user.pk, user.name) for user in holders)]
        try:
            self.key = UUID(str(self.data.get("key", "")))
        except ValueError:
            self.key = uuid7()


class CodeForm(forms.Form):
    """A code of the telephone, or a recovery code; the name of its field is no other form's."""

    kode_kedua = forms.CharField(
        label="Kode dari ponsel",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocapitalize": "characters"}),
        error_messages={
            "required": "Isi enam angka yang tampil di ponsel Anda.",
            "max_length": "Kode terlalu panjang. Isi enam angka dari ponsel.",
            "null_characters_not_allowed": "Isi enam angka dari ponsel.",
        },
    )


class InviteForm(forms.Form):
    """Whom to call in, and into which of the roles that may be given here."""

    email = forms.CharField(
        label="Email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": "Isi email orang yang diundang.",
            "max_length": "Email terlalu panjang. Periksa isinya.",
        },
    )
    role = forms.TypedChoiceField(
        label="Peran",
        coerce=Role,
        error_messages={
            "required": "Pilih perannya.",
            "invalid_choice": "Pilih peran dari daftar.",
        },
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, roles: list[Role]) -> None:
        """Offer these roles; take the page's key, or a new one."""
        super().__init__(data)
        field = self.fields["role"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(role.value, ROLE_LABELS[role]) for role in roles]
        self.roles = roles
        try:
            self.key = UUID(str(self.data.get("key", "")))
        except ValueError:
            self.key = uuid7()


class AcceptForm(forms.Form):
    """Whoever was invited tells who they are and chooses a password of their own."""

    email = forms.CharField(
        label="Email yang diundang",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": "Isi email yang menerima undangan ini.",
            "max_length": "Email terlalu panjang. Periksa isinya.",
        },
    )
    name = forms.CharField(
        label="Nama lengkap",
        max_length=120,
        error_messages={"required": "Isi nama Anda."},
    )
    nip = forms.CharField(
        label="NIP (bila ada)",
        max_length=40,
        required=False,
        error_messages={"max_length": "NIP terdiri dari 18 angka. Periksa angkanya."},
    )
    password = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        max_length=_LONGEST,
        error_messages={
            "required": "Buat kata sandi.",
            "max_length": "Kata sandi terlalu panjang. Pilih yang lebih pendek.",
        },
    )

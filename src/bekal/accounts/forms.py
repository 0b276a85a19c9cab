"""What people type to sign in and to change their password."""

from django import forms

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

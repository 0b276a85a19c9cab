"""The people that one can sign in as in the demo, one for each role. None of them exists.

Pure data: the settings of the demo read it.
"""

from dataclasses import asdict, dataclass

from bekal.accounts.rules import ROLE_LABELS, Role

PASSWORD = "bekal-demo-2026"
# Public, as the password is: whoever types one into an authenticator holds that made-up telephone.
_TREASURER = "BEKALCONTOHBENDAHARA234567ABCDEF"
_HEAD = "BEKALCONTOHKEPALA2345672345ABCDE"
_CENTRE = "BEKALCONTOHDITJENPAS234567ABCDEF"


@dataclass(frozen=True)
class SignIn:
    """A person of the demo: who, where (the place's code and name), and what to type."""

    role: Role
    name: str
    email: str
    nip: str
    place_code: str
    place: str
    password: str = PASSWORD
    secret: str = ""
    """What the made-up telephone makes its codes from; whoever needs no second factor has none."""

    @property
    def label(self) -> str:
        """The role as people call it."""
        return ROLE_LABELS[self.role]


_MERAUKE = ("lapas-kelas-iib-merauke", "Lapas Kelas IIB Merauke")
_PAPUA = ("kanwil-papua", "Kanwil Ditjenpas Papua")
_NATION = ("nasional", "Nasional")

SIGN_INS = [
    SignIn(Role.PETUGAS, "Petugas Contoh", "petugas@contoh.test", "199003042015031001", *_MERAUKE),
    SignIn(
        Role.BENDAHARA,
        "Bendahara Contoh",
        "bendahara@contoh.test",
        "198807152012122002",
        *_MERAUKE,
        secret=_TREASURER,
    ),
    SignIn(
        Role.KEPALA_UPT,
        "Kepala Contoh",
        "kepala@contoh.test",
        "197502281998031003",
        *_MERAUKE,
        secret=_HEAD,
    ),
    SignIn(Role.KANWIL, "Kanwil Contoh", "kanwil@contoh.test", "198110102006041004", *_PAPUA),
    SignIn(
        Role.DITJENPAS,
        "Ditjenpas Contoh",
        "ditjenpas@contoh.test",
        "197909092004122005",
        *_NATION,
        secret=_CENTRE,
    ),
    SignIn(Role.AUDITOR, "Auditor Contoh", "auditor@contoh.test", "198412242010011006", *_NATION),
    SignIn(Role.MITRA, "Mitra Contoh", "mitra@contoh.test", "", *_PAPUA),
    SignIn(Role.SPONSOR, "Sponsor Contoh", "sponsor@contoh.test", "", *_MERAUKE),
]


def as_settings() -> list[dict[str, str]]:
    """The sign-ins as the page of sample accounts shows them."""
    return [{**asdict(one), "label": one.label} for one in SIGN_INS]


def table(sign_ins: list[SignIn]) -> list[str]:
    """The sign-ins as lines of text, in columns as wide as their longest entry."""
    head = ("role", "e-mail", "NIP", "password", "place")
    rows = [head, *((one.role, one.email, one.nip, one.password, one.place) for one in sign_ins)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]

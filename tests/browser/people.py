"""The people of the journeys, with their roles and passwords."""

from dataclasses import dataclass

from bekal.accounts.actions import create_user, grant_role
from bekal.accounts.rules import Role
from bekal.foundation.actors import Actor, user_actor
from tests.support import world as worlds

PASSWORD = "noken kulit kayu 77"


@dataclass(frozen=True)
class Someone:
    """One who signs in: an officer of the state by NIP, others by e-mail."""

    id: int
    name: str
    email: str
    nip: str

    @property
    def actor(self) -> Actor:
        """The person as actions know one."""
        return user_actor(self.id)


@dataclass(frozen=True)
class People:
    """Who takes part."""

    yohana: Someone
    """Officer of the workshop at Lapas Nabire."""
    siti: Someone
    """Treasurer there."""
    markus: Someone
    """Head of it."""
    wayan: Someone
    """Officer at Lapas Narkotika Bangli."""
    ketut: Someone
    """Treasurer there."""
    frans: Someone
    """At Kanwil Ditjenpas Papua."""
    dewi: Someone
    """At Ditjenpas."""
    rina: Someone
    """Of a cooperative that is a partner of Lapas Nabire."""


def settle_in(world: worlds.World) -> People:
    """Open the accounts of everyone and grant their roles."""
    nabire, bangli, papua = world.nabire, world.bangli, world.papua
    return People(
        yohana=_someone("Yohana Tebai", "199003042015032001", Role.PETUGAS, nabire),
        siti=_someone("Siti Aminah", "198807152012122002", Role.BENDAHARA, nabire),
        markus=_someone("Markus Wanimbo", "197502281998031003", Role.KEPALA_UPT, nabire),
        wayan=_someone("Wayan Sudarma", "199105062016031004", Role.PETUGAS, bangli),
        ketut=_someone("Ketut Ariani", "198612242010012005", Role.BENDAHARA, bangli),
        frans=_someone("Frans Yoku", "198110102006041006", Role.KANWIL, papua),
        dewi=_someone("Dewi Lestari", "197909092004122007", Role.DITJENPAS, world.centre),
        rina=_someone("Rina Koperasi", "", Role.MITRA, nabire),
    )


def _someone(name: str, nip: str, role: Role, place_id: int) -> Someone:
    email = f"{name.split(maxsplit=1)[0].lower()}@contoh.go.id"
    user = create_user(
        email=email, nip=nip, name=name, password=PASSWORD, by=worlds.SETUP, now=worlds.long_ago()
    )
    grant_role(
        user_id=user.pk, role=role, place_id=place_id, by=worlds.SETUP, now=worlds.long_ago()
    )
    return Someone(user.pk, name, email, nip)

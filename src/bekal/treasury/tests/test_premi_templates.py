"""Columns of payment files: the centre keeps templates with their source, units begin with them."""

import pytest

from bekal.accounts.rules import Role
from bekal.audit.models import Event
from bekal.audit.rules import NATION
from bekal.foundation.actors import user_actor
from bekal.treasury import actions
from bekal.treasury.models import PaymentColumns
from bekal.treasury.queries import columns_for
from bekal.treasury.rules.premi_files import NewColumns
from bekal.treasury.rules.premi_terms import TermsRefused
from bekal.treasury.tests.premi import prepares, saves, sells
from bekal.treasury.tests.test_premi_allocating import refused
from bekal.treasury.tests.test_premi_pages import PREMI
from tests.support.pages import words
from tests.support.world import NOON, SITI

pytestmark = pytest.mark.django_db
DEWI = user_actor(71)
"""Ditjenpas."""
PAGE = "/aturan/berkas-premi/"
COLUMNS = (("kode", "ID"), ("jumlah", "NOMINAL"))
SENT = {
    "name": "Bank uji",
    "source": "Petunjuk uji 1/2026",
    "columns": "kode = ID\njumlah = NOMINAL",
    "separator": ",",
    "has_heading": "on",
}


def template(*, name="Bank uji", columns=COLUMNS, source="Petunjuk uji 1/2026"):
    """The centre keeps a template; its id."""
    new = NewColumns(name, columns, ",", has_heading=True, source=source)
    return actions.keep_template(new=new, by=DEWI, now=NOON)


def withdraws(one):
    actions.withdraw_template(template_id=one, by=DEWI, now=NOON)


def offered(unit):
    return [one.pk for one in columns_for(unit_id=unit)]


@pytest.fixture
def dewi(person):
    """Ditjenpas."""
    return lambda: person("Dewi", (Role.DITJENPAS, "centre"))


@pytest.fixture
def siti(person):
    """Treasurer at Lapas Nabire."""
    return lambda: person("Siti", (Role.BENDAHARA, "nabire"))


def test_a_template_is_kept_once_with_its_source_and_offered_to_all(world):
    one = template()
    assert template() == one
    assert offered(world.nabire) == offered(world.bangli) == [one]
    (event,) = Event.objects.filter(chain=NATION, action="treasury.keep_template")
    assert event.object_key == f"columns:{one}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": " "}, "source"),
        ({"source": "x" * 201}, "source"),
        ({"name": ""}, "name"),
        ({"columns": (("rekening", "REK"),)}, "columns"),
    ],
)
def test_a_template_without_its_words_is_refused_at_the_field(world, changes, field):
    with pytest.raises(TermsRefused) as no:
        template(**changes)
    assert no.value.field == field
    assert not PaymentColumns.objects.exists()


def test_another_template_of_a_name_is_refused_until_the_first_is_withdrawn(world):
    one = template()
    with pytest.raises(TermsRefused) as no:
        template(columns=(("kode", "KODE"),))
    assert no.value.field == "name"
    for _ in range(2):
        withdraws(one)
    assert offered(world.nabire) == []
    assert Event.objects.filter(action="treasury.withdraw_template").count() == 1
    other = template(columns=(("kode", "KODE"),))
    assert offered(world.nabire) == [other]


def test_a_units_own_columns_are_no_template(world):
    new = NewColumns("Bank uji", COLUMNS, ",", has_heading=True)
    own = actions.keep_columns(unit_id=world.nabire, new=new, by=SITI, now=NOON)
    with pytest.raises(LookupError):
        withdraws(own)
    one = template()
    assert offered(world.nabire) == [own, one]
    withdraws(one)
    assert offered(world.nabire) == [own]


def test_postgres_keeps_templates_as_they_are_and_with_a_source(world):
    template()
    assert refused("update treasury_paymentcolumns set name = 'lain'")
    assert refused("update treasury_paymentcolumns set withdrawn_at = now()")
    assert refused("delete from treasury_paymentcolumns")
    nameless = """
    insert into treasury_paymentcolumns (name, columns, separator, has_heading, source, kept_at,
      kept_by, withdrawn_by) values ('x', '[]', ',', true, ' ', now(), 'x', '')
    """
    assert refused(nameless)
    withdraws(PaymentColumns.objects.get().pk)
    assert refused("update treasury_paymentcolumns set withdrawn_at = null, withdrawn_by = ''")
    assert PaymentColumns.objects.get().name == "Bank uji"


def test_the_centre_keeps_and_withdraws_and_units_begin_with_it(world, batches, makers, dewi, siti):
    client = dewi()
    assert "Belum ada susunan." in words(client.get(PAGE))
    wrong = client.post(f"{PAGE}baru/", {**SENT, "source": "", "columns": "nama = X"})
    assert wrong.status_code == 422
    assert "Isi dari mana susunan ini dibaca." in words(wrong)
    assert "nama = X" in wrong.content.decode()
    assert not PaymentColumns.objects.exists()
    page = words(client.get(client.post(f"{PAGE}baru/", SENT)["Location"]))
    assert "Susunan tersimpan." in page
    assert "Petunjuk uji 1/2026" in page
    assert "Dewi" in page
    assert "berkas-premi" in client.get("/aturan/").content.decode()
    one = PaymentColumns.objects.get()
    batches.add(world.nabire, world.noken, pieces=5, shares=[(makers[0], 90)])
    saves(world.nabire)
    sells(world.nabire, world.noken, 2)
    run = prepares(world.nabire)
    client = siti()
    file = client.get(f"{PREMI}pembayaran/{run}/berkas/?susunan={one.pk}").content.decode()
    assert file.splitlines()[0] == "ID,NOMINAL"
    assert "dari Ditjenpas, sumber: Petunjuk uji 1/2026" in words(client.get(f"{PREMI}ketentuan/"))
    form = client.get(f"{PREMI}ketentuan/berkas/?mulai={one.pk}")
    assert "kode = ID\njumlah = NOMINAL" in form.content.decode()
    assert "Sumbernya: Petunjuk uji 1/2026." in words(form)
    assert "Sumbernya" not in words(client.get(f"{PREMI}ketentuan/berkas/?mulai=99999"))
    client = dewi()
    page = words(client.get(client.post(f"{PAGE}{one.pk}/tarik/")["Location"]))
    assert "ditarik" in page
    assert "Tarik susunan ini" not in page
    assert client.post(f"{PAGE}987654321/tarik/").status_code == 404


def test_only_the_centre_keeps_templates(world, person, siti):
    one = template()
    client = siti()
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}baru/", SENT).status_code == 403
    assert client.post(f"{PAGE}{one}/tarik/").status_code == 403
    assert PaymentColumns.objects.get().withdrawn_at is None


def test_the_page_of_templates_asks_little(world, dewi, django_assert_max_num_queries):
    for number in range(3):
        template(name=f"Bank uji {number}")
    client = dewi()
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        client.get(PAGE)

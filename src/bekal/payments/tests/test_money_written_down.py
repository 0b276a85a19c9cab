"""Money that Siti wrote down by hand is counted once, whatever the bank tells of it later."""

import datetime as dt
import re

import pytest

from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.payments.actions import cancel_ask, match_line, set_aside
from bekal.payments.models import PayOut, Receipt, StatementLine, Verdict
from bekal.payments.queries import open_lines, payment_problems
from bekal.payments.rules import HAND, Aside, LineState, Means, Method, ReceiptRefused
from bekal.payments.tests.banks import csv_of
from bekal.payments.tests.money import BUYER, NOON, an_ask, comes, everything, held, later
from bekal.payments.tests.test_desk_pages import DAY, IN, OUT, a_line, siti, text
from bekal.payments.tests.test_paying_out import a_debt
from bekal.payments.tests.test_statements import decided, imported, the_line
from tests.support import world

__all__ = ["siti"]
pytestmark = pytest.mark.usefixtures("noon")


def written(asked, **changes):
    """The form of money that Siti saw come in."""
    return {
        "key": str(uuid7()),
        "method": "transfer",
        "amount": str(asked.amount),
        "reference": "FT 77",
        "received_on": "2026-04-27",
        **changes,
    }


def sent(siti, asked, **changes):
    return siti.post(f"{IN}tagihan/{asked.request_id}/terima/", written(asked, **changes))


def by_hand(unit, asked, amount, *, reference="FT77", at=NOON):
    return comes(
        unit,
        amount,
        request_id=asked.request_id,
        method=Means.TRANSFER,
        provider=HAND,
        reference=f"{unit}:transfer:{reference}",
        received_at=at,
    )


def test_a_number_that_paid_another_order_is_refused_at_its_field(siti, nabire, heard):
    first, second = an_ask(nabire, 148_000), an_ask(nabire, 148_000)
    assert sent(siti, first).status_code == 302
    before = everything(), held(nabire)
    answer = sent(siti, second)
    assert answer.status_code == 422
    assert "Nomor ini sudah dipakai untuk BK-7Q2M-18KD, Rp148.000." in text(answer)
    assert re.search(r'aria-invalid="true"[^>]*id_reference', text(answer))
    assert sent(siti, first, amount="5.000").status_code == 422
    assert (everything(), held(nabire)) == before
    assert not MessageConflict.objects.exists()


def test_the_same_form_twice_is_once_and_the_same_money_again_is_told(siti, nabire, heard):
    asked = an_ask(nabire, 148_000)
    form = written(asked)
    where = f"{IN}tagihan/{asked.request_id}/"
    for _ in range(2):
        assert siti.post(f"{where}terima/", form)["Location"] == f"{where}?tersimpan=masuk"
    again = siti.post(f"{where}terima/", {**form, "key": str(uuid7())})
    assert "sudah tercatat, dan tidak dicatat lagi" in text(siti.get(again["Location"]))
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("days", [-4, -3, 0, 3, 4])
def test_a_line_of_money_written_down_by_hand_says_so(nabire, heard, days):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    by_hand(nabire, asked, 148_000, at=later(days=days))
    imported(nabire, csv_of((DAY, "BUDI", "148000"), (DAY, "BUDI", str(asked.amount))))
    told = [line.recorded and line.recorded.words for line in open_lines(unit_id=nabire)]
    words = "Sudah dicatat dengan tangan untuk BK-7Q2M-18KD" if abs(days) <= 3 else None
    assert told == [words, words]


def test_money_written_down_is_not_matched_with_another_order_of_that_sum(nabire, heard):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    by_hand(nabire, an_ask(nabire, asked.amount), asked.amount)
    heard.clear()
    assert imported(nabire, csv_of((DAY, "BUDI", str(asked.amount)))).waiting == 1
    assert heard == []


def test_a_line_that_names_a_paid_order_says_so(nabire, heard):
    asked = an_ask(nabire, 148_000)
    comes(nabire, 148_000, request_id=asked.request_id)
    the_line(nabire, 9_000, "TRANSFERBK-7Q2M-18KD")
    (line,) = open_lines(unit_id=nabire)
    assert line.recorded
    assert line.recorded.words == "Tagihan BK-7Q2M-18KD sudah lunas"
    an_ask(nabire, 5_000)
    assert open_lines(unit_id=nabire)[0].recorded is None


def test_siti_sets_a_line_aside_that_she_wrote_down(siti, nabire, heard):
    asked = an_ask(nabire, 148_000)
    by_hand(nabire, asked, 148_000)
    line = a_line(siti, 148_000)
    before = held(nabire)
    assert "Sudah dicatat dengan tangan untuk BK-7Q2M-18KD" in text(siti.get(IN))
    page = text(siti.get(f"{IN}baris/{line.pk}/"))
    assert re.search(r'value="hand"[^>]*checked', page)
    assert siti.post(f"{IN}baris/{line.pk}/", {"what": "hand"}).status_code == 302
    assert StatementLine.objects.get().state == LineState.ASIDE
    assert Verdict.objects.get().reason == Aside.HAND
    assert held(nabire) == before
    assert payment_problems() == []


def test_a_second_tap_on_a_decided_line_says_what_became_of_it(siti, nabire, heard):
    asked, other = an_ask(nabire, 148_000), an_ask(nabire, 5_000)
    line = a_line(siti, 148_000)
    where = f"{IN}baris/{line.pk}/"
    for _ in range(2):
        answer = siti.post(f"{where}cocokkan/", {"ask": str(asked.request_id)})
        assert answer["Location"] == f"{IN}?tersimpan=cocok"
    answer = siti.post(f"{where}cocokkan/", {"ask": str(other.request_id)})
    assert answer.status_code == 422
    assert "sudah dicocokkan dengan tagihan lain" in text(answer)
    assert siti.post(f"{where}cocokkan/", {}).status_code == 404
    assert "Baris ini sudah diputuskan." in text(siti.post(where, {"what": "other"}, follow=True))
    assert (Receipt.objects.count(), len(heard)) == (1, 1)


def test_a_line_set_aside_is_not_matched_by_an_old_page(siti, nabire, heard):
    asked, line = an_ask(nabire, 148_000), a_line(siti, 148_000)
    set_aside(unit_id=nabire, line_id=line.pk, reason=Aside.OTHER, by=world.SITI, now=NOON)
    answer = siti.post(f"{IN}baris/{line.pk}/cocokkan/", {"ask": str(asked.request_id)})
    assert answer.status_code == 422
    assert "sudah disisihkan" in text(answer)
    assert not Receipt.objects.exists()


def suggestion(unit, amount, words="BUDI"):
    the_line(unit, amount, words)
    (line,) = [line for line in open_lines(unit_id=unit) if line.amount == amount]
    found = line.suggestion
    return found and (found.ask.id, found.why, line.gap)


def test_what_is_still_owed_is_what_a_line_is_compared_with(nabire, heard):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    comes(nabire, 140_000, request_id=asked.request_id)
    why = "Jumlahnya sama dengan yang masih kurang"
    assert suggestion(nabire, 8_000) == (asked.request_id, why, 0)
    assert suggestion(nabire, 148_000) is None
    assert suggestion(nabire, asked.amount) is None
    why = "Kode pesanannya ada di keterangan, jumlahnya lain"
    assert suggestion(nabire, 9_000, "BK-7Q2M-18KD") == (asked.request_id, why, 1_000)


def test_a_suggestion_says_that_its_ask_is_over_and_one_that_stands_goes_before(nabire, heard):
    over = an_ask(nabire, 148_000, method=Method.TRANSFER)
    cancel_ask(request_id=over.request_id, by=BUYER, now=NOON)
    found = suggestion(nabire, 148_000)
    assert found[:2] == (
        over.request_id,
        "Jumlahnya sama tanpa kode unik, tetapi tagihannya sudah dibatalkan",
    )
    stands = an_ask(nabire, 148_000, method=Method.TRANSFER)
    likely = open_lines(unit_id=nabire)[0].suggestion
    assert likely
    assert likely.ask.id == stands.request_id


@pytest.mark.parametrize("typed", ["2026-04-26", "2021-04-27", "0026-04-27"])
def test_money_is_not_dated_before_it_was_asked_for_or_owed(siti, nabire, typed):
    asked = an_ask(nabire, 148_000)
    answer = sent(siti, asked, received_on=typed)
    assert answer.status_code == 422
    assert "Tanggal paling awal 27 April 2026" in text(answer)
    assert not Receipt.objects.exists()
    debt = a_debt(nabire, 70_000, receipt_id=comes(nabire, 70_000).receipt_id)
    paying = {"key": str(uuid7()), "means": "cash", "proof": "KW-1", "paid_on": typed}
    answer = siti.post(f"{OUT}{debt}/", paying)
    assert answer.status_code == 422
    assert "Tanggal paling awal 27 April 2026" in text(answer)
    assert not PayOut.objects.exists()


def test_a_line_is_matched_once_and_never_with_a_second_ask(nabire, heard):
    asked, line = an_ask(nabire, 148_000), the_line(nabire, 148_000)
    decided(nabire, line, asked.request_id)
    before = everything()
    with pytest.raises(ReceiptRefused, match="tagihan lain"):
        match_line(unit_id=nabire, line_id=line.pk, request_id=uuid7(), by=world.SITI, now=NOON)
    assert everything() == before
    assert line.day == dt.date(2026, 4, 27)

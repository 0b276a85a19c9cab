"""Who ordered: all that the shop knows of a person, in one place, erased when its time is over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import PersonalData
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.shop.models.keeping import UNTIL, stays_or_is_erased
from bekal.shop.models.orders import Order
from bekal.shop.rules import (
    ADDRESS_LENGTH,
    DISTRICT_LENGTH,
    INSTITUTION_LENGTH,
    LANDMARK_LENGTH,
    NOTE_LENGTH,
)


class OrderBuyer(models.Model):
    """Who receives an order, how to reach them and where; empty once it was erased.

    `household` is a keyed digest of kecamatan and street, by which a limit per buyer is counted.
    """

    personal_data = {
        "name": PersonalData(_("menyerahkan barang kepada penerima"), UNTIL, _("Nama penerima")),
        "phone": PersonalData(
            _("mengabari pesanan, dan empat angka terakhirnya membuka alamat"),
            UNTIL,
            _("Nomor WhatsApp penerima"),
        ),
        "email": PersonalData(_("mengabari pesanan"), UNTIL, _("Email penerima")),
        "district_code": PersonalData(
            _("menghitung ongkos kirim dan mengirim barang"), UNTIL, _("Kecamatan penerima")
        ),
        "district": PersonalData(
            _("menghitung ongkos kirim dan mengirim barang"), UNTIL, _("Nama kecamatan penerima")
        ),
        "address": PersonalData(_("mengirim barang"), UNTIL, _("Alamat penerima")),
        "postal_code": PersonalData(_("mengirim barang"), UNTIL, _("Kode pos penerima")),
        "landmark": PersonalData(_("menemukan alamat"), UNTIL, _("Patokan alamat")),
        "note": PersonalData(_("catatan pembeli untuk bengkel"), UNTIL, _("Catatan pembeli")),
        "household": PersonalData(
            _("menghitung batas pembelian; sidik dari kecamatan dan alamat"),
            UNTIL,
            _("Sidik alamat"),
        ),
    }

    order = models.OneToOneField(
        Order, primary_key=True, on_delete=models.PROTECT, related_name="buyer"
    )
    name = models.CharField(max_length=INSTITUTION_LENGTH, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    district_code = models.CharField(max_length=DISTRICT_LENGTH, blank=True)
    district = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    landmark = models.CharField(max_length=LANDMARK_LENGTH, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    household = models.CharField(max_length=32, blank=True)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by="") & ~Q(name="") & ~Q(phone="")
                | Q(
                    erased_at__isnull=False,
                    name="",
                    phone="",
                    email="",
                    district_code="",
                    district="",
                    address="",
                    postal_code="",
                    landmark="",
                    note="",
                    household="",
                )
                & ~Q(erased_by=""),
                name="shop_orderbuyer_erased_at_and_by",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["phone"], condition=~Q(phone=""), name="shop_orderbuyer_phone"),
            models.Index(
                fields=["household"],
                condition=~Q(household=""),
                name="shop_orderbuyer_household",
            ),
        ]
        triggers: ClassVar = [not_deleted, not_emptied, stays_or_is_erased]

    def __str__(self) -> str:
        return str(self.order_id)

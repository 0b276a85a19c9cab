"""The parts of a price in the words of the public pages, in both languages."""

from django.utils.translation import gettext_lazy as _

from bekal.ledger.rules import AccountKind

PUBLIC_LABELS = {
    AccountKind.PNBP_PAYABLE: _("Setoran negara (PNBP)"),
    AccountKind.PREMI_UNALLOCATED: _("Premi pembuat"),
    AccountKind.COST_RECOVERY: _("Bahan dan biaya"),
    AccountKind.CAPITAL: _("Pengembangan bengkel"),
    AccountKind.OPERATING: _("Operasional"),
    AccountKind.PARTNER_PAYABLE: _("Bagian mitra"),
}
"""Where the price of a product goes, for people who buy it; in the language of the page."""

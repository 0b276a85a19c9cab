"""The columns that both summaries share, as models.summaries.Sums defines them."""

SUMS = (
    "gross",
    "returned",
    "pieces",
    "pieces_returned",
    "sample_gross",
    "sample_returned",
    "pnbp",
    "premi",
    "cost_recovery",
    "capital",
    "operating",
    "partner",
)

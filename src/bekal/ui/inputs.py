"""What the forms of all rooms share: how a day is typed, and where a refusal is shown."""

from django import forms

from bekal.foundation.refusals import Refused

DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
"""As a calendar sends a day, and as people write one."""


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Put what an action refused at its field, or at the top when it belongs to none."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)

"""What allauth asks for after a right password."""

from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from django.http import HttpResponse  # noqa: TID251  allauth calls with requests

from bekal.accounts import queries


class SecondFactorStage(LoginStage):  # type: ignore[misc]  # allauth carries no types
    """After the password, whoever has taken a telephone in is asked for its code."""

    key = "second_factor"
    urlname = "account_second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Lead to the page that asks, where there is something to ask for."""
        if not queries.has_factor(user_id=self.login.user.pk):
            return None, True
        return headed_redirect_response(self.urlname), True

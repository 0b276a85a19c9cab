"""Where allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest  # noqa: TID251  allauth calls with requests
from django.utils.http import url_has_allowed_host_and_scheme


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """No sign-up, one step after the password, and redirects to our own host alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the office, never by visitors."""
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor; e-mail, phone and code stages are not used."""
        return ["bekal.accounts.stages.SecondFactorStage"]

    def is_safe_url(self, url: str) -> bool:
        """Whether a redirect stays on the host of this request."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()})

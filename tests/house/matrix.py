"""Who may go where: every route asked by every role, for its own unit, another's and the one above.

The questions and the judgement of answers are pure; `test_matrix.py` asks the real pages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bekal.accounts.rules import PERMISSIONS, Permission, Role
from tests.house.routes import Route, gate_of, is_by_token

MINE, THEIRS, ABOVE = "mine", "theirs", "above"
REDIRECTS = (301, 302, 303, 307, 308)
SEE_OTHER = 303
NOT_THIS_METHOD = 405
NO_TOKEN = 401
BROKEN = 500


@dataclass(frozen=True)
class Ask:
    """One question: how, as whom, with a grant where, and whose object each parameter names."""

    method: str
    role: Role | None
    granted: str = MINE
    whose: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_outside(self) -> bool:
        """Whether some object lies outside the places of the person's grant.

        The kanwil above is outside for a grant at the unit, and no unit for a grant at the kanwil.
        """
        values = set(self.whose.values())
        return THEIRS in values or (ABOVE in values and self.granted == MINE)

    def __str__(self) -> str:
        who = f"{self.role} of {self.granted}" if self.role else "signed out"
        objects = ", ".join(f"{whose} {name}" for name, whose in self.whose.items())
        return f"{self.method} as {who}" + (f" ({objects})" if objects else "")


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where a redirect leads, what a broken page said.

    `leads` are the addresses of its links and forms on this site, with the gate before each.
    """

    status: int
    location: str = ""
    problem: str = ""
    leads: Mapping[str, object] = field(default_factory=dict)


def asks_of(route: Route, has_above: Callable[[str], bool]) -> Iterator[Ask]:
    """Every question about a route. `has_above` says which parameters can name the kanwil."""
    for whose in _mixtures(route.parameters, has_above):
        for method in ("GET", "POST"):
            yield Ask(method, None, MINE, whose)
            for role in Role:
                yield Ask(method, role, MINE, whose)
                yield Ask(method, role, ABOVE, whose)


def _mixtures(
    parameters: tuple[str, ...], has_above: Callable[[str], bool]
) -> Iterator[dict[str, str]]:
    mine = dict.fromkeys(parameters, MINE)
    yield mine
    for name in parameters:
        yield mine | {name: THEIRS}
        if has_above(name):
            yield mine | {name: ABOVE}
    if len(parameters) > 1:
        yield dict.fromkeys(parameters, THEIRS)


def fault_of(
    gate: object, ask: Ask, answer: Answer, *, sign_in: str, by_token: bool = False
) -> str:
    """What is wrong with an answer, as a sentence; nothing when it is right."""
    if answer.status >= BROKEN:
        return f"broke with {answer.status} {answer.problem}".rstrip()
    if answer.status == NOT_THIS_METHOD:
        return ""
    too_far = _leads_too_far(ask.role, answer) if ask.role else ""
    if too_far:
        return too_far
    to_sign_in = answer.status in REDIRECTS and answer.location.startswith(sign_in)
    if gate == "public":
        return _fault_of_public(ask, answer, to_sign_in=to_sign_in)
    if ask.role is None and by_token:
        return "" if answer.status == NO_TOKEN else f"answered {answer.status} without a token"
    if ask.role is None:
        return "" if to_sign_in else f"answered {answer.status} to a stranger, not the sign-in page"
    if to_sign_in:
        return "sent a signed-in person to the sign-in page"
    return _fault_of_staff(gate, ask, ask.role, answer.status)


def _leads_too_far(role: Role, answer: Answer) -> str:
    """A page that shows somebody a way which is closed to them costs them a refusal."""
    for address, gate in answer.leads.items():
        if isinstance(gate, Permission) and gate not in PERMISSIONS[role]:
            return f"leads to {address}, which needs {gate}"
    return ""


def _fault_of_staff(gate: object, ask: Ask, role: Role, status: int) -> str:
    if gate != "signed_in" and gate not in PERMISSIONS[role]:
        refusals = {403, 404} if ask.is_outside else {403}
        return "" if status in refusals else f"answered {status} without permission"
    if ask.is_outside:
        return "" if status == 404 else f"answered {status}, not 404"
    is_refused = status in {403, 404} and ABOVE not in ask.whose.values()
    return f"refused with {status} what is allowed" if is_refused else ""


def _fault_of_public(ask: Ask, answer: Answer, *, to_sign_in: bool) -> str:
    if to_sign_in:
        return "asked for a sign-in, and is public"
    is_look = ask.method == "GET" and ask.role is None
    fine = {200, SEE_OTHER} if is_look else {200, 204, *REDIRECTS, 400, 422}
    if ABOVE in ask.whose.values():
        fine = {*fine, 404}  # a page of units has nothing to say of a kanwil
    return "" if answer.status in fine else f"answered {answer.status}, and is public"


def faults_of(
    route: Route, asks: Iterable[Ask], answer: Callable[[Ask], Answer], *, sign_in: str
) -> list[str]:
    """What is wrong with a route, one sentence per question that was answered wrongly."""
    found, served = [], False
    for ask in asks:
        answered = answer(ask)
        served = served or answered.status != NOT_THIS_METHOD
        by_token = is_by_token(route.view)
        fault = fault_of(gate_of(route.view), ask, answered, sign_in=sign_in, by_token=by_token)
        if fault:
            found.append(f"{route.pattern} {ask}: {fault}")
    return found if served else [f"{route.pattern} answers neither GET nor POST"]

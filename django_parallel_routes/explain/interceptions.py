"""Why an ``intercept()`` fires for a request, or why it does not: "why did my modal not open?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.urls import get_resolver, get_urlconf

from django_parallel_routes.declarations import SAFE_METHODS, Interception, Slot
from django_parallel_routes.explain.dry_run import Answer
from django_parallel_routes.explain.url_tree import DeclaredRule, declared_rules
from django_parallel_routes.middleware import ParallelRoutesMiddleware, is_installed
from django_parallel_routes.planning.interception import objection_to, verdicts
from django_parallel_routes.planning.planner import resolved
from django_parallel_routes.protocol.signing import key_of
from django_parallel_routes.protocol.state import State


@dataclass(frozen=True)
class Firing:
    """One rule that names the route of a request."""

    route: str
    slot: str
    """The slot's address, if it is on screen, else its name."""
    where: str
    """The ``slots()`` that declares it, by its whole route."""
    fires: bool
    why: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def firings(answer: Answer) -> list[Firing]:
    """Return all rules of the URLconf that name the URL's route, those on screen first."""
    if answer.target is None:
        return []
    names = frozenset(name for page in answer.target.pages for name in page.names)
    everywhere = declared_rules(get_resolver(get_urlconf()).url_patterns)
    named = [place for place in everywhere if place.rule.route in names]
    found = dict(_on_screen(answer, named))
    others = (place for place in named if place not in found)
    return [
        *found.values(),
        *(_firing(one, one.slot.name, False, _objection_to_all(answer, one)) for one in others),
    ]


def _on_screen(answer: Answer, named: list[DeclaredRule]) -> Iterator[tuple[DeclaredRule, Firing]]:
    """Yield the rules of slots that are, or will be, on screen, as the server goes through them."""
    decision = answer.decision
    if decision is None:
        return
    planned = decision.plan.by_address.values() if decision.plan else ()
    opened = [slot for slot in planned if slot.action == "intercepted"]
    state = decision.state
    if decision.is_background:
        for slot in opened:
            for place in named:
                if place.slot is slot.slot and place.rule.background is not None:
                    why = "also on a hard load, since it has a background"
                    yield place, _firing(place, slot.address, True, why)
        return
    if (
        state is None
        or objection_to(decision.target, state)
        or state.ask in ("restore", "refresh")
    ):
        return
    is_first = bool(opened)
    for verdict in verdicts(decision.target, state, key_of, partial(resolved, answer.request)):
        place = _place(named, verdict.opened.rule, verdict.opened.slot)
        why, fires = verdict.objection, False
        if not why and is_first:
            why, fires, is_first = _why_it_fires(place.rule), True, False
        elif not why:
            why = "another one comes first: the deepest slot, then the order of declaration"
            why = why if opened else NOT_IN_IT
        yield place, _firing(place, verdict.address, fires, why)


NOT_IN_IT = "the request does not stand in what it shows"


def _place(named: list[DeclaredRule], rule: Interception, slot: Slot) -> DeclaredRule:
    """Return where a rule was declared: one may stand in several slots."""
    return next(place for place in named if place.rule is rule and place.slot is slot)


def _why_it_fires(rule: Interception) -> str:
    beneath = " and an origin of it lies beneath" if rule.origins else ""
    return f"the visit is soft, the slot is on screen{beneath}"


def _firing(place: DeclaredRule, slot: str, fires: bool, why: str) -> Firing:
    return Firing(place.rule.route, slot, place.where, fires, why)


def _objection_to_all(answer: Answer, place: DeclaredRule) -> str:
    """Return why a rule did not fire that the server has not come to."""
    assert answer.target
    if answer.target.root is None and not is_installed(ParallelRoutesMiddleware):
        return (
            "ParallelRoutesMiddleware is not installed, and the route is outside of every slots()"
        )
    decision = answer.decision
    if decision is None or decision.state is None:
        if place.rule.background is not None and answer.request.method in SAFE_METHODS:
            return "a hard load, and its background can't be had, or has not this slot"
        return "a hard load is not intercepted"
    state = decision.state
    if state.ask not in ("navigate", "loading"):
        return {
            "slot": NOT_IN_IT,
            "restore": "history is brought back as it was",
            "refresh": "what is on screen is refreshed as it is",
        }[state.ask]
    return _not_on_screen(answer, place, state)


def _not_on_screen(answer: Answer, place: DeclaredRule, state: State) -> str:
    assert answer.decision
    homes = [address for address, mounted in state.slots.items() if mounted.home]
    of_that_name = [address for address in homes if address.rpartition(".")[2] == place.slot.name]
    if homes and (why := objection_to(answer.decision.target, state)):
        return why
    if not of_that_name:
        return f"the slot {place.slot.name!r} is not on screen"
    return f"this slots() is not on screen; another one has a slot {place.slot.name!r}, too"

"""Puts a ``Plan`` into words: what each slot shows and why, and which views run for it.

``manage.py slots --explain`` prints these words. Nothing runs::

    explanation = explain_plan(details_of(request).plan)
    print(explanation.sentence)
    for row in explanation.rows:
        print(row.address, row.shows, row.why)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from django_parallel_routes.matches import name_of
from django_parallel_routes.planning.permalinks import permalink
from django_parallel_routes.planning.plan import (
    Action,
    Arrival,
    KeptSlot,
    Plan,
    SlotPlan,
    access_checks_of,
)
from django_parallel_routes.protocol.state import Variant
from django_parallel_routes.values import SlotAddress

RowAction = Action | Literal["keep", "hidden"]
"""``"hidden"``: the page does not have the slot for this user, so none of its views run."""

WITHOUT_SLOTS = {
    "missing": "A 404: {}.",
    "failed": "A 500: {}.",
    "refused": "No page: {}.",
    "document": "No slots, the browser loads the document: {}.",
    "view": "The view {1} responds alone: {0}.",
}
"""The sentences about responses without slots, with the reason, and the view that responds."""

RENDERED = ("page", "intercepted", "default")


@dataclass(frozen=True)
class Row:
    """What happens to one slot."""

    address: str
    """``"team"``, or ``"children.team"`` for a slot inside a slot."""
    action: RowAction
    shows: Variant
    """What the slot shows then; ``"layout"``: the layout of a nested ``slots()``, or the slot's own."""
    url: str
    """The URL that the slot shows: path and query."""
    view: str
    """The dotted name of the view that runs for the slot, or its template; ``""``: none runs."""
    why: str
    arrives: Arrival = "now"
    loading: str = ""
    """The view or template that the slot shows until its page arrives."""


@dataclass(frozen=True)
class Explanation:
    """The response to a request, in words."""

    sentence: str
    """The whole explanation in one or two sentences."""
    url: str
    """The new URL in the address bar, unless a view sets another; ``""``: the URL does not change."""
    rows: tuple[Row, ...]
    views: tuple[str, ...]
    """The views that run before the response is sent, in the order in which they are printed."""
    checked: tuple[str, ...]
    """The views that are called first, because they may refuse, with the URL of each."""


def explain_plan(plan: Plan, hidden: Mapping[str, str] | None = None) -> Explanation:
    """Return a plan in words.

    ``hidden`` has the addresses of slots that the page does not have for this user, with the reasons. A
    plan does not know these slots: layouts and ``test_func`` decide later.

    >>> explain_plan(plan).sentence  # doctest: +SKIP
    '2 slots change (children, team): the URL matches. 1 is kept (analytics).'
    """
    hidden = hidden or {}
    is_run = plan.kind in ("page", "slots", "one_slot")
    tops: tuple[SlotPlan | KeptSlot, ...] = (*plan.changed, *plan.kept)
    rows = _by_nesting(row for top in tops for row in _rows(top, hidden, is_run))
    views = [name_of(plan.root.segment.layout)] if plan.kind == "page" else []
    views += (row.view if row.arrives == "now" else row.loading for row in rows)
    late = access_checks_of(
        slot for slot in plan.changed_by_address.values() if slot.arrival != "now"
    )
    checks = (*plan.access_checks, *late)
    checked = tuple(f"{name_of(one.view)} for {one.location.src}" for one in checks)
    is_visit = plan.kind == "slots" and plan.url != "stay" and not plan.form_slots
    url = (plan.url or permalink(plan)) if is_visit else ""
    printed = (
        address
        for address in plan.form_slots
        if not any(SlotAddress(one).contains(address) for one in hidden)
    )
    sentence = " ".join(_sentences(plan, rows, url, next(printed, "")))
    return Explanation(sentence, url, tuple(rows), tuple(filter(None, views)), checked)


def _rows(
    plan: SlotPlan | KeptSlot, hidden: Mapping[str, str], is_run: bool, arrives: Arrival = "now"
) -> Iterator[Row]:
    if plan.address in hidden:
        yield Row(plan.address, "hidden", "empty", plan.src, "", hidden[plan.address])
        return
    if isinstance(plan, KeptSlot):
        yield Row(plan.address, plan.action, plan.variant, plan.src, "", plan.why)
        return
    is_first = arrives == "now"  # A slot that comes later brings the slots inside it.
    arrives = plan.arrival if is_first else arrives
    match, state, name, loading = plan.match, plan.slot.loading, "", ""
    if match and is_run and plan.action in RENDERED:
        name = name_of(match.view)
        if state and is_first and arrives != "now" and not plan.is_same_page:
            loading = name_of(state)
    yield Row(plan.address, plan.action, plan.variant, plan.src, name, plan.why, arrives, loading)
    for inner in (*plan.inner, *((plan.stacked,) if plan.stacked else ())):
        yield from _rows(inner, hidden, is_run, arrives)


def _by_nesting(rows: Iterable[Row]) -> list[Row]:
    """Return rows sorted so that the slots inside a slot follow it."""
    numbers: dict[str, int] = {}

    def order(row: Row) -> list[int]:
        enclosing = accumulate(row.address.split("."), "{}.{}".format)
        return [numbers.setdefault(address, len(numbers)) for address in enclosing]

    return sorted(rows, key=order)


def _sentences(plan: Plan, rows: list[Row], url: str, form: str) -> Iterator[str]:
    if plan.kind in ("missing", "document"):
        yield WITHOUT_SLOTS[plan.kind].format(plan.why)
        return
    if form and plan.kind != "one_slot":
        yield f"A form for the slot {form}. Unless its view redirects:"
    if plan.kind == "page":
        yield f"A full page: {plan.why}."
    elif plan.kind == "one_slot":
        yield f"The page of the slot {plan.changed[0].address} alone: {plan.why}."
    else:
        changed = [slot.address for slot in plan.changed]
        yield f"{_counted(changed, 'slot changes', 'slots change')}: {plan.why}."
        if kept := [slot.address for slot in plan.kept]:
            yield f"{_counted(kept, 'is kept', 'are kept')}."
    if later := [row.address for row in rows if row.loading]:
        yield f"{_counted(later, 'comes later', 'come later')}."
    if plan.kind == "slots" and not url:
        yield "The address bar does not move."


def _counted(names: Sequence[str], one: str, many: str) -> str:
    """Return how many names there are, and which, unless they are many.

    >>> _counted(["team", "modal"], "is kept", "are kept")
    '2 are kept (team, modal)'
    """
    if not names:
        return f"No {one}"
    listed = f" ({', '.join(names)})" if len(names) < 6 else ""
    return f"{len(names)} {one if len(names) == 1 else many}{listed}"

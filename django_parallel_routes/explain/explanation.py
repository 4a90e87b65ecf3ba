"""A ``Plan`` in words: what each slot shows and why, what runs for it, what is asked first.

Pure, as the plan is: nothing is run, and nothing decided. ``manage.py slots --explain`` prints these
words, and other tools show the same ones::

    explanation = explained(trace_of(request).plan)
    print(explanation.sentence)
    for row in explanation.rows:
        print(row.address, row.shows, row.why)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from django_parallel_routes.address import within
from django_parallel_routes.declarations import name_of
from django_parallel_routes.matches import PageMatch, SegmentMatch
from django_parallel_routes.planning.permalinks import url_of
from django_parallel_routes.planning.plan import Action, Arrives, Kind, Plan, SlotPlan
from django_parallel_routes.protocol.state import Shows

Does = Action | Literal["hidden"]
"""``"hidden"``: this user's page does not have the slot, so nothing of it is run (S46)."""

RENDERED = ("page", "intercepted", "default")


@dataclass(frozen=True)
class Row:
    """What becomes of one slot."""

    address: str
    """``"team"``, or of a slot inside a slot ``"children.team"``."""
    action: Does
    """``"page"``, ``"intercepted"``, ``"default"``, ``"empty"``, ``"keep"``, ``"missing"``, ``"hidden"``."""
    shows: Shows
    """What is on screen then; ``"layout"``: that of a segment, or of the slot, with slots in it."""
    url: str
    """The URL that the slot shows: path and query."""
    view: str
    """The view that is called for it, as a dotted name, or a template's; ``""``: none is."""
    why: str
    arrives: Arrives = "now"
    """When it comes; if later, ``loading`` stands in its place until then."""
    loading: str = ""

    @property
    def views(self) -> tuple[str, ...]:
        """The views that run for it before the answer is sent, as far as the plan knows."""
        if self.arrives == "now":
            return (self.view,) if self.view else ()
        return (self.loading,) if self.loading else ()


@dataclass(frozen=True)
class Asked:
    """A view that is asked first whether it refuses what is shown in its stead (B30)."""

    view: str
    url: str


@dataclass(frozen=True)
class Explanation:
    """What a request is answered with, in words."""

    kind: Kind
    """``"page"``, ``"slots"``, ``"slot"``, ``"document"``, ``"missing"``: see ``plan.Kind``."""
    why: str
    sentence: str
    """All in one sentence or two."""
    url: str
    """Where a soft answer moves the address bar to, unless a view says another URL; ``""``: it stays."""
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...] = ()
    layout: str = ""
    """The root layout's view, if it runs: that of a full page."""
    form: str = ""
    """The slot that a form, or an element's own request, is for: its view alone sees the method."""

    @property
    def views(self) -> tuple[str, ...]:
        """The views that run before the answer is sent, in the order in which they are printed."""
        layout = (self.layout,) if self.layout else ()
        return (*layout, *(view for row in self.rows for view in row.views))

    def as_dict(self) -> dict[str, Any]:
        """Return it as ``json.dumps()`` takes it."""
        return {**asdict(self), "views": list(self.views)}


def explained(plan: Plan, hidden: Mapping[str, str] | None = None) -> Explanation:
    """Return a plan in words.

    ``hidden`` has the addresses of slots that this user's page does not have, with the reason, as far
    as that is known: only layouts and ``test_func`` know it, and no plan asks them.

    >>> explained(plan).sentence  # doctest: +SKIP
    'Changed slots: children, team. Kept: analytics.'
    """
    hidden = hidden or {}
    is_run = plan.kind in ("page", "slots", "slot")
    rows = _in_order(row for top in plan.slots for row in _rows(top, hidden, is_run))
    layout = name_of(plan.root.segment.layout) if plan.kind == "page" else ""
    asked = tuple(
        Asked(name_of(question.view), question.location.src) for question in plan.questions
    )
    url = _url_after(plan)
    there = (name for name in plan.addressed if not any(within(name, one) for one in hidden))
    form = next(there, "")
    sentence = " ".join(_sentences(plan, rows, url, form))
    return Explanation(plan.kind, plan.why, sentence, url, tuple(rows), asked, layout, form)


def _rows(
    plan: SlotPlan, hidden: Mapping[str, str], is_run: bool, arrives: Arrives = "now"
) -> Iterator[Row]:
    if plan.address in hidden:
        yield Row(plan.address, "hidden", "empty", plan.src, "", hidden[plan.address])
        return
    is_first = arrives == "now"  # What is inside of one that comes later is a part of that.
    arrives = plan.arrives if is_first else arrives
    is_rendered = is_run and plan.action in RENDERED
    view = name_of(plan.match.view) if isinstance(plan.match, PageMatch) else ""
    if isinstance(plan.match, SegmentMatch):
        view = name_of(plan.match.segment.layout)
    is_later = is_rendered and is_first and arrives != "now"
    loading = plan.states.loading if is_later else None
    yield Row(
        plan.address,
        plan.action,
        plan.shows,
        plan.src,
        view if is_rendered else "",
        plan.why,
        arrives,
        name_of(loading) if loading else "",
    )
    for inner in (*plan.inner, *((plan.above,) if plan.above else ())):
        yield from _rows(inner, hidden, is_run, arrives)


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows so that what stands inside a slot follows it."""
    rows = list(rows)
    places: dict[tuple[str, ...], int] = {}
    for row in rows:
        parts = row.address.split(".")
        for end in range(1, len(parts) + 1):
            places.setdefault(tuple(parts[:end]), len(places))

    def place(row: Row) -> list[int]:
        parts = row.address.split(".")
        return [places[tuple(parts[:end])] for end in range(1, len(parts) + 1)]

    return sorted(rows, key=place)


def _url_after(plan: Plan) -> str:
    """Return what a soft answer moves the address bar to."""
    moves = plan.kind == "slots" and plan.moves and not plan.addressed
    return url_of(plan) if moves else ""


def _sentences(plan: Plan, rows: list[Row], url: str, form: str) -> Iterator[str]:
    by_address = {row.address: row for row in rows}
    if plan.kind == "missing":
        yield f"A 404: {plan.why}."
        return
    if plan.kind == "document":
        yield f"No slots, the browser loads the document: {plan.why}."
        return
    if form and plan.kind != "slot":
        yield f"A form for the slot {form}; unless its view redirects:"
    if plan.kind == "page":
        yield f"A full page: {plan.why}."
    elif plan.kind == "slot":
        yield f"The page of the slot {plan.slots[0].address} alone: {plan.why}."
    else:
        changed = [slot.address for slot in plan.changed if slot.address in by_address]
        held = [slot.address for slot in plan.slots if slot.action == "keep"]
        yield f"{_counted(changed, 'slot changes', 'slots change')}: {plan.why}."
        if held:
            yield f"{_counted(held, 'is kept', 'are kept')}."
    if later := [row.address for row in rows if row.loading]:
        yield f"{_counted(later, 'comes later', 'come later')}."
    if plan.kind == "slots" and not url:
        yield "The address bar does not move."


def _counted(names: list[str], one: str, many: str) -> str:
    """Return how many there are, and which, if that is legible.

    >>> _counted(["team", "modal"], "is kept", "are kept")
    '2 are kept (team, modal)'
    """
    if not names:
        return f"No {one}"
    listed = f" ({', '.join(names)})" if len(names) < 6 else ""
    return f"{len(names)} {one if len(names) == 1 else many}{listed}"

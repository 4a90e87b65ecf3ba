"""What was done for a request, for those who want to know: the debug panel, the test client."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from django_parallel_routes.declarations import View
from django_parallel_routes.instrumentation.queries import hear_of_all, start_hearing, stop_hearing
from django_parallel_routes.planning.plan import Plan

NAME = "_parallel_routes_trace"

Role = Literal["page", "layout", "loading", "error", "not-found", "question"]
"""What a view is called for: a slot's page (its default, too), the layout that it shows, a state of
it, or only for what it may refuse."""

Outcome = Literal["shown", "error", "not found", "refused", "redirect", "other", "unfinished"]
"""What came of a call. ``"other"``: an answer that stands in no slot, such as a file. ``"unfinished"``:
another slot has failed meanwhile, or the client has gone away."""


@dataclass(eq=False)
class Queries:
    """Those of one call to one database."""

    count: int = 0
    milliseconds: float = 0.0


@dataclass(eq=False)
class Cost:
    """What the call of one view has cost, with its template, without the slots in it.

    All times are wall-clock time, in milliseconds. Of an async view that is the time until it is done:
    others may have run meanwhile, and the bars of a waterfall show it.
    """

    address: str
    """The slot's; ``""`` for the root layout, and for a question."""
    role: Role
    view: View
    url: str
    """Path and query that it was called for."""
    zero: float = field(repr=False)
    start: float = field(init=False)
    """When it began, after the trace did."""
    end: float = field(init=False)
    """When it ended; the time between may include some in which it waited for a thread."""
    own: float = 0.0
    """How long it has run."""
    queries: dict[str, Queries] = field(default_factory=dict)
    """By the alias of the database."""
    size: int = 0
    """Bytes of the HTML that it has rendered."""
    outcome: Outcome = "unfinished"
    detail: str = ""
    """Of an error its type, of another answer its status and where it leads."""

    def __post_init__(self) -> None:
        self.start = self.end = (perf_counter() - self.zero) * 1000
        self._has_run = False

    @property
    def query_count(self) -> int:
        """How many queries there were, of all databases."""
        return sum(queries.count for queries in self.queries.values())

    @property
    def query_time(self) -> float:
        """How long they took, in milliseconds."""
        return sum(queries.milliseconds for queries in self.queries.values())

    def hear(self, alias: str, sql: str, milliseconds: float) -> None:
        """Take note of a query."""
        queries = self.queries.setdefault(alias, Queries())
        queries.count += 1
        queries.milliseconds += milliseconds

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure what is run inside, in addition to what was before."""
        self.go_on()
        try:
            yield
        except BaseException as exception:
            self.outcome, self.detail = _outcome_of(exception), type(exception).__name__
            raise
        finally:
            self.pause()

    def go_on(self) -> None:
        """Measure what is run from now on, until ``pause()``."""
        hear_of_all()
        self._since = perf_counter()
        if not self._has_run:
            self.start = (self._since - self.zero) * 1000
            self._has_run = True
        start_hearing(self)

    def pause(self) -> None:
        """End what ``go_on()`` has begun."""
        stop_hearing(self)
        now = perf_counter()
        self.end = (now - self.zero) * 1000
        self.own += (now - self._since) * 1000

    def answered(self, response: HttpResponseBase, *, is_shown: bool) -> None:
        """Take note of the response, and whether it is one that stands in the slot."""
        location = next((response[name] for name in LEADING if name in response), "")
        if is_shown:
            self.outcome = "shown"
            return
        self.detail = f"{response.status_code} {location}".strip()
        if location:
            self.outcome = "redirect"
        else:
            other: Outcome = "error" if response.status_code >= 400 else "other"
            self.outcome = OUTCOMES.get(response.status_code, other)

    def rendered(self, parts: Iterable[str]) -> None:
        """Take note of the HTML that it has rendered, in so many parts."""
        self.size = sum(len(part.encode()) for part in parts)


LEADING = ("HX-Redirect", "HX-Location", "Location")
OUTCOMES: dict[int, Outcome] = {401: "refused", 403: "refused", 404: "not found"}


def _outcome_of(exception: BaseException) -> Outcome:
    if isinstance(exception, CancelledError):
        return "unfinished"
    if isinstance(exception, PermissionDenied):
        return "refused"
    return "not found" if isinstance(exception, Http404) else "error"


@dataclass
class Trace:
    """What is known of a request once it is answered."""

    plan: Plan | None = None
    """What it was answered with; ``None`` for a view outside of every ``slots()``, as ever."""
    is_wanted: bool = False
    """Whether somebody wants to know the costs, though ``DEBUG`` is off."""
    costs: list[Cost] = field(default_factory=list)
    """Of each view that was called, in the order of the calls; empty unless that is wanted."""
    hidden: dict[str, str] = field(default_factory=dict)
    """The addresses of slots that this user's page does not have, with the reason; as ``costs``."""
    zero: float = field(default_factory=lambda: perf_counter(), repr=False)
    """When somebody has asked for it first; costs are timed from there."""

    def cost(self, address: str, role: Role, view: View, url: str) -> Cost:
        """Return where to note what a call costs."""
        self.costs.append(Cost(address, role, view, url, self.zero))
        return self.costs[-1]

    @property
    def measures(self) -> bool:
        """Whether costs are noted."""
        return self.is_wanted or settings.DEBUG


def measured(cost: Cost | None) -> AbstractContextManager[None]:
    """Measure what is run inside, if somebody wants to know."""
    return cost.running() if cost else nullcontext()


def trace_of(request: HttpRequest) -> Trace:
    """Return the trace of a request; the requests that views of its slots get have the same.

    >>> trace_of(HttpRequest()).plan is None
    True
    """
    trace: Trace | None = request.__dict__.get(NAME)
    if trace is None:
        trace = request.__dict__[NAME] = Trace()
    return trace

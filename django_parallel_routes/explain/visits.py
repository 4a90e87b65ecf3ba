"""A tab whose requests get dry-run responses: what ``--from`` takes to be on screen."""

from __future__ import annotations

from django.utils.html import escape

from django_parallel_routes.client import Navigation, Request, Response, Steps, Tab
from django_parallel_routes.explain.dry_run import Answer, DryRun, base_of, src_of
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.protocol.query import INLINE, with_option
from django_parallel_routes.protocol.state import HEADER

NO_PAGE = Response(200, {"Content-Type": "text/html"}, "no page")


class DryTab(Tab):
    """A tab of the browser script's model, for one user."""

    def __init__(self, dry_run: DryRun) -> None:
        super().__init__()
        self.dry_run = dry_run

    def open(self, url: str) -> Answer:
        """Load a document if there are no slots on screen, else visit softly; return the answer."""
        self.begin()
        self.base = base_of(url)
        url = self.base + src_of(url)
        visit = self.visit(url, Navigation("push"))
        answer = self._run(visit if self.page.slots else self.load(url))
        self.page.take_late()
        return answer

    def header_of_link(
        self, url: str, *, only: str, inside: str, intercept: bool, method: str
    ) -> str | None:
        """Return the state header of a link or form in a slot; ``None`` if it would be too long."""
        request = Request(method, self.base + src_of(url))
        navigation = Navigation("push", target=only, source=inside, intercept=intercept)
        if request.is_safe:
            navigation = self.for_query(navigation, request.url)
        header = self.header(navigation, request)
        return None if header is None or '"slots":{}' in header else header

    def _run(self, steps: Steps[None]) -> Answer:
        request = next(steps)
        while True:
            header = request.headers.get(HEADER)
            url = request.url if header else with_option(request.url, INLINE)
            answer = self.dry_run.answer(url, header, method=request.method)
            try:
                request = steps.send(_response_of(answer))
            except StopIteration:
                return answer


def _response_of(answer: Answer) -> Response:
    """Return an answer as a tab takes it; layouts need not print the script to be explained."""
    if answer.kind == "slots":
        return Response(200, {**NO_PAGE.headers, HEADER: answer.url or "stay"}, answer.html)
    if answer.kind != "page":
        return NO_PAGE
    plan, decision = trace_of(answer.request).plan, answer.decision
    origin = plan.location.src if plan and decision and decision.is_background else ""
    script = f'<script data-pr-boost="link" data-pr-origin="{escape(origin)}"></script>'
    return Response(200, NO_PAGE.headers, script + answer.html)

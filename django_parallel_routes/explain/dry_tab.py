"""A tab whose requests are answered by dry runs: ``manage.py slots --explain`` clicks in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import escape

from django_parallel_routes.client import (
    Impossible,
    Navigation,
    Request,
    Response,
    Steps,
    Tab,
    run,
)
from django_parallel_routes.explain.dry_run import Answer, dry_run
from django_parallel_routes.protocol.query import INLINE, with_option
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.request.details import details_of

NO_PAGE = Response(200, {"Content-Type": "text/html"}, "no page")


class DryTab(Tab):
    """A tab of the browser script's model, whose user is logged in, unless it is ``None``."""

    def __init__(self, user: Any = None) -> None:
        hosts = (str(host).lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*")
        super().__init__(f"http://{next(hosts, 'localhost')}")
        self.user = user

    def open(self, url: str) -> Answer:
        """Load a document if there are no slots on screen, else visit softly; return the answer."""
        answers = []

        def fetch(request: Request) -> Response:
            if HEADER not in request.headers:  # Slots that come later are there on the next visit.
                request = replace(request, url=with_option(request.url, INLINE))
            answers.append(dry_run(request, self.user))
            return _response_of(answers[-1])

        self.begin()
        run(self._click(url, "", "GET"), fetch)
        self.page.take_late()
        return answers[-1]

    def ask(self, url: str, *, inside: str = "", method: str = "GET") -> tuple[Request, Answer]:
        """Return the request of a link or form in a slot, and its answer, which changes nothing.

        Raises ``LookupError`` if there is no such slot on screen.
        """
        try:
            slot = self.find_slot(inside) if inside else ""
        except Impossible as error:
            raise LookupError(str(error)) from error
        request = next(self._click(url, slot, method))
        return request, dry_run(request, self.user)

    def _click(self, url: str, source: str, method: str) -> Steps[None]:
        """Return the steps for a URL, of which only path and query count."""
        url = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
        navigation = Navigation("push", source=source)
        is_form = method != "GET"
        return (
            self.submit(url, None, method, navigation) if is_form else self.visit(url, navigation)
        )


def _response_of(answer: Answer) -> Response:
    """Return an answer as a tab takes it; layouts need not print the script to be explained."""
    if answer.kind == "slots":
        return replace(
            NO_PAGE, headers={**NO_PAGE.headers, HEADER: answer.url or "stay"}, text=answer.html
        )
    if answer.kind == "document":
        return replace(NO_PAGE, headers={"HX-Redirect": answer.url})
    if answer.kind != "page":
        return NO_PAGE
    plan, decision = details_of(answer.request).plan, answer.decision
    origin = plan.location.src if plan and decision and decision.has_background else ""
    script = f'<script data-pr-boost="link" data-pr-origin="{escape(origin)}"></script>'
    return replace(NO_PAGE, text=script + answer.html)

"""Calls a site's WSGI application as a server does, without a test client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from benchmarks.clock import Call
from django_parallel_routes.client.exchange import state_header
from django_parallel_routes.client.page import Page

Headers = dict[str, str]

OURS = "django_parallel_routes"


@dataclass(frozen=True)
class Answer:
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def size(self) -> int:
        """Return the uncompressed bytes of an HTTP/1.1 response: status line, headers and body."""
        head = [f"HTTP/1.1 {self.status}", *(f"{name}: {value}" for name, value in self.headers)]
        return len("\r\n".join([*head, "", ""]).encode()) + len(self.body)


@dataclass(frozen=True)
class Site:
    """One side of a comparison: a URLconf, and an application that serves it."""

    urlconf: Any
    application: WSGIHandler = field(default_factory=WSGIHandler)

    def enter(self) -> None:
        """Serve this site. The caches of all sites stay warm."""
        settings.ROOT_URLCONF = self.urlconf

    def requests(self, path: str, headers: Headers, body: bytes = b"") -> Callable[[], Answer]:
        """Return a function that sends this request through all of Django; a POST if it has a body."""
        environ = _environ(path, headers, body)
        application = self.application

        def request() -> Answer:
            head: list[Any] = []

            def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
                head.extend((status, headers))

            chunks = application({**environ, "wsgi.input": BytesIO(body)}, start_response)
            answer = Answer(head[0], head[1], b"".join(chunks))
            chunks.close()
            return answer

        return request

    def get(self, path: str, headers: Headers) -> Answer:
        self.enter()
        return self.requests(path, headers)()

    def call(self, path: str, headers: Headers, body: bytes = b"") -> Call:
        return Call(self.requests(path, headers, body), self.enter)


def by_hand(urlconf: Any) -> Site:
    """Return a site that uses neither the package nor its middleware."""
    return Site(urlconf, application_with([one for one in settings.MIDDLEWARE if OURS not in one]))


def application_with(middleware: list[str]) -> WSGIHandler:
    usual, settings.MIDDLEWARE = settings.MIDDLEWARE, middleware
    try:
        return WSGIHandler()
    finally:
        settings.MIDDLEWARE = usual


def of_htmx(path: str) -> Headers:
    """Return the headers that htmx itself sends when a link on ``path`` is clicked."""
    return {
        "HX-Request": "true",
        "HX-Boosted": "true",
        "HX-Current-URL": f"http://localhost{path}",
    }


def of_the_script(page: Answer, **more: Any) -> Headers:
    """Return the header that parallel-routes.js adds for a page: the slots on screen."""
    state = {"intent": "navigate", "slots": Page(page.html).mounted(), **more}
    return {"Parallel-Routes": state_header(state)}


def _environ(path: str, headers: Headers, body: bytes) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
        "CONTENT_LENGTH": str(len(body)),
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }

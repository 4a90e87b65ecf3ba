"""The two clients, sync and async: they make the requests of one ``Tab``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync, sync_to_async
from django.core.exceptions import DisallowedHost
from django.test import AsyncClient, Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from django_parallel_routes.client import Impossible, Request, Response, Steps, Tab, run
from django_parallel_routes.client.exchange import without_prefix
from django_parallel_routes.request.details import details_of
from django_parallel_routes.test.steps import UserSteps


class _Requests(UserSteps):
    """What both clients do around a request."""

    @property
    def cookies(self) -> SimpleCookie:
        """The cookies, which all tabs share: a logout, which replaces them, holds for all tabs."""
        cookies: SimpleCookie = vars(self)["cookies"]
        return cookies

    @cookies.setter
    def cookies(self, cookies: SimpleCookie) -> None:
        shared = vars(self).setdefault("cookies", cookies)
        if shared is not cookies:
            shared.clear()
            shared.update(cookies)

    def _new_tab(self) -> Any:
        tab = copy(self)
        tab._tab, tab._last_step, tab._plan = Tab(self._tab.base), "", None
        return tab

    @contextmanager
    def _showing_screen(self) -> Iterator[None]:
        """Add what is on screen to the message of a step that can't be taken."""
        try:
            yield
        except Impossible as error:
            raise AssertionError(f"{error}\n{self.screen}") from None

    def _received(self, response: Any, body: bytes) -> Response:
        """Return a response as the tab takes it; note its host, and its plan if it is the first."""
        if response.streaming:
            response.streaming_content = [body]  # for tests that read it
        request = getattr(response, "wsgi_request", None) or response.asgi_request
        with suppress(DisallowedHost):  # the response is a 400
            self._tab.base = f"{request.scheme}://{request.get_host()}"
        self._plan = self._plan or details_of(request).plan
        text = body.decode(getattr(response, "charset", None) or "utf-8", "replace")
        return Response(response.status_code, response.headers, text, response)


def _arguments(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the path and the other arguments that Django's clients take."""
    parts = urlsplit(request.url)
    is_secure = parts.scheme == "https"
    arguments: dict[str, Any] = {"headers": request.headers, "secure": is_secure}
    if request.method == "POST":
        arguments["data"] = request.data or {}
    elif not request.is_safe:
        arguments["data"] = encode_multipart(BOUNDARY, request.data or {})
        arguments["content_type"] = MULTIPART_CONTENT
    return parts._replace(scheme="", netloc="").geturl(), arguments


async def _read_stream(response: Any) -> bytes:
    """Return the body of a response with an async iterator, which its ``getvalue()`` can't read."""
    return b"".join([chunk async for chunk in response.streaming_content])


class SlotClient(_Requests, Client):
    """Django's test client as one tab of a browser in which ``parallel-routes.js`` runs.

    It keeps what is on screen and the history, sends what the script would, and applies the answers.
    So you test whole flows in milliseconds: tabs, modals, Back and Forward, forms. It has all methods of
    Django's client; ``get()`` and ``post()`` leave the screen alone::

        class Photos(TestCase):
            client_class = SlotClient

            def test_a_photo_opens_above_the_gallery(self):
                self.client.load("/gallery/")
                self.client.click("The last ferry")
                self.client.assert_open("modal", "The last ferry")
                self.client.assert_kept("children")
                self.client.back()
                self.client.assert_closed("modal")
                self.client.visit("/photos/2/")
                self.client.submit_form({"text": "Punctual."})
                self.client.assert_shows("modal", "1 comment")
                self.client.reload()  # the photo's own page
                self.client.assert_url("/photos/2/")

    With pytest, a fixture of your own is enough::

        @pytest.fixture
        def client():
            return SlotClient()

    Every step returns Django's response, and follows redirects as a browser does. Slots that come later
    are requested at once, as by the script, and streamed ones are put in their places: with
    ``settle=False``, a step shows the loading states, until ``settle()``. A step that is not possible on
    the page (there is no such link, or nothing to close) raises ``AssertionError`` with what is on screen.

    Unlike the script, the client keeps nothing in memory: Back and Forward always ask the server, so a
    test sees what it answers. What needs a layout engine, or what is typed but not sent (scroll
    positions, focus, ``data-pr-guard``), needs tests in a browser, and so do htmx requests with targets
    of their own.
    """

    def new_tab(self, url: str = "") -> SlotClient:
        """Open another tab, with the same cookies, and a screen and a history of its own."""
        tab: SlotClient = self._new_tab()
        if url:
            tab.load(self._tab.absolute(url))
        return tab

    def _run(self, method: Callable[..., Steps[Any]], /, *args: Any, **kwargs: Any) -> Any:
        with self._showing_screen():
            return run(method(self, *args, **kwargs), self._fetch)

    def _fetch(self, request: Request) -> Response:
        path, arguments = _arguments(request)
        response: Any = getattr(self, request.method.lower())(without_prefix(path), **arguments)
        is_async = getattr(response, "is_async", False)
        body = async_to_sync(_read_stream)(response) if is_async else response.getvalue()
        return self._received(response, body)


class AsyncSlotClient(_Requests, AsyncClient):
    """``SlotClient`` for async tests: every step is awaited.

    ::

        async def test_a_photo_opens_above_the_gallery():
            client = AsyncSlotClient()
            await client.load("/gallery/")
            await client.click("The last ferry")
            client.assert_open("modal", "The last ferry")
    """

    async def new_tab(self, url: str = "") -> AsyncSlotClient:
        """Do what ``SlotClient.new_tab()`` does."""
        tab: AsyncSlotClient = self._new_tab()
        if url:
            await tab.load(self._tab.absolute(url))
        return tab

    def _get_path(self, parsed: Any) -> str:
        """Return a path as ASGI has it, in UTF-8; Django's client has it in Latin-1, as WSGI does."""
        path: str = super()._get_path(parsed)  # type: ignore[misc]
        return path.encode("iso-8859-1").decode("utf-8", "replace")

    async def _run(self, method: Callable[..., Steps[Any]], /, *args: Any, **kwargs: Any) -> Any:
        with self._showing_screen():
            steps = method(self, *args, **kwargs)
            try:
                request = next(steps)
                while True:
                    request = steps.send(await self._fetch(request))
            except StopIteration as done:
                return done.value

    async def _fetch(self, request: Request) -> Response:
        path, arguments = _arguments(request)
        response: Any = await getattr(self, request.method.lower())(path, **arguments)
        is_async = getattr(response, "is_async", False)
        read = _read_stream(response) if is_async else sync_to_async(response.getvalue)()
        return self._received(response, await read)

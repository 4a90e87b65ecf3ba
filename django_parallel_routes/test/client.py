"""The two clients, sync and async: they make the requests of one ``Tab``."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from functools import wraps
from http.cookies import SimpleCookie
from typing import Any, Concatenate, Generic, ParamSpec, overload
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.test import AsyncClient, Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from django_parallel_routes.client import (
    Impossible,
    Navigation,
    Request,
    Response,
    Steps,
    Tab,
    controls,
)
from django_parallel_routes.client.exchange import History, local, without_prefix
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.test.assertions import Assertions

P = ParamSpec("P")


class step(Generic[P]):  # noqa: N801 -- it is used as a decorator
    """A method of both clients: it returns a generator, which the one runs and the other awaits."""

    def __init__(self, method: Callable[Concatenate[Any, P], Steps[Any]]) -> None:
        self.method = method

    @overload
    def __get__(self, client: None, owner: Any = None) -> Callable[..., Steps[Any]]: ...
    @overload
    def __get__(self, client: SlotClient, owner: Any = None) -> Callable[P, Any]: ...
    @overload
    def __get__(
        self, client: AsyncSlotClient, owner: Any = None
    ) -> Callable[P, Coroutine[Any, Any, Any]]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        if client is None:
            return self.method
        return wraps(self.method)(client._running(self.method))


class _Steps(Assertions):
    """The steps that a person can take."""

    _cookies: SimpleCookie

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tab = Tab()
        self._story = ""
        self._plan: Plan | None = None

    @property
    def response(self) -> Any:
        """Django's response to the last step: with ``context``, ``templates`` and all."""
        return self._tab.response and self._tab.response.source

    @property
    def history(self) -> list[str]:
        """The URLs of all entries of the history, those ahead included."""
        return [entry.url.removeprefix(self._tab.base) for entry in self._tab.entries]

    @step
    def load(self, url: str, *, settle: bool = True) -> Steps[Any]:
        """Load a document, as from the address bar; ``url`` may be relative to that of the page."""
        tab = self._tab
        is_here = tab.entries and tab.absolute(url) == tab.url
        self._begin(f"a hard load of {url}")
        return self._take(tab.reload() if is_here else tab.load(url), settle)

    @step
    def visit(
        self,
        url: str,
        *,
        slot: str | None = None,
        inside: str | None = None,
        intercept: bool = True,
        history: History = "push",
        settle: bool = True,
    ) -> Steps[Any]:
        """Go to a URL softly, as by a click on a link to it; there need be no such link.

        ``slot``
            The one slot that it navigates, as by ``data-pr-target="team"``; ``None``: all.
        ``inside``
            The slot in which the link stands: URLs are relative to its URL, and in a modal it may matter.
        ``intercept``
            ``False``: as by a link with ``data-pr-intercept="false"``.
        ``history``
            ``"push"`` adds an entry, ``"replace"`` takes the place of this one, ``False``: neither.
        """
        self._begin_here(f"a visit of {url}")
        target = self._tab.find_slot(slot) if slot else ""
        source = self._tab.find_slot(inside) if inside else ""
        navigation = Navigation(
            history, target=target, source=source, intercept=intercept, boosted=True
        )
        return self._take(self._tab.visit(url, navigation), settle)

    @step
    def submit(
        self,
        url: str = "",
        data: Any = None,
        *,
        inside: str | None = None,
        method: str = "post",
        intercept: bool = True,
        settle: bool = True,
    ) -> Steps[Any]:
        """Send a form with this action; there need be no such form.

        ``url``
            ``""``: the URL of the slot that it stands in, or that of the page.
        ``data``
            As in Django's ``post()``; files, too.
        ``inside``
            The slot in which the form stands: its response is shown there.
        ``method``
            ``"post"``, ``"get"``, ``"put"``, ``"patch"``, ``"delete"``.
        """
        self._begin_here(f"a form sent to {url or 'where it is'}")
        source = self._tab.find_slot(inside) if inside else ""
        navigation = Navigation("push", source=source, intercept=intercept, boosted=True)
        return self._take(self._tab.submit(url, data, method.upper(), navigation), settle)

    @step
    def click(self, target: str, *, inside: str | None = None, settle: bool = True) -> Steps[Any]:
        """Click a link or button that is on screen, and do what its attributes say.

        ``target`` is its text, ``aria-label``, ``href``, or ``#id``; ``inside`` the slot in which to look,
        or ``""`` for the layout. While a modal is open, only what is in it can be clicked::

            client.click("Close", inside="modal")
        """
        element = controls.find_control(self._tab, target, inside)
        self._begin_here(f"a click on {target!r}")
        return self._take(controls.click(self._tab, element), settle)

    @step
    def submit_form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        button: str = "",
        action: str = "",
        inside: str | None = None,
        settle: bool = True,
    ) -> Steps[Any]:
        """Fill in a form that is on screen, and send it: with its other fields, and its CSRF token.

        In ``data``, ``None`` leaves a field out, such as a checkbox. Where several forms have these fields,
        tell which one it is by the text of its button, its ``action``, or the slot that it stands in::

            client.submit_form({"name": "Grace Hopper"}, button="Save")
        """
        form, submitter = controls.find_form(self._tab, data or {}, button, action, inside)
        self._begin_here(f"a form sent by {button!r}" if button else "a form sent")
        return self._take(controls.submit(self._tab, form, submitter, data or {}), settle)

    @step
    def close(self, slot: str | None = "modal", *, settle: bool = True) -> Steps[Any]:
        """Close what is open in a slot, as its × or Esc does; ``None``: what was opened last.

        That is a Back, if the page beneath is in the history; else that page replaces this entry.
        """
        tab = self._tab
        address = tab.find_slot(slot) if slot else ""
        link = controls.closing_link(tab.page.slots[address]) if address else None
        if link and not tab.page.open_slots_around(address):
            steps = controls.click(tab, link)
        else:
            steps = tab.close(tab.open_slot(address))
        self._begin_here(f"closing {slot!r}" if slot else "closing what is open")
        return self._take(steps, settle)

    @step
    def back(self, *, settle: bool = True) -> Steps[Any]:
        """Go back by one entry of the history."""
        return self._go(-1, settle)

    @step
    def forward(self, *, settle: bool = True) -> Steps[Any]:
        """Go forward by one entry of the history."""
        return self._go(1, settle)

    @step
    def go(self, steps: int, *, settle: bool = True) -> Steps[Any]:
        """Go by so many entries of the history: ``go(-2)`` goes back by two."""
        return self._go(steps, settle)

    @step
    def reload(self, *, settle: bool = True) -> Steps[Any]:
        """Load the document of the URL in the address bar, by GET."""
        self._begin_here("a reload")
        return self._take(self._tab.reload(), settle)

    @step
    def refresh(self, *slots: str, settle: bool = True) -> Steps[Any]:
        """Have slots rendered once more, as ``parallelRoutes.refresh()`` does; without names, all."""
        wanted = self._tab.refreshed([self._tab.find_slot(slot) for slot in slots])
        self._begin_here(f"a refresh of {', '.join(wanted) or 'nothing'}")
        return self._take(self._tab.refresh(wanted), settle)

    @step
    def settle(self) -> Steps[Any]:
        """Let slots come that are still on their way."""
        self._begin_here("waiting for slots that come later")
        return self._take(self._tab.settle(), False)

    def _new_tab(self) -> Any:
        tab = copy(self)
        tab._tab, tab._story, tab._plan = Tab(self._tab.base), "", None
        return tab

    @property
    def cookies(self) -> SimpleCookie:
        """The cookies, which all tabs share: to set them replaces what is in them."""
        return self._cookies

    @cookies.setter
    def cookies(self, cookies: SimpleCookie) -> None:
        if "_cookies" in vars(self):
            self._cookies.clear()
            self._cookies.update(cookies)
        else:
            self._cookies = cookies

    # --- how steps are run ---

    def _go(self, steps: int, settle: bool) -> Steps[Any]:
        self._begin_here({-1: "Back", 1: "Forward"}.get(steps, f"{steps:+} in the history"))
        return self._take(self._tab.go(steps), settle)

    def _begin_here(self, what: str) -> None:
        if not self._tab.entries:
            problem = f"{what[0].upper()}{what[1:]} needs a page to start from"
            raise AssertionError(f"{problem}: load() one first.")
        self._begin(f"{what} from {local(self._tab.url)}")

    def _begin(self, story: str) -> None:
        self._tab.begin()
        self._story, self._plan = story, None

    def _take(self, steps: Steps[None], settle: bool) -> Steps[Any]:
        yield from steps
        if settle:
            yield from self._tab.settle()
        return self.response

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
        self._plan = self._plan or trace_of(request).plan
        text = body.decode(getattr(response, "charset", None) or "utf-8", "replace")
        return Response(response.status_code, response.headers, text, response)


def _arguments(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the path and the other arguments that Django's clients take."""
    parts = urlsplit(request.url)
    is_secure = parts.scheme == "https"
    arguments: dict[str, Any] = {"headers": dict(request.headers), "secure": is_secure}
    if request.method == "POST":
        arguments["data"] = request.data or {}
    elif not request.is_safe:
        arguments["data"] = encode_multipart(BOUNDARY, request.data or {})
        arguments["content_type"] = MULTIPART_CONTENT
    return parts._replace(scheme="", netloc="").geturl(), arguments


class SlotClient(_Steps, Client):
    """Django's test client as one tab of a browser in which ``parallel-routes.js`` runs.

    It keeps what is on screen and the history, sends what the script would, and applies the answers.
    So whole flows are tested in milliseconds: tabs, modals, Back and Forward, forms. What Django's
    client can do, it can do as well; ``get()`` and ``post()`` leave the screen alone::

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
    ``settle=False``, a step shows the loading states, until ``settle()``. A step that nobody could take (a
    link that is not there, nothing to close) is an ``AssertionError`` that tells what is on screen.

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

    def _running(self, method: Callable[..., Steps[Any]]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            with self._showing_screen():
                steps = method(self, *args, **kwargs)
                try:
                    request = next(steps)
                    while True:
                        request = steps.send(self._received(*self._fetch(request)))
                except StopIteration as done:
                    return done.value

        return run

    def _fetch(self, request: Request) -> tuple[Any, bytes]:
        path, arguments = _arguments(request)
        response: Any = getattr(self, request.method.lower())(without_prefix(path), **arguments)
        return response, response.getvalue()


class AsyncSlotClient(_Steps, AsyncClient):
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

    def _running(self, method: Callable[..., Steps[Any]]) -> Callable[..., Any]:
        async def run(*args: Any, **kwargs: Any) -> Any:
            with self._showing_screen():
                steps = method(self, *args, **kwargs)
                try:
                    request = next(steps)
                    while True:
                        request = steps.send(self._received(*await self._fetch(request)))
                except StopIteration as done:
                    return done.value

        return run

    async def _fetch(self, request: Request) -> tuple[Any, bytes]:
        path, arguments = _arguments(request)
        response: Any = await getattr(self, request.method.lower())(path, **arguments)
        if not response.streaming:
            return response, response.content
        return response, b"".join([chunk async for chunk in response])

"""The sync and the async client: they take a user's steps in a ``Tab``, and make the requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from functools import partial, wraps
from http.cookies import SimpleCookie
from typing import Any, Concatenate, ParamSpec, TypeVar

from asgiref.sync import async_to_sync, sync_to_async
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
    run,
)
from django_parallel_routes.client.exchange import History, local_url, without_prefix
from django_parallel_routes.request.details import details_of
from django_parallel_routes.test.screen import Assertions

P = ParamSpec("P")
AnyClient = TypeVar("AnyClient", bound="UserSteps")


def step(
    method: Callable[Concatenate[Any, P], Steps[Any]],
) -> Callable[Concatenate[Any, P], Any]:
    """Make a generator a step of both clients.

    The sync client makes the requests that the generator yields; the async client awaits them.
    """

    @wraps(method)
    def take(client: Any, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        return client._run(partial(method, client, *args, **kwargs))

    return take


class UserSteps(Assertions):
    """What a user can do in a browser, for both clients."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._show(Tab())

    def _show(self, tab: Tab) -> None:
        self._tab, self._last_step, self._plan = tab, "", None

    def new_tab(self: AnyClient) -> AnyClient:
        """Return a client for another tab: with the same cookies, but its own screen and history."""
        client = copy(self)
        client._show(Tab(self._tab.base))
        return client

    @property
    def cookies(self) -> SimpleCookie:
        """The cookies of all tabs. A logout empties them, so it logs out in all tabs."""
        cookies: SimpleCookie = vars(self)["cookies"]
        return cookies

    @cookies.setter
    def cookies(self, cookies: SimpleCookie) -> None:
        shared = vars(self).setdefault("cookies", cookies)
        if shared is not cookies:
            shared.clear()
            shared.update(cookies)

    @property
    def response(self) -> Any:
        """Django's response to the last step, with its ``context`` and ``templates``."""
        return self._tab.response and self._tab.response.source

    @property
    def history(self) -> list[str]:
        """The URLs of all entries of the history, also of those that Forward leads to."""
        return [entry.url.removeprefix(self._tab.base) for entry in self._tab.entries]

    @step
    def load(self, url: str, *, settle: bool = True) -> Steps[Any]:
        """Load a document, as from the address bar; ``url`` may be relative to the page."""
        tab = self._tab
        is_here = tab.entries and tab.absolute(url) == tab.url
        steps = tab.reload() if is_here else tab.load(url)
        return self._do(f"a hard load of {url}", steps, settle)

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
        """Go to a URL as a click on a link does; the page need not have such a link.

        ``slot``
            The slot to navigate, as with ``data-pr-target="team"``; ``None``: all slots.
        ``inside``
            The slot in which the link stands. A relative URL is resolved against the URL of this slot.
        ``intercept``
            ``False``: do not intercept, as with ``data-pr-intercept="false"``.
        ``history``
            ``"push"`` adds an entry to the history, ``"replace"`` replaces the current one, ``False``
            leaves the history alone.
        """
        target = self._tab.find_slot(slot) if slot else ""
        source = self._tab.find_slot(inside) if inside else ""
        navigation = Navigation(
            history, target=target, source=source, intercept=intercept, boosted=True
        )
        steps = self._tab.visit(url, navigation)
        return self._do(f"a visit of {url}", steps, settle)

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
        """Send a form; the page need not have such a form.

        ``url``
            The ``action`` of the form. ``""``: the URL of the slot in which it stands, or of the page.
        ``data``
            The fields, as in Django's ``post()``; files, too.
        ``inside``
            The slot in which the form stands. The slot shows the response.
        ``method``
            ``"post"``, ``"get"``, ``"put"``, ``"patch"``, ``"delete"``.
        """
        source = self._tab.find_slot(inside) if inside else ""
        navigation = Navigation("push", source=source, intercept=intercept, boosted=True)
        steps = self._tab.visit(url, navigation, method.upper(), {} if data is None else data)
        return self._do(f"a form sent to {url or 'where it is'}", steps, settle)

    @step
    def click(self, target: str, *, inside: str | None = None, settle: bool = True) -> Steps[Any]:
        """Click a link or button that is on screen, and do what its attributes say.

        ``target`` is the element's text, ``aria-label``, ``href``, or ``#id``. ``inside`` is the slot in
        which the element stands, or ``""`` for the layout. While a modal is open, you can click only
        elements in the modal::

            client.click("Close", inside="modal")
        """
        element = controls.find_control(self._tab, target, inside)
        return self._do(f"a click on {target!r}", controls.click(self._tab, element), settle)

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
        """Fill in a form that is on screen, and send it with its other fields and its CSRF token.

        In ``data``, ``None`` leaves a field out, such as a checkbox. If several forms have these fields,
        say which form you mean: by the text of its button, its ``action``, or the slot around it::

            client.submit_form({"name": "Grace Hopper"}, button="Save")
        """
        form, submitter = controls.find_form(self._tab, data or {}, button, action, inside)
        steps = controls.submit(self._tab, form, submitter, data or {})
        return self._do(f"a form sent by {button!r}" if button else "a form sent", steps, settle)

    @step
    def close(self, slot: str | None = "modal", *, settle: bool = True) -> Steps[Any]:
        """Close the page that is open in a slot, as its × or Esc does; ``None``: the page opened last.

        If the page beneath is in the history, the tab goes back to that page. Otherwise, that page
        replaces the current entry.
        """
        tab = self._tab
        address = tab.find_slot(slot) if slot else ""
        link = controls.closing_link(tab.page.slots[address]) if address else None
        if link and not tab.page.open_slots(around=address):
            steps = controls.click(tab, link)
        else:
            steps = tab.close(tab.open_slot(address))
        return self._do(f"closing {slot!r}" if slot else "closing what is open", steps, settle)

    @step
    def back(self, *, settle: bool = True) -> Steps[Any]:
        """Go back by one entry of the history."""
        return self._do("Back", self._tab.go(-1), settle)

    @step
    def forward(self, *, settle: bool = True) -> Steps[Any]:
        """Go forward by one entry of the history."""
        return self._do("Forward", self._tab.go(1), settle)

    @step
    def go(self, steps: int, *, settle: bool = True) -> Steps[Any]:
        """Go through the history by a number of entries: ``go(-2)`` goes back by two."""
        return self._do(f"{steps:+} in the history", self._tab.go(steps), settle)

    @step
    def reload(self, *, settle: bool = True) -> Steps[Any]:
        """Load the document of the URL in the address bar, by GET."""
        return self._do("a reload", self._tab.reload(), settle)

    @step
    def refresh(self, *slots: str, settle: bool = True) -> Steps[Any]:
        """Render slots again, as ``parallelRoutes.refresh()`` does; without names, all slots."""
        wanted = self._tab.slots_to_refresh([self._tab.find_slot(slot) for slot in slots])
        what = f"a refresh of {', '.join(wanted) or 'nothing'}"
        return self._do(what, self._tab.refresh(wanted), settle)

    @step
    def settle(self) -> Steps[Any]:
        """Wait for the deferred and streamed slots."""
        return self._do("waiting for slots that come later", self._tab.settle(), False)

    def _do(self, what: str, steps: Steps[None], settle: bool) -> Steps[Any]:
        """Take a step of the tab; ``what`` describes the step in messages."""
        if self._tab.entries:
            what += f" from {local_url(self._tab.url)}"
        elif not what.startswith("a hard load"):
            problem = f"{what[0].upper()}{what[1:]} needs a page to start from"
            raise AssertionError(f"{problem}: load() one first.")
        self._tab.begin()
        self._last_step, self._plan = what, None
        yield from steps
        if settle:
            yield from self._tab.settle()
        self._tab.page.update_marks(self._tab.url)
        return self.response

    @contextmanager
    def _showing_screen(self) -> Iterator[None]:
        """Raise ``AssertionError`` with the screen, if a step is not possible."""
        try:
            yield
        except Impossible as error:
            raise AssertionError(f"{error}\n{self.screen}") from None

    def _received(self, response: Any, body: bytes) -> Response:
        """Return Django's response as the tab takes it.

        Store the host, and the plan of the step's first response.
        """
        if response.streaming:
            response.streaming_content = [body]  # Tests may read the stream again.
        request = getattr(response, "wsgi_request", None) or response.asgi_request
        with suppress(DisallowedHost):  # The response is a 400.
            self._tab.base = f"{request.scheme}://{request.get_host()}"
        self._plan = self._plan or details_of(request).plan
        text = body.decode(getattr(response, "charset", None) or "utf-8", "replace")
        return Response(response.status_code, response.headers, text, response)


def _arguments(request: Request) -> dict[str, Any]:
    """Return a request as arguments for ``generic()`` of Django's clients."""
    return {
        "method": request.method,
        "path": local_url(request.url),
        "data": b"" if request.is_safe else encode_multipart(BOUNDARY, request.data or {}),
        "content_type": MULTIPART_CONTENT,
        "headers": request.headers,
        "secure": request.url.startswith("https:"),
    }


async def _read_stream(response: Any) -> bytes:
    """Return the body of a response with an async iterator, which its ``getvalue()`` can't read."""
    return b"".join([chunk async for chunk in response.streaming_content])


class SlotClient(UserSteps, Client):
    """Django's test client as one tab of a browser in which ``parallel-routes.js`` runs.

    It keeps the screen and the history of the tab, sends the requests of the script, and applies the
    responses. So you test whole flows in milliseconds: tabs, modals, Back and Forward, forms. It has all
    methods of Django's client; ``get()`` and ``post()`` leave the screen alone::

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

    Every step returns Django's response, and follows redirects as a browser does. It waits for deferred
    and streamed slots, unless you pass ``settle=False``: then the screen shows the loading states until
    ``settle()``. A step that is not possible on the page (there is no such link, or nothing to close)
    raises ``AssertionError`` and prints the screen.

    Unlike the script, the client keeps no slots in memory: if Back or Forward needs content, it asks the
    server. Scroll positions, focus, ``data-pr-guard`` and htmx requests with targets of their own need
    tests in a browser.
    """

    def _run(self, take: Callable[[], Steps[Any]]) -> Any:
        with self._showing_screen():
            return run(take(), self._fetch)

    def _fetch(self, request: Request) -> Response:
        arguments = _arguments(request)
        arguments["path"] = without_prefix(arguments["path"])
        response: Any = self.generic(**arguments)
        is_async = getattr(response, "is_async", False)
        body = async_to_sync(_read_stream)(response) if is_async else response.getvalue()
        return self._received(response, body)


class AsyncSlotClient(UserSteps, AsyncClient):
    """``SlotClient`` for async tests: you await each step, but no assertion and not ``new_tab()``.

    ::

        async def test_a_photo_opens_above_the_gallery():
            client = AsyncSlotClient()
            await client.load("/gallery/")
            await client.click("The last ferry")
            client.assert_open("modal", "The last ferry")
    """

    def _get_path(self, parsed: Any) -> str:
        """Return a path as ASGI has it, in UTF-8; Django's client has it in Latin-1, as WSGI does."""
        path: str = super()._get_path(parsed)  # type: ignore[misc]
        return path.encode("iso-8859-1").decode("utf-8", "replace")

    async def _run(self, take: Callable[[], Steps[Any]]) -> Any:
        with self._showing_screen():
            steps = take()
            try:
                request = next(steps)
                while True:
                    request = steps.send(await self._fetch(request))
            except StopIteration as done:
                return done.value

    async def _fetch(self, request: Request) -> Response:
        response: Any = await self.generic(**_arguments(request))
        is_async = getattr(response, "is_async", False)
        read = _read_stream(response) if is_async else sync_to_async(response.getvalue)()
        return self._received(response, await read)

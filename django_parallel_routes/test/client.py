"""The two clients: thin edges around ``Tab``, one sync, one async."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from http.cookies import SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.test import AsyncClient, Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from django_parallel_routes.test import elements
from django_parallel_routes.test.assertions import Assertions, story
from django_parallel_routes.test.screen import Screen
from django_parallel_routes.test.steps import Ask, History, Navigation, Steps, script_prefix
from django_parallel_routes.test.tab import Tab

T = TypeVar("T")


class _Steps(Assertions):
    """What a person does, as steps that each client takes in its way."""

    _tab: Tab
    cookies: SimpleCookie

    @property
    def screen(self) -> Screen:  # type: ignore[override]
        """What is on screen now; it stays as it is when the client goes on."""
        return self._tab.screen()

    @property
    def response(self) -> Any:
        """Django's response to the last step: with ``context``, ``templates`` and all."""
        return self._tab.response

    @property
    def history(self) -> list[str]:
        """The URLs of all entries of the history, those ahead included."""
        return [entry.url.removeprefix(self._tab.base) for entry in self._tab.entries]

    def _load(self, url: str, settle: bool) -> Steps[Any]:
        tab = self._tab
        tab.begin(f"a hard load of {url}")
        is_here = tab.entries and tab.absolute(url) == tab.url
        return self._taken(tab.reload() if is_here else tab.load(url), settle)

    def _visit(
        self,
        url: str,
        slot: str | None,
        inside: str | None,
        intercept: bool,
        history: History,
        settle: bool,
    ) -> Steps[Any]:
        self._begin(f"a visit of {url}")
        navigation = Navigation(
            history=history,
            only=self._tab.find_slot(slot) if slot else "",
            from_=self._tab.find_slot(inside) if inside else "",
            intercept=intercept,
            boosted=True,
        )
        return self._taken(self._tab.visit(url, navigation), settle)

    def _submit(
        self, url: str, data: Any, inside: str | None, method: str, intercept: bool, settle: bool
    ) -> Steps[Any]:
        self._begin(f"a form sent to {url or 'where it is'}")
        navigation = Navigation(
            history="push",
            from_=self._tab.find_slot(inside) if inside else "",
            intercept=intercept,
            boosted=True,
        )
        return self._taken(self._tab.submit(url, data, method.upper(), navigation), settle)

    def _click(self, target: str, inside: str | None, settle: bool) -> Steps[Any]:
        element = elements.find_control(self._tab, target, inside)
        self._begin(f"a click on {target!r}")
        return self._taken(elements.click(self._tab, element), settle)

    def _submit_form(
        self,
        data: Mapping[str, Any] | None,
        button: str,
        action: str,
        inside: str | None,
        settle: bool,
    ) -> Steps[Any]:
        data = data or {}
        form, submitter = elements.find_form(self._tab, data, button, action, inside)
        self._begin(f"a form sent by {button!r}" if button else "a form sent")
        return self._taken(elements.submit(self._tab, form, submitter, data), settle)

    def _close(self, slot: str | None, settle: bool) -> Steps[Any]:
        address = self._tab.find_slot(slot) if slot else ""
        link = None
        if address and not self._tab.page.open_home_around(address):
            link = elements.closing_link(self._tab, address)
        if link:
            steps = elements.click(self._tab, link)
        else:
            steps = self._tab.close(self._tab.open_home(slot or ""))
        self._begin(f"closing {slot!r}" if slot else "closing what is open")
        return self._taken(steps, settle)

    def _go(self, steps: int, settle: bool) -> Steps[Any]:
        name = {-1: "Back", 1: "Forward"}.get(steps, f"{steps:+} in the history")
        self._begin(name)
        return self._taken(self._tab.go(steps), settle)

    def _reload(self, settle: bool) -> Steps[Any]:
        self._begin("a reload")
        return self._taken(self._tab.reload(), settle)

    def _refresh(self, slots: tuple[str, ...], settle: bool) -> Steps[Any]:
        wanted = self._tab.refreshed([self._tab.find_slot(slot) for slot in slots])
        self._begin(f"a refresh of {', '.join(wanted) or 'nothing'}")
        return self._taken(self._tab.refresh(wanted), settle)

    def _settle(self) -> Steps[Any]:
        self._begin("waiting for slots that come later")
        return self._taken(self._tab.settle(), False)

    def logout(self) -> None:
        """Do what Django's client does, for all tabs: they have the same cookies."""
        cookies = self.cookies
        super().logout()  # type: ignore[misc]
        self._keep(cookies)

    async def alogout(self) -> None:
        """Do what ``logout()`` does."""
        cookies = self.cookies
        await super().alogout()  # type: ignore[misc]
        self._keep(cookies)

    def _keep(self, cookies: SimpleCookie) -> None:
        cookies.clear()
        self.cookies = cookies

    def _begin(self, what: str) -> None:
        if not self._tab.entries:
            raise AssertionError(
                f"{what.capitalize()} needs a page to start from: load() one first."
            )
        self._tab.begin(story(what, self._tab))

    def _taken(self, steps: Steps[None], settle: bool) -> Steps[Any]:
        yield from steps
        if settle:
            yield from self._tab.settle()
        return self._tab.response

    def _new_tab(self) -> Any:
        tab = copy(self)
        tab._tab = Tab()
        tab._tab.base = self._tab.base
        return tab


def _arguments(ask: Ask) -> tuple[str, str, dict[str, Any]]:
    """Return a request as Django's clients take it: method, path, and the rest."""
    parts = urlsplit(ask.url)
    arguments: dict[str, Any] = {
        "headers": dict(ask.headers),
        "secure": parts.scheme == "https",
    }
    path = parts._replace(scheme="", netloc="").geturl()
    if ask.method == "POST":
        arguments["data"] = ask.data or {}
    elif not ask.is_safe:
        arguments["data"] = encode_multipart(BOUNDARY, ask.data or {})
        arguments["content_type"] = MULTIPART_CONTENT
    return ask.method.lower(), path, arguments


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
                self.client.close("modal")
                self.client.assert_url("/gallery/")

    With pytest, a fixture of your own is enough::

        @pytest.fixture
        def client():
            return SlotClient()

    Everything that takes a step returns Django's response, and follows redirects as a browser does. Slots
    that come later are asked for at once, as by the script, and streamed ones are put in their places:
    ``settle=False`` shows the loading states first, until ``settle()``. A step that nobody could take (a
    link that is not there, nothing to close) is an ``AssertionError`` that tells what is on screen.

    Unlike the script, the client keeps nothing in memory: Back and Forward always ask the server, so a
    test sees what it answers. What needs a layout, or what is typed but not sent (scroll positions, focus,
    ``data-pr-guard``), is for tests in a browser, and so are htmx requests with targets of their own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tab = Tab()

    def load(self, url: str, *, settle: bool = True) -> Any:
        """Load a document, as from the address bar.

        ``url``
            Absolute, or relative to where one is. Redirects are followed.
        ``settle``
            Whether slots that come later are waited for.

        ::

            client.load("/gallery/")
            assert client.screen.title == "Gallery"
        """
        return self._run(self._load(url, settle))

    def visit(
        self,
        url: str,
        *,
        slot: str | None = None,
        inside: str | None = None,
        intercept: bool = True,
        history: History = "push",
        settle: bool = True,
    ) -> Any:
        """Go to a URL softly, as by a click on a link to it; there need be no such link.

        ``slot``
            The one slot that it navigates, as by ``data-pr-target="team"``; ``None``: all.
        ``inside``
            The slot in which the link stands: URLs are relative to its URL, and in a modal it may matter.
        ``intercept``
            ``False``: as by a link with ``data-pr-intercept="false"``.
        ``history``
            ``"push"`` adds an entry, ``"replace"`` takes the place of this one, ``False``: neither.

        ::

            client.visit("/dashboard/team/settings/")
            client.assert_changed("team")
        """
        return self._run(self._visit(url, slot, inside, intercept, history, settle))

    def submit(
        self,
        url: str = "",
        data: Any = None,
        *,
        inside: str | None = None,
        method: str = "post",
        intercept: bool = True,
        settle: bool = True,
    ) -> Any:
        """Send a form with this action; there need be no such form.

        ``url``
            ``""``: the URL of the slot that it stands in, or that of the page.
        ``data``
            As in Django's ``post()``; files, too.
        ``inside``
            The slot in which the form stands: that is what its answer is shown in.
        ``method``
            ``"post"``, ``"get"``, ``"put"``, ``"patch"``, ``"delete"``.

        ::

            client.submit("/photos/2/", {"text": "Punctual."}, inside="modal")
            client.assert_shows("modal", "1 comment")
        """
        return self._run(self._submit(url, data, inside, method, intercept, settle))

    def click(self, target: str, *, inside: str | None = None, settle: bool = True) -> Any:
        """Click a link or button that is on screen, and do what its attributes say.

        ``target``
            Its text, ``aria-label``, ``href``, or ``#id``.
        ``inside``
            The slot in which to look; ``""``: in the layout. While a modal is open, only what is in it
            can be clicked.

        ::

            client.click("Team settings")
            client.click("Close", inside="modal")
        """
        return self._run(self._click(target, inside, settle))

    def submit_form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        button: str = "",
        action: str = "",
        inside: str | None = None,
        settle: bool = True,
    ) -> Any:
        """Fill in a form that is on screen, and send it: with its other fields, and its CSRF token.

        ``data``
            What to fill in, by name; ``None`` leaves a field out, such as a checkbox.
        ``button``, ``action``, ``inside``
            Which form it is, where several have these fields: the text of its button, its ``action``, the
            slot that it stands in.

        ::

            client.click("New member")
            client.submit_form({"name": "Grace Hopper"}, button="Save")
        """
        return self._run(self._submit_form(data, button, action, inside, settle))

    def close(self, slot: str | None = "modal", *, settle: bool = True) -> Any:
        """Close what is open in a slot, as its × or Esc does; ``None``: what was opened last.

        That is a Back, if the page beneath is there in the history; else the page beneath takes the place
        of this entry::

            client.close("modal")
            client.assert_closed("modal")
        """
        return self._run(self._close(slot, settle))

    def back(self, *, settle: bool = True) -> Any:
        """Go back by one entry of the history.

        ::

            client.visit("/photos/2/")
            client.back()
            client.assert_closed("modal")
        """
        return self._run(self._go(-1, settle))

    def forward(self, *, settle: bool = True) -> Any:
        """Go forward by one entry of the history.

        ::

            client.back()
            client.forward()
            client.assert_open("modal")
        """
        return self._run(self._go(1, settle))

    def go(self, steps: int, *, settle: bool = True) -> Any:
        """Go by so many entries of the history; negative ones go back.

        ::

            client.go(-2)
        """
        return self._run(self._go(steps, settle))

    def reload(self, *, settle: bool = True) -> Any:
        """Load the document of the URL where one is, by GET.

        ::

            client.visit("/photos/2/")  # in a modal
            client.reload()             # the photo's own page
        """
        return self._run(self._reload(settle))

    def refresh(self, *slots: str, settle: bool = True) -> Any:
        """Have slots rendered once more, as ``parallelRoutes.refresh()`` does; without names, all.

        ::

            client.refresh("activity")
        """
        return self._run(self._refresh(slots, settle))

    def settle(self) -> Any:
        """Let slots come that are still on their way.

        ::

            client.load("/status/", settle=False)
            assert client.screen["deploys"].state == "loading"
            client.settle()
            assert client.screen["deploys"].state == ""
        """
        return self._run(self._settle())

    def new_tab(self, url: str = "") -> SlotClient:
        """Open another tab, with the same cookies, and a screen and a history of its own.

        ::

            other = client.new_tab("/photos/2/")
            other.assert_closed("modal")
        """
        tab: SlotClient = self._new_tab()
        if url:
            tab.load(self._tab.absolute(url))
        return tab

    def _run(self, steps: Steps[T]) -> T:
        try:
            ask = next(steps)
            while True:
                method, path, arguments = _arguments(ask)
                prefix = script_prefix()  # a WSGI server takes it off, and Django's client is none
                path = path.removeprefix(prefix[:-1]) if path.startswith(prefix) else path
                response: Any = getattr(self, method)(path, **arguments)
                body = response.getvalue()
                if response.streaming:
                    response.streaming_content = [body]  # for whoever wants to look at it
                ask = steps.send((response, body))
        except StopIteration as done:
            found: T = done.value
            return found


class AsyncSlotClient(_Steps, AsyncClient):
    """``SlotClient`` for async tests: all that takes a step is awaited.

    ::

        async def test_a_photo_opens_above_the_gallery():
            client = AsyncSlotClient()
            await client.load("/gallery/")
            await client.click("The last ferry")
            client.assert_open("modal", "The last ferry")
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tab = Tab()

    async def load(self, url: str, *, settle: bool = True) -> Any:
        """Do what ``SlotClient.load()`` does."""
        return await self._run(self._load(url, settle))

    async def visit(
        self,
        url: str,
        *,
        slot: str | None = None,
        inside: str | None = None,
        intercept: bool = True,
        history: History = "push",
        settle: bool = True,
    ) -> Any:
        """Do what ``SlotClient.visit()`` does."""
        return await self._run(self._visit(url, slot, inside, intercept, history, settle))

    async def submit(
        self,
        url: str = "",
        data: Any = None,
        *,
        inside: str | None = None,
        method: str = "post",
        intercept: bool = True,
        settle: bool = True,
    ) -> Any:
        """Do what ``SlotClient.submit()`` does."""
        return await self._run(self._submit(url, data, inside, method, intercept, settle))

    async def click(self, target: str, *, inside: str | None = None, settle: bool = True) -> Any:
        """Do what ``SlotClient.click()`` does."""
        return await self._run(self._click(target, inside, settle))

    async def submit_form(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        button: str = "",
        action: str = "",
        inside: str | None = None,
        settle: bool = True,
    ) -> Any:
        """Do what ``SlotClient.submit_form()`` does."""
        return await self._run(self._submit_form(data, button, action, inside, settle))

    async def close(self, slot: str | None = "modal", *, settle: bool = True) -> Any:
        """Do what ``SlotClient.close()`` does."""
        return await self._run(self._close(slot, settle))

    async def back(self, *, settle: bool = True) -> Any:
        """Do what ``SlotClient.back()`` does."""
        return await self._run(self._go(-1, settle))

    async def forward(self, *, settle: bool = True) -> Any:
        """Do what ``SlotClient.forward()`` does."""
        return await self._run(self._go(1, settle))

    async def go(self, steps: int, *, settle: bool = True) -> Any:
        """Do what ``SlotClient.go()`` does."""
        return await self._run(self._go(steps, settle))

    async def reload(self, *, settle: bool = True) -> Any:
        """Do what ``SlotClient.reload()`` does."""
        return await self._run(self._reload(settle))

    async def refresh(self, *slots: str, settle: bool = True) -> Any:
        """Do what ``SlotClient.refresh()`` does."""
        return await self._run(self._refresh(slots, settle))

    async def settle(self) -> Any:
        """Do what ``SlotClient.settle()`` does."""
        return await self._run(self._settle())

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

    async def _run(self, steps: Steps[T]) -> T:
        try:
            ask = next(steps)
            while True:
                method, path, arguments = _arguments(ask)
                response: Any = await getattr(self, method)(path, **arguments)
                if response.streaming:
                    body = b"".join([chunk async for chunk in response])
                    response.streaming_content = [body]
                else:
                    body = response.content
                ask = steps.send((response, body))
        except StopIteration as done:
            found: T = done.value
            return found

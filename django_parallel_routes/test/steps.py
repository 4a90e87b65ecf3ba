"""What a user can do in a browser, as steps of both clients."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, overload

from django.test import AsyncClient, Client

from django_parallel_routes.client import Navigation, Steps, Tab, controls
from django_parallel_routes.client.exchange import History, local
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
    def __get__(self, client: Client, owner: Any = None) -> Callable[P, Any]: ...
    @overload
    def __get__(
        self, client: AsyncClient, owner: Any = None
    ) -> Callable[P, Coroutine[Any, Any, Any]]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        if client is None:
            return self.method
        return wraps(self.method)(client._running(self.method))


class UserSteps(Assertions):
    """The steps of a user, for both clients."""

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
        """Render slots again, as ``parallelRoutes.refresh()`` does; without names, all."""
        wanted = self._tab.slots_to_refresh([self._tab.find_slot(slot) for slot in slots])
        self._begin_here(f"a refresh of {', '.join(wanted) or 'nothing'}")
        return self._take(self._tab.refresh(wanted), settle)

    @step
    def settle(self) -> Steps[Any]:
        """Request slots that come later, and put streamed ones in their places."""
        self._begin_here("waiting for slots that come later")
        return self._take(self._tab.settle(), False)

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

"""What a user can do in a browser, as steps of both clients."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial, wraps
from typing import Any, Concatenate, Generic, ParamSpec, overload

from django.test import AsyncClient, Client

from django_parallel_routes.client import Navigation, Steps, Tab, controls
from django_parallel_routes.client.exchange import History, local_url
from django_parallel_routes.planning.plan import Plan
from django_parallel_routes.test.screen import Assertions

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
        return wraps(self.method)(partial(client._run, self.method))


class UserSteps(Assertions):
    """The steps of a user, for both clients."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tab = Tab()
        self._last_step = ""
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
        source = self._tab.find_slot(inside) if inside else ""
        navigation = Navigation("push", source=source, intercept=intercept, boosted=True)
        steps = self._tab.submit(url, data, method.upper(), navigation)
        return self._do(f"a form sent to {url or 'where it is'}", steps, settle)

    @step
    def click(self, target: str, *, inside: str | None = None, settle: bool = True) -> Steps[Any]:
        """Click a link or button that is on screen, and do what its attributes say.

        ``target`` is its text, ``aria-label``, ``href``, or ``#id``; ``inside`` the slot in which to look,
        or ``""`` for the layout. While a modal is open, only what is in it can be clicked::

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
        """Fill in a form that is on screen, and send it: with its other fields, and its CSRF token.

        In ``data``, ``None`` leaves a field out, such as a checkbox. Where several forms have these fields,
        tell which one it is by the text of its button, its ``action``, or the slot that it stands in::

            client.submit_form({"name": "Grace Hopper"}, button="Save")
        """
        form, submitter = controls.find_form(self._tab, data or {}, button, action, inside)
        steps = controls.submit(self._tab, form, submitter, data or {})
        return self._do(f"a form sent by {button!r}" if button else "a form sent", steps, settle)

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
        """Go by so many entries of the history: ``go(-2)`` goes back by two."""
        return self._do(f"{steps:+} in the history", self._tab.go(steps), settle)

    @step
    def reload(self, *, settle: bool = True) -> Steps[Any]:
        """Load the document of the URL in the address bar, by GET."""
        return self._do("a reload", self._tab.reload(), settle)

    @step
    def refresh(self, *slots: str, settle: bool = True) -> Steps[Any]:
        """Render slots again, as ``parallelRoutes.refresh()`` does; without names, all."""
        wanted = self._tab.slots_to_refresh([self._tab.find_slot(slot) for slot in slots])
        what = f"a refresh of {', '.join(wanted) or 'nothing'}"
        return self._do(what, self._tab.refresh(wanted), settle)

    @step
    def settle(self) -> Steps[Any]:
        """Request slots that come later, and put streamed ones in their places."""
        return self._do("waiting for slots that come later", self._tab.settle(), False)

    def _do(self, what: str, steps: Steps[None], settle: bool) -> Steps[Any]:
        """Take a step of the tab; ``what`` tells it in words."""
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
        return self.response

"""Which slots on screen show what a request has changed: views say it, or it is watched (S38, S40)."""

from __future__ import annotations

from django.http import HttpRequest

from django_parallel_routes.address import ALL, within
from django_parallel_routes.contrib.table_tracking import Tables
from django_parallel_routes.protocol.state import ADDRESS, State


def refresh(request: HttpRequest, *slots: str) -> None:
    """Let slots on screen be rendered again when this request is answered, each for its own URL.

    ``slots``
        Addresses (``"team"``, ``"children.team"``), or names: where there is no slot of that address,
        all of that name. Without any: all that are on screen. A slot that shows a layout is rendered
        again with its layout and the slots in it, whatever else the answer changes in them.

    They come with the answer itself, or with that of the page that it redirects to; where neither
    can be, the script asks for them. A request that the script has not sent is answered with a page,
    on which all is new anyway. Raises ``ValueError`` for what can't be a slot. The idea is that of
    Next.js's ``router.refresh()`` and ``revalidatePath()``::

        class MemberCreate(CreateView):
            def form_valid(self, form):
                refresh(self.request, "team", "activity")
                return super().form_valid(form)
    """
    for name in slots:
        if not ADDRESS.match(name):
            raise ValueError(f"refresh() got {name!r}: give the name of a slot, such as 'team'.")
    asked: list[str] = vars(request).setdefault("parallel_routes_refreshes", [])
    asked.extend(slots or (ALL,))


def take_refreshes(request: HttpRequest, state: State, tables: Tables) -> tuple[str, ...]:
    """Return the names of the slots that are to be refreshed, and forget who has asked for it.

    Besides those that views have named, they are those that have read what was written; but for the
    slot that a form or an element stands in: what becomes of that, its own answer says.
    """
    asked = vars(request).pop("parallel_routes_refreshes", ())
    readers = (
        address
        for address, reads in state.tables.items()
        if reads & tables.writes and not (state.source_slot and within(state.source_slot, address))
    )
    return tuple(dict.fromkeys((*asked, *readers)))

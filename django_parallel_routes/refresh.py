"""Which slots on screen show what a request has changed: views say it, or it is watched (S38, S40)."""

from __future__ import annotations

from django.http import HttpRequest

from django_parallel_routes.address import ALL, within
from django_parallel_routes.contrib.table_tracking import Tables
from django_parallel_routes.protocol.state import ADDRESS, State


def refresh(request: HttpRequest, *slots: str) -> None:
    """Render slots on screen again, each for its own URL, when this request is answered.

    ``slots``
        Addresses (``"team"``, ``"children.team"``), or names: if no slot has that address, all slots of
        that name. Without any: all slots on screen that aren't empty. If a slot shows a layout, it is
        rendered again with its layout and the slots inside, whatever else the response changes in them.

    The slots arrive with the response, or with the page to which it redirects. If neither is possible,
    the script requests them. If the script has not sent the request, the response is a full page, on
    which everything is new. Raises ``ValueError`` for a name that no slot can have. The idea is that of
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

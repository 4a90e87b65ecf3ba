"""``refresh()``, by which views name the slots that show what they have changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_resolver

from django_parallel_routes.instrumentation.costs import Tables
from django_parallel_routes.protocol.state import ADDRESS, State
from django_parallel_routes.request.details import refreshes_of
from django_parallel_routes.urlconf import Urlconf
from django_parallel_routes.values import ALL

logger = logging.getLogger("django.request")


def refresh(request: HttpRequest, *slots: str) -> None:
    """Render slots on screen again, each for its own URL, with the response to this request.

    ``slots``
        Addresses (``"team"``, ``"children.team"``). A name that is no address means all slots of that
        name. Without names, all slots on screen that aren't empty are rendered. If a slot shows a layout, it
        is rendered again with its layout and the slots inside, whatever else the response changes in them.

    The slots arrive with the response, or with the page to which it redirects. If neither is possible,
    the script requests them. If the script has not sent the request, the response is a full page, on
    which everything is new. Raises ``ValueError`` for a name that no slot can have. With ``DEBUG``, a name
    that no slot of the URLconf has is a warning in the log. The idea comes from Next.js's
    ``router.refresh()`` and ``revalidatePath()``::

        class MemberCreate(CreateView):
            def form_valid(self, form):
                refresh(self.request, "team", "activity")
                return super().form_valid(form)
    """
    if not hasattr(request, "META"):
        raise ValueError(f"refresh() got {request!r}: its first argument is the request.")
    for name in slots:
        if not ADDRESS.match(str(name)):
            raise ValueError(f"refresh() got {name!r}: give the name of a slot, such as 'team'.")
    if settings.DEBUG:
        _warn_of_unknown(request, slots)
    refreshes_of(request).extend(slots or (ALL,))


def _warn_of_unknown(request: HttpRequest, names: Iterable[str]) -> None:
    """Log each name that no slot of the URLconf has. It is no error: an app may serve several projects."""
    patterns = get_resolver(getattr(request, "urlconf", None)).url_patterns
    known = {slot.name for slot in Urlconf(patterns).slots}
    for name in names:
        if not known.issuperset(name.split(".")):
            logger.warning(
                "refresh() got %r, but the URLconf declares no such slot. It declares: %s.",
                name,
                ", ".join(sorted(known)),
            )


def take_refreshes(request: HttpRequest, state: State, tables: Tables | None) -> tuple[str, ...]:
    """Return the names of the slots to refresh, and forget the names that ``refresh()`` got.

    These are the slots that views have named, and the slots that have read a table that was written. For the
    slot with the form, tables do not count, since the response to the form says what that slot shows.
    """
    refreshes = refreshes_of(request)
    written: set[str] = tables.writes if tables else set()
    if not (refreshes or written):
        return ()
    named, refreshes[:] = tuple(refreshes), []
    readers = (
        address
        for address, reads in state.tables.items()
        if reads & written and not address.contains(state.source_slot)
    )
    return tuple(dict.fromkeys((*named, *readers)))

"""``refresh()``: a view says which slots show what it has changed (S38, S40)."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import trigger_client_event

from django_parallel_routes.directives import REFRESH, directed
from django_parallel_routes.plan import ALL

NAME = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)*\Z", re.ASCII)


def refresh(request: HttpRequest, *slots: str) -> None:
    """Let slots on screen be rendered again when this request is answered, each for its own URL.

    ``slots``
        Addresses (``"team"``, ``"children.team"``), or names: where there is no slot of that address,
        all of that name. None: all that are on screen.

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
        if not NAME.match(name):
            raise ValueError(f"refresh() got {name!r}: give the name of a slot, such as 'team'.")
    asked: list[str] = vars(request).setdefault("parallel_routes_refreshes", [])
    asked.extend(slots or (ALL,))


def take_refreshes(request: HttpRequest) -> tuple[str, ...]:
    """Return the names of the slots that views have asked to be refreshed, and forget them."""
    return tuple(dict.fromkeys(vars(request).pop("parallel_routes_refreshes", ())))


def passing_on(
    request: HttpRequest, response: HttpResponseBase, names: tuple[str, ...]
) -> HttpResponseBase:
    """Let the answer after a redirect refresh slots, or the script, if there is none."""
    location = response.get("Location", "") if 300 <= response.status_code < 400 else ""
    if not names:
        return response
    if not location:
        detail: dict[str, Any] = {"slots": [] if ALL in names else list(names)}
        trigger_client_event(response, "parallel-routes:refresh", detail)
    elif url_has_allowed_host_and_scheme(location, {request.get_host()}):
        response["Location"] = directed(location, REFRESH + ",".join(names))
    return response

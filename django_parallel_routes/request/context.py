"""What a request says of the page that it comes from."""

from __future__ import annotations

from django.http import HttpRequest

from django_parallel_routes.protocol.state import HEADER, BadState, State, parse


def state_of(request: HttpRequest) -> State | None:
    """Return what the script says is on screen, or ``None``: then the answer is a full page."""
    header = request.headers.get(HEADER)
    if header is None or request.headers.get("HX-History-Restore-Request") == "true":
        return None
    try:
        return parse(header)
    except BadState:
        return None

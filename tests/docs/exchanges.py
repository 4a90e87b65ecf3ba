"""The exchanges that docs/protocol.md shows: each is made here, through Django's test client.

``UPDATE_DOCS=1 python -m pytest tests/docs/test_docs.py -k exchange`` writes them into the page anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import intercept, refresh, slot, slots
from django_parallel_routes.client.exchange import compact
from tests.window import ARRIVED, HEADER, Window, body_of, layout, serve

ROOT_LAYOUT = """\
<!doctype html>
<title>Photos</title>
{% slot %}
{% slot "cart" %}
{% slot "stats" %}
{% slot "modal" %}
"""
SHOWN = ("Content-Type", "Location", HEADER, "HX-Reswap", "HX-Push-Url", "HX-Redirect")


def html(text: str) -> Any:
    return csrf_exempt(lambda request, **kwargs: HttpResponse(text.format(**kwargs)))


@csrf_exempt  # so that no token is in the pages
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST" and request.POST["caption"]:
        refresh(request, "cart")
        return redirect("/")
    said = "<p>A caption, please.</p>" if request.method == "POST" else ""
    return HttpResponse(f'{said}<form method="post"><input name="caption"></form>')


def site(head: str = "") -> Any:
    """The site; the page shows it without what is in the head."""
    return slots(
        "",
        layout=csrf_exempt(layout(head + ROOT_LAYOUT)),
        children=[
            path("", html("<h1>Feed</h1>")),
            path("albums/", html("<title>Albums</title><h1>Albums</h1>")),
            path("photos/<int:pk>/", edit, name="photo"),
        ],
        cart=slot([], default=html("<p>2 prints</p>")),
        stats=slot(
            [path("albums/", html("<p>3 albums</p>"))],
            default=html("<p>7 views</p>"),
            loading=html("<p>Counting…</p>"),
        ),
        modal=slot([intercept("photo", edit)], default=None),
    )


def exchanges(settings: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each."""
    window = serve(settings, site())
    yield "page", _exchange(window, "/", None)
    at_home = {"slots": window.mounted, "current_url": "/", "origin": "/"}
    home = window.mounted

    # What has been deferred comes by a request of its own.
    yield (
        "deferred",
        _exchange(window, "/", {"intent": "refresh", **at_home, "refresh": ["stats"]}),
    )
    yield "navigation", _exchange(window, "/albums/", {"intent": "navigate", **at_home})

    # The address bar is back already.
    at_albums = {"slots": window.mounted, "current_url": "/", "origin": "/"}
    yield "back", _exchange(window, "/", {"intent": "restore", **at_albums, "restore": home})

    at_home["slots"] = window.mounted
    yield "interception", _exchange(window, "/photos/7/", {"intent": "navigate", **at_home})

    in_modal = {
        "source_slot": "modal",
        "slots": window.mounted,
        "current_url": "/photos/7/",
        "origin": "/",
    }
    form = {"intent": "navigate", **in_modal, "form": True, "tables": {}, "own": True}
    yield "error", _exchange(window, "/photos/7/", form, "caption=")
    yield "redirect", _exchange(window, "/photos/7/", form, "caption=Dusk", apply=False)
    # The browser follows it, with the same headers.
    yield "followed", _exchange(window, window.response["Location"], form)

    at_home["slots"] = window.mounted
    yield "refresh", _exchange(window, "/", {"intent": "refresh", **at_home, "refresh": ["cart"]})
    at_home["slots"] = {
        "children": ["page", "/", "0123456789abcdef"]
    }  # of another deployment, say
    yield "outdated", _exchange(window, "/albums/", {"intent": "navigate", **at_home}, apply=False)


def _exchange(
    window: Window, url: str, state: Any, body: str | None = None, *, apply: bool = True
) -> str:
    """Send a request, and return it with its answer, as the page shows them."""
    method = "get" if body is None else "post"
    asked = [f"{method.upper()} {url} HTTP/1.1"]
    kwargs: Any = {}
    if body is not None:
        kind = "application/x-www-form-urlencoded"
        asked.append(f"Content-Type: {kind}")
        kwargs = {"data": body, "content_type": kind}
    if state is None:
        response = window.hard(url)
    else:
        asked += ["HX-Request: true", f"{HEADER}: {_wrapped(compact(state))}"]
        send = window.send if apply else window._request
        response = window.response = send(url, state, method, None, **kwargs)
    if body is not None:
        asked += ["", body]
    content = body_of(response)
    answered = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}"]
    answered += [f"{name}: {response[name]}" for name in SHOWN if name in response]
    answered += [f"Vary: {response['Vary']}"] if state is None else []
    content = content.replace(ARRIVED, f"\n{ARRIVED}\n") if state else content
    answered += ["", content] if content else []
    parts = ("\n".join(part).strip() for part in (asked, answered))
    return "\n\n".join(f"```http\n{part}\n```" for part in parts)


def _wrapped(state: dict[str, Any]) -> str:
    """Return the header's value, in several lines."""
    pairs = []
    for name, value in state.items():
        if value and isinstance(value, dict):
            inner = ",\n    ".join(f"{json.dumps(key)}: {json.dumps(value[key])}" for key in value)
            pairs.append(f"{json.dumps(name)}: {{\n    {inner}}}")
        else:
            pairs.append(f"{json.dumps(name)}: {json.dumps(value)}")
    return "{" + ",\n  ".join(pairs) + "}"

"""Late slots: deferred, streamed, and not there yet when something else happens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.slot_clients import HEAD, answering, says, shown
from tests.window import layout, serve


def test_without_settling_the_screen_shows_loading_states(later: Any) -> None:
    """S43"""
    later.load("/", settle=False)
    assert {name: later.screen.slots[name].state for name in ("children", "late", "stream")} == {
        "children": "",
        "late": "loading",
        "stream": "loading",
    }
    assert "loading" in str(later.screen)
    later.settle()
    assert shown(later)["late"] == "late"
    later.assert_changed("late", "stream")
    assert later.response.status_code == 200
    later.load("/")
    assert "Its requests were: hard GET /; soft GET /." in later.explain()


def test_slots_are_refreshed_by_name(site: Any) -> None:
    """S38"""
    site.load("/")
    site.refresh("side")
    assert site.screen.requests == ("soft GET /",)
    site.assert_changed("side")
    site.visit("/photo/1/")
    site.refresh()
    site.assert_changed("children", "side", "modal.children")
    with pytest.raises(AssertionError, match=r"^There is no slot 'nowhere' on screen\."):
        site.refresh("nowhere")


def test_a_refresh_of_empty_slots_makes_no_request(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S38: as ``parallelRoutes.refresh()`` does."""
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot 'side' %}"),
            side=slot([intercept("other", says("other"))], default=None),
            children=[path("", says("home"))],
        ),
        path("other/", says("other"), name="other"),
    )
    client = make()
    client.load("/")
    for names in ([], ["side"]):
        client.refresh(*names)
        assert client.screen.requests == ()
        assert client.screen.changed == ()
    assert client.screen.slots["side"].shows == "empty"


@pytest.mark.urls("tests.urls.machine")
def test_a_slot_may_be_named_without_its_address_if_no_other_has_the_name(
    make: Callable[..., Any],
) -> None:
    client = make()
    client.load("/team/a/")
    client.assert_shows("badge", "badge a")
    client.visit("/photo/1/")
    with pytest.raises(AssertionError) as error:
        client.visit("/", slot="children.modal")
    assert str(error.value).startswith("There is no slot 'children.modal' on screen.")


FILE = {"Content-Disposition": 'attachment; filename="list.html"'}


def outcome(request: HttpRequest, outcome: str) -> HttpResponse:
    if outcome == "file":
        return HttpResponse("<p>1,2", headers=FILE)
    if outcome == "leads":
        return HttpResponse(headers={"HX-Location": '{"path": "/"}'})
    if outcome == "redirect":
        return redirect("/html/")
    status = int(outcome) if outcome.isdecimal() else 200
    return HttpResponse("" if status < 400 and status > 200 else f"<p>{outcome}", status=status)


@pytest.mark.parametrize("delivery", ["deferred", "streamed", "soft"])
@pytest.mark.parametrize(
    ("name", "url", "state", "text"),
    [
        ("html", "/html/", "", "html"),
        ("204", "/204/", "", ""),
        ("304", "/304/", "", ""),
        ("file", "/file/", "", ""),
        ("503", "/503/", "lost", "wait"),
        ("leads", "/", "", "side"),
        ("redirect", "/html/", "", "html"),
    ],
)
def test_a_late_slot_that_redirects_or_fails_leads_where_it_leads_in_a_browser(
    settings: Any,
    make: Callable[..., Any],
    delivery: Any,
    name: str,
    url: str,
    state: str,
    text: str,
) -> None:
    """S59: also if the response has no content. A redirect replaces the entry of the history."""
    delivers = "deferred" if delivery == "soft" else delivery
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "<body>{% slot %}{% slot 'side' %}"),
            children=[path("", says("home")), path("<outcome>/", says("page"))],
            side=slot(
                [path("<outcome>/", outcome)],
                default=says("side"),
                loading=says("wait"),
                delivery=delivers,
            ),
        ),
    )
    client = make()
    client.load("/")
    if delivery == "soft":
        client.visit(f"/{name}/")
    else:
        client.load(f"/{name}/")
    client.assert_url(url)
    assert client.screen.slots["side"].state == state
    assert client.screen.slots["side"].own_text == text
    assert len(client.history) == 2
    if name == "503":
        client.refresh("side")
        assert client.screen.requests == (f"soft GET /{name}/",) * 2
        client.assert_shows("side", "wait")


def test_the_refusal_of_a_late_slot_is_the_response_to_the_step(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S59: as without ``loading``, because the refusal is the document on screen."""
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[path("", says("home")), path("<outcome>/", says("page"))],
            side=slot([path("<outcome>/", outcome)], default=None, loading=says("wait")),
        ),
    )
    client = make()
    client.load("/")
    assert client.visit("/403/").status_code == 403
    assert client.screen.text == "403"


def test_an_empty_response_to_a_refresh_leaves_the_slot(
    settings: Any, make: Callable[..., Any]
) -> None:
    """B61"""
    answers = [HttpResponse("first"), HttpResponse(status=204)]
    client = answering(settings, make, lambda request: answers.pop(0))
    client.visit("/it/")
    client.refresh("children")
    client.assert_shows("children", "first")
    assert client.screen.changed == ()


def streams(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["<p>one", "<p>two"]))


async def streams_async(request: HttpRequest) -> StreamingHttpResponse:
    async def parts() -> AsyncIterator[str]:
        yield "<p>one"
        yield "<p>two"

    return StreamingHttpResponse(parts())


@pytest.mark.parametrize("view", [streams, streams_async])
def test_both_clients_read_a_streamed_document(
    settings: Any, make: Callable[..., Any], view: Callable[..., Any]
) -> None:
    """Also a sync iterator in the async client, and an async one in the sync client, without warnings."""
    serve(
        settings,
        path("alone/", view),
        slots(
            "",
            layout=layout(HEAD + "{% slot %}"),
            children=[path("", says("home")), path("it/", view)],
        ),
    )
    client = make()
    for url in ("/alone/", "/it/"):
        client.load("/")
        client.visit(url)
        assert client.screen.text == "one two"
        assert client.response.getvalue() == b"<p>one<p>two"
        client.load(url)
        assert client.screen.text == "one two"


SAID = "<b>{{ messages|join:' ' }}</b>"


def saves(request: HttpRequest) -> HttpResponse:
    messages.success(request, "saved")
    return redirect(request.GET["next"])


@pytest.mark.parametrize("to", ["/", "/other/", "/alone/", "/site/"])
@pytest.mark.parametrize("printed_by", ["page", "side"])
@pytest.mark.parametrize("delivery", ["deferred", "streamed"])
def test_a_late_slot_prints_a_message_once(
    settings: Any, make: Callable[..., Any], delivery: Any, printed_by: str, to: str
) -> None:
    """B67: wherever a redirect leads: to the same page, to another, out of all slots, into other slots."""
    later = {"loading": "django_parallel_routes/loading.html", "delivery": delivery}
    in_page, in_side = (later, {}) if printed_by == "page" else ({}, later)

    def tree(prefix: str, *names: str) -> Any:
        page = layout(f"{prefix}page {SAID if in_page else ''}")
        pages = [path(name, page) for name in names]
        side = layout(SAID if in_side else "side")
        return slots(
            prefix,
            layout=layout(HEAD + "<body>{% slot %}{% slot 'side' %}"),
            children=slot([*pages, path("save/", saves)], **in_page),
            side=slot([], default=side, unmatched="refresh", **in_side),
        )

    serve(settings, path("alone/", layout(SAID)), tree("site/", ""), tree("", "", "other/"))
    client = make()
    client.load("/")
    client.submit(f"/save/?next={to}", {})
    assert client.screen.text.count("saved") == 1
    client.load("/")
    assert "saved" not in client.screen.text

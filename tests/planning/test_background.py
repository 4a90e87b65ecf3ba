"""A hard load shows an intercepted route over a declared background (B31)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.intercepting_site import FRAME, HOME, pages, refusing, screen, site
from tests.window import layout, serve


def test_a_hard_load_may_be_shown_over_a_background(settings: Any) -> None:
    """B31: "on a hard load a modal route is shown *over* a declared background"."""
    rule = intercept("out", pages("modal"), background="home")
    window = site(settings, rule, layout=layout(FRAME + "{% close_url %}"))
    window.hard("/out/1/")
    assert screen(window) == {**HOME, "modal": "frame: /", "modal.children": "modal"}
    assert window.slots["modal.children"].src == "/out/1/"
    assert window.slots["children"].src == "/"
    assert window.origin == "/"
    assert pages.requests["home"].path == "/"
    assert pages.requests["modal"].path == "/out/1/"
    window.soft("/out/2/", source_slot="modal.children")
    assert window.changed == ["modal.children"]


def test_a_background_may_be_computed(settings: Any) -> None:
    """B31: from the request and the target's kwargs; ``None`` is none."""

    def background(request: HttpRequest, id: int) -> str | None:
        return None if id == 0 else f"/photo/{id}/?from={request.path}"

    window = site(settings, intercept("out", pages("modal"), background=background))
    window.hard("/out/5/")
    assert screen(window) == {"children": "photo", "side": "side", "modal": "modal"}
    assert pages.kwargs["photo"] == {"id": 5}
    assert pages.requests["photo"].GET["from"] == "/out/5/"
    assert window.hard("/out/0/").content == b"out"


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "/nowhere/at/all/x", "/out/9/"])
def test_a_background_that_cannot_be_is_none(settings: Any, url: str) -> None:
    """B31: off-site, without a page, or in a circle: then it is the target's own page (S11)."""

    def background(request: HttpRequest, id: int) -> str:
        return url

    window = site(settings, intercept("out", pages("modal"), background=background))
    if url == "/nowhere/at/all/x":
        settings.ROOT_URLCONF.urlpatterns[1:1] = [path("nowhere/at/all/x", pages("plain"))]
    assert window.hard("/out/5/").content == b"out"


def test_a_background_without_the_slot_is_none(settings: Any) -> None:
    """B31: the page that is declared must be one on which the slot is."""
    window = serve(
        settings,
        path("t/", pages("t"), name="t"),
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("home/", pages("home"), name="home"),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'modal' %}"),
                    children=[path("", pages("inside"))],
                    modal=slot([intercept("t", pages("m"), background="home")], default=None),
                ),
            ],
        ),
    )
    assert window.hard("/t/").content == b"t"


def test_backgrounds_lie_over_one_another(settings: Any) -> None:
    """B31: "to any depth of stacking"."""

    def below(request: HttpRequest, id: int) -> str:
        return f"/out/{id - 1}/" if id > 1 else "/photo/1/"

    window = site(
        settings,
        intercept("photo", pages("photo modal"), background="home"),
        intercept("out", pages("out modal"), opens="above", background=below),
    )
    window.hard("/out/3/")
    assert screen(window) == {
        **HOME, "modal": "photo modal", "modal.modal": "out modal",
        "modal.modal.modal": "out modal", "modal.modal.modal.modal": "out modal",
    }  # fmt: skip
    assert [window.slots[f"modal{'.modal' * n}"].src for n in range(4)] == [
        "/photo/1/", "/out/1/", "/out/2/", "/out/3/",
    ]  # fmt: skip
    assert window.origin == "/"
    window.soft("/out/9/", source_slot="modal.modal.modal.modal")
    assert window.changed == ["modal.modal.modal.modal.modal"]


def test_a_level_that_refuses_leaves_the_page_alone(settings: Any) -> None:
    """B31, S46: an interceptor's redirect is no modal, and no page beneath it either."""
    window = site(
        settings,
        intercept("photo", pages("photo modal"), background="home"),
        intercept("out", refusing("redirects"), opens="above", background="photo"),
    )
    assert window.hard("/out/3/").content == b"out"


@pytest.mark.parametrize("how", ["raises 403", "raises 404"])
@pytest.mark.parametrize("framed", [False, True])
def test_a_level_that_fails_keeps_what_is_above_it(settings: Any, how: str, framed: bool) -> None:
    """B31, S44: the requested page is shown, and the failure only where the background would be."""
    failed = layout("failed")
    window = site(
        settings,
        intercept("photo", refusing(how), background="home"),
        intercept("out", pages("out modal"), opens="above", background="photo"),
        error=failed,
        not_found=failed,
        **({"layout": layout(FRAME)} if framed else {}),
    )
    window.hard("/out/3/")
    level = ".children" if framed else ""
    assert window.shows[f"modal{level}"] == "failed"
    assert window.shows[f"modal.modal{level}"] == "out modal"


def test_a_background_that_opens_here_is_replaced_in_its_level(settings: Any) -> None:
    window = site(
        settings,
        intercept("photo", pages("photo modal"), background="home"),
        intercept("out", pages("out modal"), background="photo"),
    )
    window.hard("/out/3/")
    assert screen(window) == {**HOME, "modal": "out modal"}


@pytest.mark.parametrize("how", ["raises 403", "raises 404", "redirects", "401"])
@pytest.mark.parametrize("where", ["page", "layout"])
def test_a_background_that_refuses_leaves_the_page_alone(
    settings: Any, how: str, where: str
) -> None:
    """B31, S11: a user who may not see the page beneath gets the target's own page."""
    refused = refusing(how)
    window = serve(
        settings,
        path("t/", pages("plain t"), name="t"),
        slots(
            "",
            layout=refused if where == "layout" else layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", refused if where == "page" else pages("home"), name="home")],
            modal=slot(
                [
                    intercept("t", pages("modal"), background="home"),
                    intercept("u", pages("modal"), background="home"),
                ],
                default=None,
            ),
        ),
        slots("", layout=layout("L {% slot %}"), children=[path("u/", pages("u"), name="u")]),
    )
    assert window.hard("/t/").content == b"plain t"
    assert window.hard("/u/").content.startswith(b"L <div")


def test_a_background_behind_a_login_leaves_the_page_alone(settings: Any) -> None:
    """B31, B54: a user who may not see the background gets the target's own page."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    window = site(settings, intercept("t", pages("modal"), background="home"))
    settings.ROOT_URLCONF.urlpatterns.insert(
        0,
        slots(
            "t/",
            layout=login_not_required(layout("alone {% slot %}")),
            children=[path("", login_not_required(pages("t")), name="t")],
        ),
    )
    window.hard("/t/")
    assert "alone" in window.text
    assert window.shows == {"children": "t"}
    assert "home" not in pages.called[-2:]


def test_a_target_that_refuses_has_no_background(settings: Any) -> None:
    """B30, B31: the plain URL's own answer."""
    window = site(settings, intercept("t", pages("modal"), background="home"))
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", refusing("redirects"), name="t"))
    assert window.hard("/t/").status_code == 302
    assert "modal" not in pages.called

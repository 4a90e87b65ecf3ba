"""Forms in what was intercepted: where their responses and redirects lead (B39, S40)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import intercept, slot, slots
from tests.support.intercepting_site import FRAME, HOME, form, pages, screen, site
from tests.window import HEADER, layout, serve


@pytest.mark.parametrize("target", ["out", "photo"])
@pytest.mark.parametrize("framed", [False, True])
def test_a_form_in_a_modal_reaches_the_interceptor_alone(
    settings: Any, target: str, framed: bool
) -> None:
    """B39: "An unsafe method reaches exactly one view: that of the slot the form stands in"."""
    options = {"layout": layout(FRAME)} if framed else {}
    window = site(settings, intercept(target, pages("modal", form)), **options)
    address = "modal.children" if framed else "modal"
    window.hard("/")
    window.soft(f"/{target}/1/")
    pages.forget()
    window.soft(f"/{target}/1/", method="post", source_slot=address)
    assert (window.changed, window.response.status_code) == ([address], 422)
    assert window.shows[address] == "wrong"
    assert window.slots[address].shows == "intercepted"
    assert pages.requests["modal"].method == "POST"
    assert pages.requests[target].method == "GET"  # asked, as for any interception
    assert pages.called == [target, "modal"]
    assert window.url == f"/{target}/1/"
    # S40: a redirect leads on from the page underneath; back to the same URL, to the modal again.
    window.soft(f"/{target}/1/", method="post", source_slot=address, data={"to": "/"}, follow=True)
    assert screen(window) == HOME
    window.soft(f"/{target}/1/")
    again = {"to": f"/{target}/1/"}
    window.soft(f"/{target}/1/", method="post", source_slot=address, data=again, follow=True)
    assert window.shows[address] == "form"
    assert window.slots[address].shows == "intercepted"


def test_a_form_in_a_frame_needs_no_children_around_it(settings: Any) -> None:
    """B39, B9: the layout of the segment prints other slots than ``children``."""
    window = serve(
        settings,
        path("t/", pages("t"), name="t"),
        slots(
            "",
            layout=layout("{% slot 'feed' %}{% slot 'modal' %}"),
            feed=[path("", pages("feed"))],
            modal=slot([intercept("t", pages("modal", form))], layout=layout(FRAME), default=None),
        ),
    )
    window.hard("/")
    window.soft("/t/")
    window.soft("/t/", method="post", source_slot="modal.children")
    assert window.shows["modal.children"] == "wrong"


@pytest.mark.parametrize("target", ["out", "photo"])
@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_elements_own_request_in_a_modal_reaches_what_is_shown_there(
    settings: Any, target: str, framed: bool, method: str
) -> None:
    """B19: "from inside a slot … that slot's page alone answers, without layout or other slots"."""
    options = {"layout": layout(FRAME)} if framed else {}
    window = site(settings, intercept(target, pages("modal")), **options)
    address = "modal.children" if framed else "modal"
    window.hard("/")
    window.soft(f"/{target}/1/")
    state = {
        "intent": "slot",
        "source_slot": address,
        "slots": window.mounted,
        "current_url": window.url,
        "origin": window.origin,
    }
    for url in (f"/{target}/1/", f"/{target}/1/?page=2"):
        pages.forget()
        response = window.send(url, state, method)
        assert response.content == b"modal"
        assert HEADER not in response
        assert pages.called == [target, "modal"]
        assert pages.requests["modal"].method == method.upper()
    pages.forget()
    assert (
        window.send(f"/{target}/1/", {**state, "source_slot": "children"}).content
        == target.encode()
    )
    assert "modal" not in pages.called


def test_a_form_elsewhere_is_not_the_modals(settings: Any) -> None:
    """B39: it stands in the page, so the page's view gets it."""
    window = site(settings, intercept("photo", pages("modal", form)))
    window.hard("/")
    pages.forget()
    window.soft("/photo/1/", method="post", source_slot="children")
    assert pages.requests["photo"].method == "POST"
    assert "modal" not in pages.called
    window.soft("/photo/1/", intercept=False)
    pages.forget()
    window.soft("/out/1/", method="post", source_slot="modal")
    assert pages.called == ["out"]


def test_csrf_is_checked_for_the_interceptor_even_if_the_target_is_exempt(settings: Any) -> None:
    """B54: "every composed view passes the same … CSRF … checks as it would alone"."""
    from django.test import Client

    window = site(settings, intercept("t", pages("modal", form)))
    window.client = Client(enforce_csrf_checks=True)
    settings.ROOT_URLCONF.urlpatterns.insert(0, path("t/", csrf_exempt(pages("t")), name="t"))
    window.hard("/")
    window.soft("/t/")
    pages.forget()
    assert window.soft("/t/", method="post", source_slot="modal").status_code == 403
    assert "modal" not in pages.called

"""The harness notices what it must notice, shown on a page without parallel routes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from tests.browser import harness
from tests.browser.harness import Screen

pytestmark = pytest.mark.urls("tests.urls.plain")


def test_the_urlconf_and_the_htmx_version_of_the_test_reach_the_live_server(
    screen: Screen, htmx: int
) -> None:
    assert screen.hard("/") == 200
    assert screen.evaluate("document.body.dataset.htmx") == str(htmx)
    assert screen.evaluate("htmx.version").startswith(str(htmx))


@pytest.mark.in_turn
def test_slots_show_their_own_visible_text(screen: Screen) -> None:
    screen.hard("/")
    assert screen.slots() == {
        "children": "words of its own",
        "children.inner": "inner words",
        "modal": "",
    }
    screen.assert_shows(children="words of its own", children__inner="inner words")


@pytest.mark.in_turn
def test_an_assertion_that_waits_gives_up_and_says_what_it_saw(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.hard("/")
    monkeypatch.setattr(harness, "PATIENCE", 0.2)
    with pytest.raises(AssertionError, match=r"Last seen: \{'children': 'words"):
        screen.assert_shows(children="words of its own")
    with pytest.raises(AssertionError, match="Last seen: /"):
        screen.assert_at("/elsewhere/")


@pytest.mark.in_turn
def test_nodes_are_kept_until_they_are_replaced(screen: Screen) -> None:
    screen.hard("/")
    screen.mark()
    screen.click("Fetch")
    screen.assert_shows(children="words of its own", children__inner="new words")
    screen.assert_sent("soft GET /words/")
    assert screen.requests[0].headers["hx-request"] == "true"
    assert screen.kept("children")
    assert screen.kept("modal")
    assert not screen.kept("children.inner")

    screen.reload()
    assert not screen.kept("modal")


@pytest.mark.in_turn
def test_back_and_forward_reach_documents_and_hashes(screen: Screen) -> None:
    screen.hard("/")
    screen.click("Again")
    screen.assert_at("/?again")
    screen.assert_sent("hard GET /?again")
    screen.click("Below")
    screen.assert_at("/?again#below")
    screen.assert_sent()
    screen.back()
    screen.assert_at("/?again")
    screen.back()
    screen.assert_at("/")
    screen.forward()
    screen.assert_at("/?again")


@pytest.mark.in_turn
def test_mouse_and_keyboard_do_what_a_person_does(screen: Screen) -> None:
    screen.hard("/")
    screen.resize(800, 600)
    assert screen.evaluate("[innerWidth, innerHeight]") == [800, 600]
    screen.evaluate(
        """() => {
            document.body.innerHTML = `
                <input id="one" value="before"><button aria-label="Two">2</button><a href="#">Three</a>
                <p style="position: fixed; inset: 200px 0 0 0; margin: 0">far below</p>`;
            window.seen = [];
            for (const name of ["pointerdown", "pointermove", "pointerup", "keydown"])
                addEventListener(name, (event) =>
                    seen.push(event.key ?? `${name} ${event.clientX} ${event.clientY}`),
                );
        }"""
    )
    assert screen.focused() == "body"
    screen.type("#one", "Ada!")
    assert screen.value("#one") == "Ada!"
    assert screen.focused() == "#one"
    screen.press("Tab")
    assert screen.focused() == "Two"
    screen.press("Shift+Tab")
    screen.press("Escape")
    assert screen.focused() == "#one"
    keys = screen.evaluate("seen.splice(0).slice(-4)")
    assert [keys[0], keys[1], keys[3]] == [
        "Tab",
        "Shift",
        "Escape",
    ]  # WebKitGTK can't name Shift+Tab
    screen.click_at(10, 300)
    screen.drag((20, 400), (60, 450), (100, 500))
    seen = screen.evaluate("seen.filter((event) => !event.startsWith('pointermove'))")
    assert seen == [
        "pointerdown 10 300",
        "pointerup 10 300",
        "pointerdown 20 400",
        "pointerup 100 500",
    ]
    assert screen.evaluate("seen.includes('pointermove 60 450')")
    screen.assert_says("far below", "p")
    assert screen.count("p") == 1


@pytest.mark.in_turn
@pytest.mark.chromium
def test_an_unexpected_error_of_the_browser_fails_the_test(screen: Screen) -> None:
    screen.hard("/")
    screen.click("Miss")
    screen.settle()
    with pytest.raises(AssertionError, match="404"):
        screen._noise.check()
    screen.expect_noise("404", "missing/")


@pytest.mark.in_turn
@pytest.mark.chromium
def test_a_complaint_that_is_expected_has_to_come(screen: Screen) -> None:
    screen.hard("/")
    screen.expect_noise("never")
    with pytest.raises(AssertionError, match="never"):
        screen._noise.check()
    screen._noise.expected.clear()


@pytest.mark.chromium
def test_a_server_of_its_own_sees_the_tests_data_and_urlconf(
    open_screen: Callable[..., Screen], serve_asgi: Callable[[], str]
) -> None:
    User.objects.create_user("ada")
    screen = open_screen(serve_asgi())
    screen.hard("/users/")
    screen.assert_shows(children="ada")

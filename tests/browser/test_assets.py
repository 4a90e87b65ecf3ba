"""B64: stylesheets and scripts of a page, on hard loads and on soft ones, under a policy with nonces."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from tests.browser.harness import Screen
from tests.support.gates import Gates

pytestmark = [pytest.mark.urls("tests.urls.assets"), pytest.mark.chromium]

FILES = ["before", "first", "second library", "after library", "files"]
"""What the scripts of the page with files say, in order."""
COLOR = "getComputedStyle(document.querySelector('.styled')).color"


@pytest.fixture(autouse=True)
def policy(use_middleware: Callable[..., None]) -> None:
    use_middleware("tests.urls.assets.policy")


def ran(screen: Screen, last: str) -> list[str]:
    """Return what has run since the last call, when this has run, too."""
    screen.assert_eventually(
        lambda: screen.evaluate("ran"), lambda seen: last in seen, f"{last!r} has run"
    )
    screen.settle()
    return screen.evaluate("ran.splice(0)")


def starts(screen: Screen) -> None:
    screen.hard("/s/")
    screen.evaluate("ran.splice(0)")


@pytest.mark.parametrize("url", ["/s/files/", "/s/inline/", "/s/module/", "/s/ready/"])
def test_a_page_runs_its_scripts_as_on_a_hard_load(screen: Screen, url: str) -> None:
    screen.hard(url)
    hard = ran(screen, "enter children")
    starts(screen)
    screen.soft(url)
    soft = ran(screen, "enter children")
    assert soft[:-1] == [said for said in hard if "enter" not in said]
    assert screen.count("i") == (url == "/s/ready/"), "document.write() is shown"
    assert len(soft) > 2


def test_styles_are_there_first_and_scripts_wait_for_each_other(
    screen: Screen, gates: Gates
) -> None:
    starts(screen)
    gates.close("page.css", "first.js")
    screen.soft("/s/files/")
    gates.expect_arrival("page.css")
    screen.assert_shows(children="home")
    gates.open("page.css")
    gates.expect_arrival("first.js")
    screen.assert_shows(children="files")
    assert screen.evaluate(COLOR) == "rgb(1, 2, 3)"
    assert screen.evaluate("ran.join()") == "before"
    gates.open("first.js")
    assert ran(screen, "enter children") == [*FILES, "enter children"]


def test_a_file_runs_once_and_what_is_inline_for_each_rendering(screen: Screen) -> None:
    """Back runs nothing again."""
    starts(screen)
    screen.soft("/s/twice/")
    again = ["before", "after library", "files"]
    assert ran(screen, "enter children") == [*FILES, *again, "enter children"]
    screen.soft("/s/files/")
    assert ran(screen, "enter children") == [*again, "enter children"]
    screen.soft("/s/modal/")
    assert ran(screen, "enter modal") == [*again, "enter modal"]
    screen.back()
    screen.assert_modals()
    screen.back()
    screen.assert_at("/s/twice/")
    screen.forward()
    screen.assert_at("/s/files/")
    said = ran(screen, "enter children")
    assert {"enter children", "enter modal"}.issuperset(said)
    assert screen.count("head link[href='/file/page.css']") == 1
    assert screen.count("script[src='/file/first.js']:not([type=inert])") == 1


def test_scripts_of_the_document_do_not_run_again(screen: Screen) -> None:
    """Also when the slot that it came in shows something else meanwhile."""
    screen.hard("/s/files/")
    screen.soft("/s/")
    screen.assert_shows(children="home")
    screen.evaluate("ran.splice(0)")
    screen.soft("/s/files/")
    said = ran(screen, "enter children")
    assert said == ["before", "after library", "files", "enter children"]
    assert screen.evaluate(COLOR) == "rgb(1, 2, 3)"


def test_a_constant_can_be_declared_again(screen: Screen) -> None:
    """An inline script may say ``const``; functions stay global, for handlers."""
    screen.hard("/s/inline/")
    assert ran(screen, "enter children")[:2] == ["total 1", "total 1"]
    for visit in ("total 2", "total 3"):
        screen.soft("/s/")
        screen.assert_shows(children="home")
        screen.evaluate("ran.splice(0)")
        screen.soft("/s/inline/")
        assert ran(screen, "enter children") == [visit, visit, "enter children"]


def test_an_inline_module_runs_for_each_rendering(screen: Screen) -> None:
    """What it declares is its own."""
    starts(screen)
    for _ in range(2):
        screen.soft("/s/module/")
        ran(screen, "inline from the library")
        screen.soft("/s/")
        screen.assert_shows(children="home")


def test_another_script_that_declares_the_same_runs_in_a_block(screen: Screen) -> None:
    """What is in it is not known before the browser has read it."""
    starts(screen)
    screen.soft("/s/inline/")
    screen.assert_shows(children="inline")
    screen.soft("/s/other/")
    assert ran(screen, "other 7")[-1] == "enter children"
    screen.assert_shows(children="other")


def test_slots_that_come_later_bring_theirs(screen: Screen, gates: Gates) -> None:
    """Deferred, by a response with a nonce of its own; streamed, in a page and after a click."""
    screen.hard("/s/deferred/")
    screen.assert_shows(children="a slot comes later", side="files")
    said = ran(screen, "files")
    assert [word for word in said if "enter" not in word] == FILES
    starts(screen)
    gates.close("side")
    screen.soft("/s/deferred/")
    screen.assert_shows(children="a slot comes later", side="wait")
    gates.open("side")
    screen.assert_shows(children="a slot comes later", side="files")
    said = ran(screen, "files")
    assert [word for word in said if "enter" not in word] == FILES
    assert screen.evaluate(COLOR) == "rgb(1, 2, 3)"
    screen.hard("/t/")
    screen.assert_shows(children="a page that streams", side="files")
    said = ran(screen, "files")
    assert [word for word in said if "enter" not in word] == FILES
    assert screen.evaluate(COLOR) == "rgb(1, 2, 3)"


def test_a_page_that_is_left_stops_its_scripts(screen: Screen, gates: Gates) -> None:
    """They run when Back brings it back."""
    starts(screen)
    gates.close("first.js")
    screen.soft("/s/files/")
    gates.expect_arrival("first.js")
    screen.soft("/s/")
    screen.assert_shows(children="home")
    gates.open("first.js")
    said = ran(screen, "second library")
    assert said == ["before", "enter children", "first", "second library"]
    screen.back()
    screen.assert_shows(children="files")
    said = ran(screen, "files")
    assert sorted(said) == ["after library", "enter children", "files"]


def test_a_script_without_the_nonce_of_its_response_does_not_run(screen: Screen) -> None:
    """B55: nor one that passes itself off as one of those that wait."""
    screen.expect_noise("script-src-elem", "Executing inline script violates")
    starts(screen)
    screen.soft("/s/smuggled/")
    assert ran(screen, "enter children") == ["mine", "enter children"]


def test_links_and_forms_that_a_script_inserts_are_soft(screen: Screen) -> None:
    """As the rows of a table that a library draws."""
    screen.hard("/s/rows/")
    screen.click("Row")
    screen.assert_at("/s/?row")
    screen.assert_sent("soft GET /s/?row")
    screen.soft("/s/rows/")
    screen.click("Search")
    screen.assert_at("/s/?row=2")
    screen.assert_sent("soft GET /s/?row=2")


def test_a_developer_is_told_of_what_stands_twice(screen: Screen, settings: Settings) -> None:
    """Of ids, of constants, of what lies beneath a modal; in the console, with ``DEBUG``."""
    screen.tolerate_noise("^console warning")
    told: list[str] = []
    screen.page.on("console", lambda message: told.append(message.text))
    starts(screen)
    screen.soft("/s/inline/")
    screen.assert_shows(children="inline")
    screen.soft("/s/other/")
    ran(screen, "other 7")
    assert told == []
    settings.DEBUG = True
    starts(screen)
    screen.soft("/s/inline/")
    screen.assert_shows(children="inline")
    screen.soft("/s/other/")
    screen.assert_shows(children="other")
    for _ in range(2):  # it declares a constant in a block, which can be done again
        screen.soft("/s/same/")
        ran(screen, "same")
        screen.soft("/s/")
        screen.assert_shows(children="home")
    ids, constants = (
        [text for text in told if word in text]
        for word in ('the ids "name", "a" stand', "declares a const")
    )
    assert (len(ids), len(constants)) == (1, 1)
    screen.soft("/s/modal/")
    screen.assert_eventually(
        lambda: screen.count("dialog:modal"), lambda open_: open_ == 1, "the modal is open"
    )
    for name in ("menu", "menu", "parallel-routes-notice"):
        screen.evaluate(
            """(name) => {
            const list = document.body.appendChild(document.createElement("div"));
            Object.assign(list, { className: name, innerText: "a list" });
        }""",
            name,
        )
        screen.settle()
    assert len([text for text in told if "beneath the modal" in text]) == 1


def test_a_refresh_runs_what_has_changed(screen: Screen) -> None:
    """S57: what the server sends as before has run."""
    for load in (screen.hard, lambda url: (screen.soft("/s/"), screen.soft(url))):
        load("/s/clock/")
        ran(screen, "clock")
        screen.evaluate("ran.splice(0)")
        tick = screen.evaluate("tick")
        screen.evaluate("parallelRoutes.refresh('children')")
        screen.assert_eventually(
            lambda: screen.evaluate("tick"), lambda now, then=tick: now > then, "it has ticked"
        )
        said = [word for word in screen.evaluate("ran.splice(0)") if "enter" not in word]
        assert said == []


def test_a_file_that_fails_or_hangs_is_not_the_end(screen: Screen) -> None:
    """The next answer tries it again; what waits for a file that hangs goes on after a while."""
    screen.tolerate_noise("ERR_FAILED")
    starts(screen)
    screen.page.route("**/file/first.js", lambda route: route.abort(), times=1)
    screen.soft("/s/clock/")
    assert "first" not in ran(screen, "enter children")
    screen.soft("/s/files/")
    assert ran(screen, "enter children") == [*FILES, "enter children"]
    screen.page.clock.install()
    starts(screen)
    screen.page.route("**/file/first.js", lambda route: None)
    screen.click("/s/files/")
    screen.assert_shows(children="files")
    assert screen.evaluate("ran.join()") == "before"
    screen.page.clock.fast_forward(15000)
    screen.assert_eventually(
        lambda: screen.evaluate("ran"), lambda seen: "enter children" in seen, "it goes on"
    )
    screen.page.unroute_all(behavior="ignoreErrors")


def test_two_answers_run_an_inline_script_once(screen: Screen, gates: Gates) -> None:
    """A refresh comes while scripts of the page wait for a file before them."""
    starts(screen)
    gates.close("first.js")
    screen.click("/s/files/")
    gates.expect_arrival("first.js")
    screen.evaluate("parallelRoutes.refresh('children')")
    screen.assert_eventually(
        lambda: screen.evaluate("document.querySelector('#slot-children').ariaBusy"),
        lambda busy: busy is None,
        "it is refreshed",
    )
    gates.open("first.js")
    said = ran(screen, "after library")
    assert [one for one in said if "enter" not in one] == FILES


def test_a_file_without_a_nonce_does_not_ride_on_strict_dynamic(
    screen: Screen, use_middleware: Callable[..., None]
) -> None:
    """The package's script may insert any file there, so it looks at the nonce itself."""
    use_middleware("tests.urls.assets.dynamic", "tests.urls.assets.policy")
    screen.tolerate_noise("Content Security Policy", "violates")
    starts(screen)
    screen.soft("/s/foreign/")
    assert ran(screen, "enter children") == ["mine undefined", "enter children"]

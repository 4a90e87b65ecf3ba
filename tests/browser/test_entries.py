"""Entries of the history that others write: scripts of the project, htmx, links with a hash."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

pytestmark = pytest.mark.urls("tests.urls.entries")

NO_NAVIGATION_API = (
    "delete window.navigation; Object.defineProperty(window, 'navigation', { value: undefined })"
)
HERE = {"children": "home", "side": "no side"}

CHANGES = {
    "replaceState": ("history.replaceState(null, '', '?tab=2')", "/e/?tab=2"),
    "a state of its own": ("history.replaceState({ mine: 1, id: 7 }, '', '?tab=2')", "/e/?tab=2"),
    "pushState": ("history.pushState({ mine: 1, id: 7 }, '', '?tab=2')", "/e/?tab=2"),
    "twice": (
        "for (const tab of [1, 2]) history.pushState({ mine: tab }, '', `?tab=${tab}`)",
        "/e/?tab=2",
    ),
    "a copy of ours": (
        "history.pushState({ ...history.state, mine: 1 }, '', '?tab=2')",
        "/e/?tab=2",
    ),
    "a text": ("history.replaceState('text', '', '?tab=2')", "/e/?tab=2"),
    "a hash": ("location.hash = 'top'", "/e/#top"),
}


@pytest.fixture(params=["with the Navigation API", "without"])
def old_and_new(request: pytest.FixtureRequest, screen: Screen) -> Screen:
    """Older versions of Firefox and Safari have no Navigation API."""
    if request.param == "without":
        screen.page.add_init_script(NO_NAVIGATION_API)
    return screen


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("change", CHANGES)
def test_back_restores_an_entry_that_a_script_has_written(
    old_and_new: Screen, change: str
) -> None:
    """S33: "also over entries that another script has pushed or replaced without our state"."""
    screen = old_and_new
    source, url = CHANGES[change]
    screen.hard("/e/")
    screen.soft("/e/aside/")
    screen.assert_shows(children="home", side="the aside")
    screen.soft("/e/")
    screen.assert_at("/e/")
    screen.evaluate(f"() => {{ {source}; }}")
    screen.assert_at(url)
    mine = screen.evaluate("history.state?.mine")
    screen.soft("/e/side/")
    screen.assert_shows(children="home", side="the side")
    screen.back()
    screen.assert_at(url)
    screen.assert_shows(children="home", side="the aside")
    assert screen.evaluate("history.state.mine") == mine
    while screen.url != "/e/aside/":
        screen.back()
        screen.assert_shows(children="home", side="the aside")
    screen.back()
    screen.assert_at("/e/")
    screen.assert_shows(children="home", side="no side")
    while screen.url != "/e/side/":
        screen.forward()
        screen.settle()
    screen.assert_shows(children="home", side="the side")


def test_other_scripts_hear_of_back(screen: Screen) -> None:
    """S33: their state comes with popstate, as without this package."""
    screen.hard("/e/")
    screen.evaluate(
        "() => void addEventListener('popstate', ({ state }) => (window.heard = state.mine))"
    )
    screen.evaluate("() => history.replaceState({ mine: 'first' }, '')")
    screen.soft("/e/side/")
    screen.assert_at("/e/side/")
    screen.back()
    screen.assert_at("/e/")
    screen.assert_shows(**HERE)
    assert screen.evaluate("window.heard") == "first"
    screen.forward()
    screen.assert_shows(children="home", side="the side")
    assert screen.evaluate("window.heard ?? null") is None


@pytest.mark.chromium
def test_back_restores_a_part_that_htmx_has_pushed(old_and_new: Screen) -> None:
    """S33, S38: a slot in which a part pushes its URL is at that URL; a refresh renders it for that."""
    screen = old_and_new
    screen.hard("/e/list/")
    known = "!!(more._htmx ?? more['htmx-internal-data'])"
    for page in (2, 3):
        screen.assert_eventually(
            lambda: screen.evaluate(known), bool, "htmx has seen the button, after its delays"
        )
        screen.click("more")
        screen.assert_says(f"page {page}", "#items")
        screen.assert_at(f"/e/list/?page={page}")
    screen.soft("/e/side/")
    screen.assert_at("/e/side/")
    for page in (3, 2):
        screen.back()
        screen.assert_at(f"/e/list/?page={page}")
        screen.assert_says(f"page {page}", "#items")
    screen.evaluate("() => parallelRoutes.refresh('children')")
    screen.settle()
    screen.assert_says("page 2", "#items")
    screen.back()
    screen.assert_at("/e/list/")
    screen.assert_says("page 1", "#items")
    screen.go(2)
    screen.assert_says("page 3", "#items")


# --- Links with a hash, and scripts that ask for one ---


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "script",
    [
        "parallelRoutes.visit(location.pathname + '#below')",
        "parallelRoutes.visit('#below')",
        "parallelRoutes.visit('#below', { slot: 'modal', history: 'replace' })",
        "htmx.ajax('GET', '/e/note/#below')",
    ],
)
def test_a_script_that_asks_for_another_hash_makes_no_request(screen: Screen, script: str) -> None:
    """S36: "Hash-only changes make no request, whoever asks for them (link, script, visit())"."""
    screen.hard("/e/")
    screen.soft("/e/note/")
    screen.assert_modals("note")
    screen.assert_at("/e/note/")
    screen.type("#typed", "words")
    screen.evaluate(f"async () => void (await {script})")
    screen.assert_at("/e/note/#below")
    screen.assert_sent()
    screen.assert_modals("note")
    assert screen.value("#typed") == "words"
    assert screen.evaluate(
        "document.querySelector('#below').getBoundingClientRect().top < innerHeight"
    )
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/e/")
    screen.assert_shows(**HERE)


def test_a_link_into_a_modal_scrolls_to_its_hash(screen: Screen) -> None:
    """S36: "to the top (or to the hash)", in what is open by then."""
    screen.hard("/e/")
    screen.soft("/e/note/#below")
    screen.assert_modals("note")
    screen.assert_at("/e/note/#below")
    screen.assert_eventually(
        lambda: screen.evaluate("document.querySelector('#below').getBoundingClientRect().top"),
        lambda top: 0 <= top < 720,
        "the hash is in view",
    )


def test_a_link_scrolls_to_an_anchor_by_its_name(screen: Screen) -> None:
    """S36: as browsers do, where older HTML has no id."""
    screen.hard("/e/")
    screen.soft("/e/far/#end")
    screen.assert_at("/e/far/#end")
    screen.assert_eventually(screen.scroll, lambda y: y > 2500, "the anchor is in view")


def test_a_script_may_change_where_a_link_and_a_form_lead(screen: Screen) -> None:
    """B61: as without this script; htmx 2 looks at their attributes only once."""
    screen.hard("/e/")
    screen.evaluate("() => { document.querySelector('a[href=\"/e/list/\"]').href = '/e/p/new/'; }")
    screen.soft("/e/p/new/")
    screen.assert_at("/e/p/new/")
    screen.assert_shows(children="rest", side="no side")
    screen.soft("/e/form/")
    screen.assert_at("/e/form/")
    screen.evaluate(
        "() => Element.prototype.setAttribute.call(document.querySelector('.box'), 'action', '/e/p/sent/')"
    )
    screen.click("#send")
    screen.assert_shows(children="rest", side="no side")
    assert screen.url.startswith("/e/p/sent/?hash=&")


def test_a_link_may_say_that_children_shall_not_scroll(screen: Screen) -> None:
    """S36: a change of children goes to the top, but for data-pr-scroll="false" on a link or around it."""
    screen.hard("/e/")
    script = "(says) => document.querySelector('nav').setAttribute('data-pr-scroll', says)"
    screen.evaluate(script, "false")
    screen.evaluate("() => scrollTo(0, 500)")
    screen.evaluate("() => document.querySelector('a[href=\"/e/far/\"]').click()")
    screen.assert_at("/e/far/")
    screen.assert_scrolled_to(500)
    screen.evaluate("() => parallelRoutes.visit('/e/', { scroll: false })")
    screen.assert_at("/e/")
    screen.assert_scrolled_to(500)
    screen.evaluate(script, "true")
    screen.evaluate("() => document.querySelector('a[href=\"/e/far/\"]').click()")
    screen.assert_at("/e/far/")
    screen.assert_scrolled_to(0)


def test_however_a_url_is_spelled_it_is_one(screen: Screen) -> None:
    """B50, S33: "/a;b=1/" and "/a%3Bb%3D1/" are one page: its link is current, and it makes one entry."""
    screen.hard("/e/")
    elsewhere = "<a href='https://example.com/e/p/a;b=1/'>another site</a>"
    screen.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", elsewhere)
    for path in ["/e/p/a;b=1/", "/e/p/it's (a)|/?q=a%20b|c"]:
        screen.soft(path)
        screen.assert_shows(children="rest", side="no side")
        screen.assert_current_links(path)
        length = screen.evaluate("history.length")
        screen.soft(path)
        screen.settle()
        assert screen.evaluate("history.length") == length
    screen.back()
    screen.assert_at("/e/p/a;b=1/")
    screen.assert_current_links("/e/p/a;b=1/")


# --- Forms whose controls hide their properties ---


def test_controls_may_have_any_name(screen: Screen) -> None:
    """B39, B42: <input name="hash"> makes form.hash an element; nothing hangs on such properties."""
    screen.hard("/e/")
    screen.soft("/e/form/")
    screen.assert_at("/e/form/")
    screen.type("[name=hash]", "x")
    screen.answer("no")
    screen.click("/e/far/")
    screen.assert_asked("Leave?")
    screen.evaluate("() => document.querySelector('.box').scrollTo(0, 400)")
    screen.settle()
    screen.answer("yes")
    screen.click("/e/far/")
    screen.assert_at("/e/far/")
    screen.back()
    screen.assert_at("/e/form/")
    assert screen.value("[name=hash]") == "x"
    assert screen.evaluate("document.querySelector('.box').scrollTop") == 400
    screen.evaluate("() => document.querySelector('.box').scrollTo(0, 0)")
    screen.click("#send")
    screen.assert_says("hash=x", "#said")
    assert screen.url.startswith("/e/form/?hash=x&pathname=&")
    assert screen.url.endswith("&length=")
    screen.evaluate(
        "() => document.querySelector('.box').dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    )
    screen.type("[name=hash]", "y")
    screen.click("#send")
    screen.assert_says("hash=y", "#said")


def test_controls_in_a_modal_may_have_any_name(screen: Screen) -> None:
    """B39, S33: a form that has the focus, and is sent by POST; the modal closes as ever."""
    screen.hard("/e/")
    screen.soft("/e/names/")
    screen.assert_modals("names")
    screen.type("[name=hash]", "x")
    screen.click("#post")
    screen.assert_says("x", "#said")
    screen.assert_at("/e/names/")
    screen.evaluate("() => HTMLElement.prototype.focus.call(document.querySelector('#names'))")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/e/")
    screen.assert_shows(**HERE)

"""Links, forms, buttons and scripts: what navigates softly, what alone, what not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.harness import PATIENCE, Screen
from tests.urls.nav_links import LONG

pytestmark = pytest.mark.urls("tests.urls.nav_links")

HOME = {"children": "home", "team": "team default"}


def team(page: int) -> str:
    """What the team's slot says on this page; its button's and links' texts are always the same."""
    links = "Next Next here Own Own 9 Post Filter Filter quietly"
    return f"team {page} {links}"


def state(screen: Screen) -> dict[str, Any]:
    """What the slots say they show, the address, and the number of entries."""
    screen.settle()
    return screen.evaluate(
        """() => ({
            slots: [...document.querySelectorAll("[data-pr-slot]")].map(({ dataset }) => ({ ...dataset })),
            url: location.href,
            entries: history.length,
            title: document.title,
        })"""
    )


# --- One slot ---


def test_a_link_may_navigate_one_slot_alone(screen: Screen) -> None:
    """B19: with a change of the address; other slots are kept, though they match."""
    screen.hard("/l/")
    screen.mark()
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    screen.assert_at("/l/team/?page=2")
    screen.assert_title("Team 2")
    screen.click("Team of both")
    screen.assert_shows(children="home", team="team of both")
    screen.assert_at("/l/both/")
    assert screen.kept("children")
    screen.back()
    screen.assert_shows(children="home", team=team(2))
    screen.assert_at("/l/team/?page=2")
    screen.back()
    screen.assert_shows(**HOME)
    assert screen.kept("children")


def test_a_link_may_navigate_one_slot_and_leave_the_address(screen: Screen) -> None:
    """B19, S38: without a change of the address; the slot remembers its own URL."""
    screen.hard("/l/")
    before = screen.evaluate("history.length")
    screen.click("Page 3, quietly")
    screen.assert_shows(children="home", team=team(3))
    screen.assert_at("/l/")
    assert screen.evaluate("history.length") == before
    screen.click("Next here")
    screen.assert_shows(children="home", team=team(4))
    screen.assert_at("/l/team/?page=4")


def test_a_button_may_navigate_one_slot(screen: Screen) -> None:
    """B19: a button is no link, and leaves the address as it is."""
    screen.hard("/l/")
    screen.click("Button 5")
    screen.assert_shows(children="home", team=team(5))
    screen.assert_at("/l/")
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(5))
    screen.back()
    screen.assert_shows(children="home", team=team(5))


def test_urls_in_a_slot_are_relative_to_its_own(screen: Screen) -> None:
    """S38: wherever the address bar has gone since."""
    screen.hard("/l/")
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(2))
    screen.click("Next")
    screen.assert_shows(children="other", team=team(3))
    screen.assert_at("/l/other/")


@pytest.mark.parametrize(
    ("button", "method", "url", "answer"),
    [
        ("Own", "GET", "/l/both/", "team of both"),
        ("Own 9", "GET", "/l/team/?page=9", "team 9"),
        ("Post", "POST", "/l/team/", "posted"),
    ],
)
def test_a_request_with_a_target_of_its_own_is_no_navigation(
    screen: Screen, button: str, method: str, url: str, answer: str
) -> None:
    """B19: that slot's page alone answers, without layout or other slots; the state stays."""
    screen.hard("/l/")
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    before = state(screen)
    screen.click(button)
    own = "#slot-team #own"
    screen.assert_says(answer, own)
    screen.assert_sent(f"soft {method} {url}")
    assert state(screen) == before
    assert screen.count(f"{own} :is([data-pr-slot], nav, html)") == 0
    assert screen.slots()["children"] == "home"


@pytest.mark.parametrize(
    ("button", "answer"), [("Outside", "both"), ("Outside team", "team 1")], ids=str
)
def test_a_request_of_the_layout_with_a_target_of_its_own_is_no_navigation(
    screen: Screen, button: str, answer: str
) -> None:
    """B19: outside of the slots, the URL's main page answers, alone."""
    screen.hard("/l/")
    before = state(screen)
    screen.click(button)
    screen.assert_says(answer, "#outside")
    assert state(screen) == before
    assert screen.count("#outside :is([data-pr-slot], nav, html)") == 0
    screen.assert_shows(**HOME)


def test_a_form_in_a_slot_filters_it(screen: Screen) -> None:
    """B19, S38: a GET form without an action goes to its slot's URL."""
    screen.hard("/l/")
    screen.click("Page 2")
    screen.settle()
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(2))
    screen.mark()
    screen.type('[aria-label="q"]', "ad & a")
    screen.click("Filter")
    screen.assert_shows(children="other", team="team like ad & a")
    assert parse_qs(screen.requests[-1].path.partition("?")[2]) == {"q": ["ad & a"]}
    screen.assert_at("/l/other/")
    assert screen.kept("children")
    screen.back()
    screen.assert_shows(children="other", team=team(2))
    screen.type('[aria-label="own q"]', "bob")
    screen.click("Filter quietly")
    screen.assert_shows(children="other", team="team like bob")
    screen.assert_at("/l/other/")


# --- Attributes ---


def test_a_link_may_opt_out_of_soft_navigation(screen: Screen) -> None:
    """B19: altogether."""
    screen.hard("/l/")
    screen.click("Hard")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_sent("hard GET /l/both/")
    screen.back()
    screen.assert_shows(**HOME)


def test_a_link_may_replace_the_entry(screen: Screen) -> None:
    """B19: htmx's attributes keep their meaning."""
    screen.hard("/plain/")
    screen.hard("/l/")
    screen.click("Instead")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_at("/l/both/")
    screen.assert_sent("soft GET /l/both/")
    screen.back()
    screen.assert_at("/plain/")
    screen.forward()
    screen.assert_at("/l/both/")
    screen.assert_shows(children="both", team="team of both")


def test_a_link_to_where_one_is_makes_no_entry(screen: Screen) -> None:
    """B19: as in a browser."""
    screen.hard("/l/")
    before = screen.evaluate("history.length")
    screen.click("/l/")
    screen.settle()
    screen.assert_shows(**HOME)
    assert screen.evaluate("history.length") == before


@pytest.mark.chromium
def test_a_link_may_ask_first(screen: Screen) -> None:
    """B19: htmx's attributes keep their meaning."""
    screen.hard("/l/")
    screen.answer("no")
    screen.click("Confirm")
    screen.assert_asked("Really?")
    screen.assert_sent()
    screen.assert_shows(**HOME)
    screen.answer("yes")
    screen.click("Confirm")
    screen.assert_asked("Really?")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_sent("soft GET /l/both/")


@pytest.mark.in_turn
@pytest.mark.chromium
@pytest.mark.parametrize("modifier", ["Control", "Meta", "Shift", "Alt"])
def test_clicks_with_a_modifier_are_the_browsers(screen: Screen, modifier: str) -> None:
    """B19: they open a tab or a window, or save the page; this one stays."""
    screen.hard("/l/")
    screen.mark()
    screen.tolerate_noise("ERR_ABORTED")
    screen._forget_requests()
    screen.page.get_by_role("link", name="/l/other/").click(modifiers=[modifier])
    screen.settle()
    if modifier != "Meta":  # which on Linux means nothing
        assert not any(request.how == "soft" for request in screen.requests)
        screen.assert_shows(**HOME)
        screen.assert_at("/l/")
        assert screen.kept("children")


@pytest.mark.chromium
def test_links_to_another_tab_or_for_download_are_the_browsers(screen: Screen) -> None:
    """B19: target=_blank and download are left alone."""
    screen.hard("/l/")
    screen.mark()
    with screen.page.expect_popup() as popup:
        screen.click("Blank")
    popup.value.wait_for_url("**/l/both/")
    screen.tolerate_noise("ERR_ABORTED")
    with screen.page.expect_download(timeout=PATIENCE * 1000) as download:
        screen.click("Download")
    assert download.value.suggested_filename == "both.html"
    assert not any(request.how == "soft" for request in screen.requests)
    screen.assert_shows(**HOME)
    screen.assert_at("/l/")
    assert screen.kept("children")


def test_links_to_other_origins_are_the_browsers(screen: Screen) -> None:
    """B19: other origins are left alone."""
    screen.hard("/l/")
    screen.click("Elsewhere")
    screen.assert_at("/l/other/")
    screen.assert_shows(children="other", team="team default")
    assert screen.evaluate("location.hostname") == "127.0.0.1"
    screen.assert_sent("hard GET /l/other/")


def test_two_tabs_have_histories_and_slots_of_their_own(screen: Screen) -> None:
    """S20: also with the same session, and after Back and a reload."""
    other = screen.new_tab()
    for tab in screen, other:
        tab.hard("/l/")
    screen.click("Page 2")
    screen.assert_shows(children="home", team=team(2))
    other.click("/l/other/")
    other.assert_shows(children="other", team="team default")
    screen.click("/l/other/")
    screen.assert_shows(children="other", team=team(2))
    screen.back()
    screen.assert_shows(children="home", team=team(2))
    other.reload()
    other.assert_shows(children="other", team="team default")
    other.back()
    other.assert_shows(**HOME)


# --- Scripts ---


@pytest.mark.parametrize(
    "call", ["htmx.ajax('GET', '/l/both/')", "htmx.ajax('GET', '/l/both/', 'body')"]
)
def test_htmx_ajax_navigates(screen: Screen, call: str) -> None:
    """It makes a history entry, as a link does."""
    screen.hard("/l/")
    screen._forget_requests()
    screen.evaluate(f"() => {{ {call}; }}")
    screen.assert_shows(children="both", team="team of both")
    screen.assert_at("/l/both/")
    screen.assert_sent("soft GET /l/both/")
    screen.back()
    screen.assert_shows(**HOME)
    screen.assert_at("/l/")


def test_visit_navigates_and_resolves_when_the_page_has_changed(screen: Screen) -> None:
    """So a script can wait for the new content."""
    screen.hard("/l/")
    screen._forget_requests()
    text = screen.evaluate(
        """async () => {
            await parallelRoutes.visit("/l/both/");
            return document.querySelector("#slot-team").innerText + location.pathname;
        }"""
    )
    assert text == "team of both/l/both/"
    screen.assert_shows(children="both", team="team of both")
    screen.assert_sent("soft GET /l/both/")
    screen.back()
    screen.assert_shows(**HOME)


@pytest.mark.parametrize(
    ("history", "url"), [("push", "/l/both/"), ("replace", "/l/both/"), (False, "/l/")]
)
def test_visit_may_name_a_slot_and_spare_the_history(
    screen: Screen, history: str | bool, url: str
) -> None:
    """B19: as links can."""
    screen.hard("/plain/")
    screen.hard("/l/")
    before = screen.evaluate("history.length")
    screen.evaluate(
        "(history) => parallelRoutes.visit('/l/both/', { slot: 'team', history })", history
    )
    screen.assert_shows(children="home", team="team of both")
    screen.assert_at(url)
    assert screen.evaluate("history.length") == before + (history == "push")
    screen.back()
    if history == "push":
        screen.assert_shows(**HOME)
    screen.assert_at("/l/" if history == "push" else "/plain/")


def test_visit_goes_to_documents_and_hashes_too(screen: Screen) -> None:
    """S17: what is no slot answer is a document."""
    screen.hard("/l/")
    screen.evaluate("() => { parallelRoutes.visit('/l/other/#nowhere'); }")
    screen.assert_shows(children="other", team="team default")
    screen.assert_at("/l/other/#nowhere")
    screen.evaluate("() => { parallelRoutes.visit('/plain/'); }")
    screen.assert_at("/plain/")


# --- Script tags ---

TAGS = {
    2: ["", "before", "plain", "before&plain", "extensions=hx-preload", "extensions=hx-head"],
    4: ["", "before", "plain", "before&plain", "extensions=htmax", "extensions=htmx-2-compat"],
}
TAGS[4] += ["extensions=hx-preload", "before&extensions=htmx-2-compat"]
TAGS[2] += ["extensions=hx-sse", "before&extensions=hx-preload"]


@pytest.mark.parametrize("number", range(8))
def test_the_order_and_kind_of_script_tags_does_not_matter(
    screen: Screen, htmx: int, number: int
) -> None:
    """The same script works with both versions of htmx, first or last, minified or with extensions."""
    if "compat" in TAGS[htmx][number]:
        screen.tolerate_noise("compat")
    screen.hard(f"/k/?{TAGS[htmx][number]}")
    screen.assert_shows(children="start", side="side")
    screen.click("/k/one/")
    screen.assert_shows(children="one", side="side")
    screen.assert_at("/k/one/")
    soft = [str(request) for request in screen.requests]
    assert set(soft) == {"soft GET /k/one/"}
    if "preload" not in TAGS[htmx][number] and "htmax" not in TAGS[htmx][number]:
        assert len(soft) == 1
    screen.click("/k/two/")
    screen.assert_shows(children="two", side="side two")
    screen.assert_title("Ordered")
    screen.back()
    screen.assert_shows(children="one", side="side")
    screen.assert_at("/k/one/")
    screen.back()
    screen.assert_shows(children="start", side="side")
    screen.forward()
    screen.assert_shows(children="one", side="side")


SPINS = """() => {
    const { navigate } = navigation;
    navigation.navigate = (...said) => {
        window.spins = (window.spins ?? 0) + 1;
        return navigate.apply(navigation, said);
    };
}"""


@pytest.mark.chromium
@pytest.mark.parametrize("htmx", [4], indirect=True, ids=["htmx4"])
def test_the_browsers_own_indicator_leaves_the_history_alone(screen: Screen) -> None:
    """S33, B69: that of htmx 4 replaces the state of the entry that is left, and brings it back."""
    screen.hard("/k/?extensions=hx-browser-indicator")
    screen.evaluate("() => void (htmx.config.boostBrowserIndicator = true)")
    screen.evaluate(SPINS)
    start, length = screen.url, screen.evaluate("history.length")
    screen.click("/k/one/")
    screen.assert_shows(children="one", side="side")
    screen.assert_at("/k/one/")
    screen.click("/k/two/")
    screen.assert_shows(children="two", side="side two")
    screen.assert_at("/k/two/")
    assert screen.evaluate("window.spins") == 2
    assert screen.evaluate("history.length") == length + 2
    screens = {
        start: {"children": "start", "side": "side"},
        "/k/one/": {"children": "one", "side": "side"},
        "/k/two/": {"children": "two", "side": "side two"},
    }
    urls = list(screens)
    for step in (-1, -1, 1, 1, -2, 2, -1):
        place = urls.index(screen.url) + step
        screen.go(step)
        screen.assert_at(urls[place])
        screen.assert_shows(**screens[urls[place]])
    screen.forget()  # so that Back asks, with the indicator
    screen.back()
    screen.assert_at(start)
    screen.assert_shows(**screens[start])
    screen.forward()
    screen.assert_at("/k/one/")
    screen.assert_shows(**screens["/k/one/"])


def test_a_strict_content_security_policy_is_kept(screen: Screen) -> None:
    """B55: no inline script or style, no eval; the harness reports each violation."""
    screen.hard("/c/")
    screen.assert_shows(children="strict")
    screen.click("/c/side/")
    screen.assert_shows(children="strict side", side="side")
    screen.assert_sent("soft GET /c/side/")
    screen.back()
    screen.assert_shows(children="strict")
    screen.forward()
    screen.assert_shows(children="strict side", side="side")


# --- Bounds ---


def test_a_state_that_is_too_large_loads_the_document(screen: Screen) -> None:
    """B53: the size of the header is bounded; if it were too large, the right page is loaded in full."""
    screen.hard("/big/one/?q=1")
    own = "no two Own"
    third = "no three Own"
    screen.assert_shows(children="one 1", side=own, third=third)
    screen.soft(f"/big/one/?q={LONG}")
    screen.assert_shows(children="one 2500", side=own, third=third)
    screen.soft(f"/big/two/?q={LONG}")
    screen.assert_shows(children="one 2500", side="two 2500", third=third)
    screen.settle()
    screen.click("/big/three/")
    screen.assert_shows(children="no one", side=own, third="three")
    screen.assert_at("/big/three/")
    assert str(screen.requests[-1]) == "hard GET /big/three/"
    screen.back()
    screen.assert_at(f"/big/two/?q={LONG}")
    screen.assert_says(
        "two 2500", "#slot-side"
    )  # children too, where a back-forward cache has them


@pytest.mark.parametrize(
    ("button", "target"),
    [("Own", "#slot-third #own"), ("Out", "#outside")],
    ids=["in a slot", "in the layout"],
)
def test_a_request_of_its_own_gets_its_page_alone_whatever_the_state(
    screen: Screen, button: str, target: str
) -> None:
    """B19, B53: a state that is too large puts no page into a page."""
    screen.hard("/big/one/?q=1")
    screen.soft(f"/big/one/?q={LONG}")
    screen.assert_shows(children="one 2500", side="no two Own", third="no three Own")
    screen.soft(f"/big/two/?q={LONG}")
    screen.assert_shows(children="one 2500", side="two 2500", third="no three Own")
    screen.settle()
    screen.click(button)
    screen.settle()
    assert screen.count("[data-pr-slot]") == 3
    assert screen.text(target) == "three"


# --- Without JavaScript ---


@pytest.mark.chromium
def test_everything_works_without_javascript(open_screen: Callable[..., Screen]) -> None:
    """B12: every link and form gives a full page."""
    page = open_screen(java_script_enabled=False).page
    page.goto("/l/")
    page.get_by_role("link", name="Page 2").click()
    page.wait_for_url("**/l/team/?page=2")
    assert "children default" in page.locator("#slot-children").inner_text()
    assert "team 2" in page.locator("#slot-team").inner_text()
    page.get_by_label("q", exact=True).fill("ada")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.wait_for_url("**/l/team/?q=ada")
    assert page.locator("#slot-team").inner_text() == "team like ada"
    page.get_by_role("link", name="/l/other/").click()
    page.wait_for_url("**/l/other/")
    assert page.locator("#slot-children").inner_text() == "other"
    page.go_back()
    assert page.locator("#slot-team").inner_text() == "team like ada"


# --- Prefixes ---


@pytest.fixture
def script_prefix(live_server: LiveServer, settings: Settings) -> Iterator[str]:
    """The live server, mounted below a prefix as a reverse proxy would."""
    settings.STATIC_URL = "/static/"  # not below the prefix
    server = live_server.thread.httpd
    application = server.get_app()

    def mounted(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"].startswith("/app/"):
            path = environ["PATH_INFO"].removeprefix("/app")
            environ = {**environ, "SCRIPT_NAME": "/app", "PATH_INFO": path}
        return application(environ, start_response)

    server.set_app(mounted)
    yield "/app"
    server.set_app(application)


def assert_follows_links(screen: Screen, prefix: str, language: str) -> None:
    screen.hard(f"{prefix}/{language}/d/")
    screen.assert_shows(children=f"home in {language}")
    screen.mark()
    screen.click("Page")
    screen.assert_shows(children=f"page in {language}")
    screen.assert_at(f"{prefix}/{language}/d/page/")
    screen.assert_sent(f"soft GET {prefix}/{language}/d/page/")
    screen.click("Side")
    screen.assert_shows(children=f"page in {language}", side=f"side in {language}")
    screen.assert_at(f"{prefix}/{language}/d/side/")
    screen.forget()
    screen.back()
    screen.assert_shows(children=f"page in {language}")
    screen.back()
    screen.assert_at(f"{prefix}/{language}/d/")
    screen.assert_shows(children=f"home in {language}")
    screen.assert_sent(f"soft GET {prefix}/{language}/d/")


@pytest.mark.in_turn
@pytest.mark.urls("tests.urls.nav_i18n")
@pytest.mark.parametrize("language", ["en", "de"])
def test_soft_navigation_stays_in_the_language_of_the_url(
    screen: Screen, settings: Settings, use_middleware: Callable[..., None], language: str
) -> None:
    """S8: i18n_patterns may stand around slots(); Back, too, asks for the slots in the language."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    use_middleware("django.middleware.locale.LocaleMiddleware")
    assert_follows_links(screen, "", language)


@pytest.mark.urls("tests.urls.nav_i18n")
def test_soft_navigation_stays_below_the_script_prefix(
    screen: Screen, settings: Settings, use_middleware: Callable[..., None], script_prefix: str
) -> None:
    """A site may be served below a prefix (``FORCE_SCRIPT_NAME``)."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    use_middleware("django.middleware.locale.LocaleMiddleware")
    assert_follows_links(screen, script_prefix, "de")


def test_the_current_section_is_marked_for_each_slot(screen: Screen) -> None:
    """B50: by that slot's own URL, follows soft changes; with data-pr-current, below the link as well."""
    screen.hard("/l/")
    screen.evaluate(
        """() => {
            const mark = (href, text) => {
                const link = Object.assign(document.createElement("a"), { href, innerText: text });
                link.dataset.prCurrent = "section";
                document.querySelector("nav").append(link);
            };
            mark("/l/section/", "Section");
            mark("/l/team/", "Teams");
            const broken = Object.assign(document.createElement("a"), { href: "http://[" });
            document.querySelector("nav").prepend(broken); // is passed over
        }"""
    )
    screen.assert_current_links("/l/")
    screen.click("/l/section/a/")
    screen.assert_current_links("/l/section/a/", "Section")
    screen.click("Page 2")
    screen.assert_shows(children="section a", team=team(2))
    screen.assert_current_links("/l/section/a/", "Page 2", "Section", "Teams")
    screen.back()
    screen.assert_current_links("/l/section/a/", "Section")
    screen.back()
    screen.assert_current_links("/l/")

"""The scripts of a page: any order, any kind, htmx's extensions, a strict Content Security Policy."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

pytestmark = pytest.mark.urls("tests.urls.nav_links")


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

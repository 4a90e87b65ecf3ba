"""Cases of the seed system's own tests. A docstring says which rules, S and B, a test covers.

``assert_shows()`` looks at each slot's own text, and a slot that it doesn't name has to be empty.
"""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.roles import called
from tests.urls.states import mended

# --- 1. Tab bars ---


@pytest.mark.urls("tests.urls.tabs")
def test_two_tab_bars_navigate_independently(screen: Screen) -> None:
    """S1, S13, S15: each click changes one tab bar, and keeps all else, in one request."""
    screen.hard("/bar/")
    screen.assert_shows(children="home", audience="audience home", views="views home")

    screen.mark()
    screen.click("View duration")
    screen.assert_shows(children="home", audience="audience home", views="view duration")
    screen.assert_at("/bar/view-duration/")
    screen.assert_sent("soft GET /bar/view-duration/")
    assert screen.kept("children")
    assert screen.kept("audience")
    assert not screen.kept("views")

    screen.click("Impressions")
    screen.assert_shows(children="home", audience="audience home", views="impressions")

    screen.mark()
    screen.click("Demographics")
    screen.assert_shows(children="home", audience="demographics", views="impressions")
    screen.assert_at("/bar/demographics/")
    assert screen.kept("children")
    assert screen.kept("views")
    assert not screen.kept("audience")

    screen.click("Subscribers")
    screen.assert_shows(children="home", audience="subscribers", views="impressions")


@pytest.mark.urls("tests.urls.tabs")
def test_history_restores_combinations_that_no_url_expresses(screen: Screen) -> None:
    """S33: Back and Forward restore each entry's combination, and keep the slots that don't differ."""
    entries = [
        ("/bar/", "audience home", "views home"),
        ("/bar/view-duration/", "audience home", "view duration"),
        ("/bar/impressions/", "audience home", "impressions"),
        ("/bar/demographics/", "demographics", "impressions"),
        ("/bar/subscribers/", "subscribers", "impressions"),
    ]

    def shows(entry: tuple[str, str, str]) -> None:
        url, audience, views = entry
        screen.assert_shows(children="home", audience=audience, views=views)
        screen.assert_at(url)

    screen.hard("/bar/")
    screen.mark()
    for entry, link in zip(
        entries[1:],
        ["View duration", "Impressions", "Demographics", "Subscribers"],
        strict=True,
    ):
        screen.click(link)
        shows(entry)
    for entry in reversed(entries[:-1]):
        screen.back()
        shows(entry)
    for entry in entries[1:]:
        screen.forward()
        shows(entry)
    assert screen.kept("children")


@pytest.mark.urls("tests.urls.tabs")
def test_a_slot_that_does_not_differ_is_kept_by_back(screen: Screen) -> None:
    """S33: Back changes the tab bar that was navigated last, and not the other."""
    screen.hard("/bar/")
    screen.click("Impressions")
    screen.assert_shows(children="home", audience="audience home", views="impressions")
    screen.click("Demographics")
    screen.assert_shows(children="home", audience="demographics", views="impressions")
    screen.mark()
    screen.back()
    screen.assert_shows(children="home", audience="audience home", views="impressions")
    assert screen.kept("views")
    assert screen.kept("children")


@pytest.mark.urls("tests.urls.tabs")
def test_a_url_that_only_one_slot_matches_is_a_404_when_loaded_hard(screen: Screen) -> None:
    """S3, S10, S33, B34: a click leads there, a reload is a 404, and Back brings back what was there."""
    screen.expect_noise("404")
    screen.hard("/bar/")
    screen.soft("/bar/view-duration/")
    screen.assert_shows(children="home", audience="audience home", views="view duration")
    screen.soft("/bar/demographics/")
    screen.assert_shows(children="home", audience="demographics", views="view duration")
    screen.reload()
    assert screen.slots() == {}

    screen.back()
    screen.assert_shows(children="home", audience="audience home", views="view duration")
    screen.assert_at("/bar/view-duration/")
    screen.back()
    screen.assert_shows(children="home", audience="audience home", views="views home")
    screen.go(2)
    screen.assert_says("Not Found")
    assert screen.hard("/photo/1/") == 404
    screen.go(-2)
    screen.assert_shows(children="home", audience="audience home", views="view duration")


@pytest.mark.urls("tests.urls.tabs")
def test_the_current_link_of_each_slot_is_marked(screen: Screen) -> None:
    """B50, S48: by the URL that each slot shows, on a hard load, after soft changes and Back."""
    screen.hard("/bar/")
    screen.assert_current_links()
    screen.click("Impressions")
    screen.assert_current_links("Impressions")
    screen.click("Demographics")
    screen.assert_current_links("Impressions", "Demographics")
    screen.click("Subscribers")
    screen.assert_current_links("Impressions", "Subscribers")
    screen.back()
    screen.assert_current_links("Impressions", "Demographics")


@pytest.mark.urls("tests.urls.tabs")
def test_two_tabs_of_the_browser_do_not_influence_each_other(screen: Screen) -> None:
    """S20: what one tab shows is not what the other's next click starts from."""
    other = screen.new_tab()
    screen.hard("/bar/")
    other.hard("/bar/")
    screen.click("Impressions")
    screen.assert_shows(children="home", audience="audience home", views="impressions")
    other.click("Demographics")
    other.assert_shows(children="home", audience="demographics", views="views home")
    screen.click("Subscribers")
    screen.assert_shows(children="home", audience="subscribers", views="impressions")


# --- 2. Default left, not returned to ---


@pytest.mark.urls("tests.urls.defaults")
def test_a_default_that_was_left_does_not_come_back_by_itself(screen: Screen) -> None:
    """S10, S13, S16: a soft URL that matches replaces the default; one that doesn't brings none."""
    screen.hard("/n/")
    screen.assert_shows(children="home", parallel="parallel default")

    screen.click("Foo")
    screen.assert_shows(children="foo", parallel="parallel foo")
    screen.assert_sent("soft GET /n/foo/")

    screen.mark()
    screen.click("Home")
    screen.assert_shows(children="home", parallel="parallel foo")
    screen.assert_at("/n/")
    assert screen.kept("parallel")


@pytest.mark.urls("tests.urls.defaults")
def test_a_reload_or_back_shows_the_default_again(screen: Screen) -> None:
    """S10, S33: a hard load knows only the URL; an entry that had the default has it again."""
    screen.hard("/n/")
    screen.click("Foo")
    screen.assert_shows(children="foo", parallel="parallel foo")
    screen.back()
    screen.assert_shows(children="home", parallel="parallel default")
    screen.forward()
    screen.assert_shows(children="foo", parallel="parallel foo")
    screen.click("Home")
    screen.assert_shows(children="home", parallel="parallel foo")
    screen.reload()
    screen.assert_shows(children="home", parallel="parallel default")


# --- 3. Slots in slots ---

NESTED = {
    "children": "nested",
    "foo": "foo",
    "foo__a": "foo a",
    "foo__b": "foo b",
    "bar": "bar",
    "bar__children": "bar children",
    "bar__a": "bar a",
    "bar__b": "bar b",
}


@pytest.mark.urls("tests.urls.nested")
def test_slots_in_slots_are_one_document(screen: Screen) -> None:
    """S8, S10: segments nested in two slots, with slots of the same names, load at once."""
    assert screen.hard("/p/nested/") == 200
    screen.assert_shows(**NESTED)
    screen.assert_sent("hard GET /p/nested/")


@pytest.mark.urls("tests.urls.nested")
def test_slots_in_slots_are_entered_in_one_request(screen: Screen) -> None:
    """S13, S14: segments that are newly entered come with all their slots; Back leaves them."""
    screen.hard("/p/")
    screen.assert_shows(children="home", foo="foo default", bar="bar default")
    screen.click("Nested")
    screen.assert_shows(**NESTED)
    screen.assert_at("/p/nested/")
    screen.assert_sent("soft GET /p/nested/")
    screen.back()
    screen.assert_shows(children="home", foo="foo default", bar="bar default")


# --- 4. Catch-all against explicit, 5. Deeper catch-all ---


@pytest.mark.urls("tests.urls.catch_all")
def test_explicit_routes_win_over_catch_alls_in_each_slot(screen: Screen) -> None:
    """S5, S6, S13: a catch-all that is declared first matches only what nothing else does."""
    screen.hard("/c/")
    screen.assert_shows(children="home", slot="slot's default")
    screen.click("Bar")
    screen.assert_shows(children="bar", slot="slot's rest: bar/")
    screen.assert_sent("soft GET /c/bar/")
    screen.click("Baz")
    screen.assert_shows(children="the rest: baz/", slot="slot's baz")
    screen.assert_sent("soft GET /c/baz/")
    screen.hard("/c/foo/")
    screen.assert_shows(children="foo", slot="slot's foo")


@pytest.mark.urls("tests.urls.catch_all")
def test_a_deeper_catch_all_wins_over_a_shallower_one(screen: Screen) -> None:
    """S5: static, then converters, then the catch-all with the longer prefix."""
    screen.hard("/d/foo/")
    screen.assert_shows(children="foo", slot="slot's foo")
    screen.click("Foo 123")
    screen.assert_shows(children="foo 123", slot="slot's foo, then 123/")
    screen.assert_sent("soft GET /d/foo/123/")
    screen.hard("/d/foo/123/")
    screen.assert_shows(children="foo 123", slot="slot's foo, then 123/")


# --- 6. Slot-only URL, 7. A slot that nobody can fill ---


@pytest.mark.urls("tests.urls.slot_only")
def test_a_url_may_exist_in_named_slots_only(screen: Screen) -> None:
    """S2, S3, S7: children need not be declared; slots get the prefix's kwargs and their own."""
    assert screen.hard("/x/7/") == 200
    screen.assert_shows(foo="foo x 7", bar="bar x 7")


@pytest.mark.urls("tests.urls.unfillable")
def test_a_slot_that_nobody_can_fill_makes_a_404(screen: Screen) -> None:
    """S3: one slot's catch-all matches, but children has neither a page nor a default."""
    assert screen.hard("/foo/") == 200
    screen.assert_shows(children="foo", slot="slot's rest: foo/")
    screen.expect_noise("404")
    assert screen.hard("/bar/") == 404
    assert screen.slots() == {}


# --- 8. Tab group ---


@pytest.mark.urls("tests.urls.tab_group")
def test_a_tab_group_keeps_its_layout_while_its_tabs_change(screen: Screen) -> None:
    """B9, S15: a soft navigation between two tabs swaps what is inside the slot's own layout."""
    screen.hard("/g/visitors/")
    screen.assert_shows(children="children default", tabs="the tab bar", tabs__children="visitors")
    screen.mark()
    screen.click("Views")
    screen.assert_shows(children="children default", tabs="the tab bar", tabs__children="views")
    assert screen.kept("tabs")
    assert screen.kept("children")
    assert not screen.kept("tabs.children")
    screen.back()
    screen.assert_shows(children="children default", tabs="the tab bar", tabs__children="visitors")
    assert screen.kept("tabs")


@pytest.mark.urls("tests.urls.tab_group")
def test_a_tab_groups_default_stands_without_its_layout(screen: Screen) -> None:
    """B9, S16: the layout comes with the first tab, and goes with Back to the default."""
    screen.hard("/g/")
    screen.assert_shows(children="home", tabs="summary")
    screen.click("Visitors")
    screen.assert_shows(children="home", tabs="the tab bar", tabs__children="visitors")
    screen.back()
    screen.assert_shows(children="home", tabs="summary")


# --- 13. Selected segments ---


@pytest.mark.urls("tests.urls.segments")
def test_selected_segments_are_those_that_each_slot_shows(screen: Screen) -> None:
    """S48: children's first and a named slot's last; None for a default; kept slots as kept."""
    screen.hard("/a/b/c/")
    says = "children: b of b/c, side: None of"
    screen.assert_shows(children=says, side=says)
    assert screen.text("#layout") == says

    screen.click("Side")
    screen.assert_shows(children=says, side="children: b of b/c, side: y of x/y")
    screen.assert_sent("soft GET /a/x/y/")

    screen.click("Home")
    # What side has printed of children follows it; what it has made of that is its own.
    says_now = "children: None of , side: y of x/y"
    screen.assert_shows(children=says_now, side="children: of b/c, side: y of x/y")

    screen.hard("/a/x/y/")
    says = "children: None of , side: y of x/y"
    screen.assert_shows(children=says, side=says)
    assert screen.text("#layout") == says


@pytest.mark.urls("tests.urls.live_segments")
def test_printed_segments_follow_their_slots(screen: Screen) -> None:
    """S48: "values on screen follow a soft change": softly, by Back, and after a default."""
    screen.hard("/l/b/c/")
    screen.assert_says("in b of b/c, beside .", "#tags")
    screen.assert_says("b", "#variable")
    screen.mark()
    screen.click("Seven")
    screen.assert_says("in b of b/c, beside 7.", "#tags")
    screen.click("Red")
    screen.assert_says("in red of red/x-&-y, beside 7.", "#tags")
    screen.assert_says("x-&-y", "#inner")
    screen.click("Z")
    screen.assert_says("in red of red/z, beside 7.", "#tags")
    screen.assert_says("z", "#inner")
    screen.click("Home")
    screen.assert_says("in of , beside 7.", "#tags")
    screen.assert_says("", "#variable")
    screen.back()
    screen.assert_says("in red of red/z, beside 7.", "#tags")
    screen.assert_says("red", "#variable")
    screen.go(-3)
    screen.assert_says("in b of b/c, beside .", "#tags")


@pytest.mark.urls("tests.urls.live_segments")
def test_printed_segments_of_a_layout_are_its_own_around_a_default(screen: Screen) -> None:
    """S48: "it is that layout's own segment, also while the layout's children show a default"."""
    screen.hard("/l/blue/visitors/")
    screen.assert_says("in blue of blue, beside .", "#tags")
    screen.assert_says("", "#inner")
    screen.click("B")
    screen.assert_says("in b of b/c, beside .", "#tags")
    screen.click("Visitors")
    screen.assert_says("in blue of blue, beside .", "#tags")
    screen.assert_says("blue", "#variable")
    screen.click("Seven")
    screen.assert_says("in blue of blue, beside 7.", "#tags")
    screen.click("Z")
    screen.assert_says("in red of red/z, beside 7.", "#tags")


# --- 14. Scroll ---


@pytest.mark.urls("tests.urls.scroll")
def test_only_children_scroll_the_window(screen: Screen) -> None:
    """S36: a named slot leaves the window where it is, children goes to the top, Back returns."""
    screen.hard("/s/")
    screen.evaluate("scrollTo(0, 1000)")

    screen.click("Panel")
    screen.assert_shows(children="home", panel="panel")
    screen.assert_scrolled_to(1000)

    screen.click("More")
    screen.assert_shows(children="more", panel="panel")
    screen.assert_scrolled_to(0)

    screen.evaluate("scrollTo(0, 500); setTimeout(() => history.back())")  # before the next frame
    screen.assert_shows(children="home", panel="panel")
    screen.assert_scrolled_to(1000)

    screen.forward()
    screen.assert_shows(children="more", panel="panel")
    screen.assert_scrolled_to(500)


# --- 15. Own URL of each slot ---


@pytest.mark.urls("tests.urls.own_url")
def test_a_kept_slot_keeps_what_it_shows_for_its_own_url(screen: Screen) -> None:
    """S13, S33, S38: side stays as rendered for ?q=1 while children goes on, and comes back."""
    screen.hard("/o/?q=1")
    screen.assert_shows(children="home", side="q is 1")
    screen.mark()
    screen.click("Foo")
    screen.assert_shows(children="foo", side="q is 1")
    screen.assert_at("/o/foo/")
    assert screen.kept("side")
    screen.back()
    screen.assert_shows(children="home", side="q is 1")
    screen.assert_at("/o/?q=1")
    assert screen.kept("side")


@pytest.mark.urls("tests.urls.own_url")
def test_a_refresh_renders_each_slot_for_its_own_url(screen: Screen) -> None:
    """S38: "each for *its* URL and variant; the address bar does not move"; or "named slots only"."""
    screen.hard("/o/?q=1")
    screen.click("Foo")
    screen.assert_shows(children="foo", side="q is 1")
    length = screen.evaluate("history.length")
    screen.mark()
    screen.evaluate("parallelRoutes.refresh()")
    screen.settle()
    assert screen.rendered("side")
    assert screen.rendered("children")
    screen.assert_shows(children="foo", side="q is 1")
    screen.assert_at("/o/foo/")
    screen.mark()
    screen.evaluate("parallelRoutes.refresh('side')")
    screen.settle()
    assert screen.rendered("side")
    assert screen.kept("children")
    screen.assert_shows(children="foo", side="q is 1")
    screen.assert_at("/o/foo/")
    assert screen.evaluate("history.length") == length


# --- 17. Conditional routes ---


@pytest.mark.urls("tests.urls.roles")
def test_only_the_slot_that_the_role_has_is_run(screen: Screen) -> None:
    """S46: "Slots that the layout does not print are not executed (conditional routes by role)"."""
    called.clear()
    screen.hard("/become/admin/")
    screen.hard("/r/")
    screen.assert_shows(children="home", admin="admin's", audit="audit")
    screen.click("More")
    screen.assert_shows(children="more", admin="admin's more", audit="more audit")
    assert not {"user's", "user's more"} & set(called)

    screen.hard("/become/member/")
    called.clear()
    screen.hard("/r/")
    screen.assert_shows(children="home", user="user's")
    screen.click("More")
    screen.assert_shows(children="more", user="user's more")
    assert set(called) == {"home", "user's", "more", "user's more"}


@pytest.mark.urls("tests.urls.roles")
def test_a_role_that_changes_between_two_steps_leaves_nothing_stale(screen: Screen) -> None:
    """S46: whose role has changed meanwhile, in another tab, gets the document at the next step."""
    screen.hard("/become/admin/")
    screen.hard("/r/")
    screen.assert_shows(children="home", admin="admin's", audit="audit")
    screen.new_tab().hard("/become/member/")
    called.clear()
    screen.click("More")
    screen.assert_shows(children="more", user="user's more")
    screen.back()
    screen.assert_shows(children="home", user="user's")
    assert not {"admin's", "admin's more", "audit", "more audit"} & set(called)


# --- 18. One slow, one failing ---


@pytest.mark.urls("tests.urls.states")
@pytest.mark.parametrize("delivery", ["deferred", "streamed"])
def test_a_slow_slot_and_one_that_fails_leave_the_others_alone(
    screen: Screen, gates: Gates, delivery: str
) -> None:
    """S43, S44: the loading state at once and then the page; the error with a retry that works."""
    mended.clear()
    gates.close(f"/{delivery}/")
    screen.hard("/plain/")
    screen.evaluate("path => location.assign(path)", f"/{delivery}/")
    screen.assert_shows(children="well", slow="on its way", failing="out of order Try again")
    screen.type("#typed", "half a word")
    gates.open(f"/{delivery}/")
    screen.assert_shows(children="well", slow="slow, at last", failing="out of order Try again")
    screen.mark()
    mended.add(f"/{delivery}/")
    screen.click("Try again")
    screen.assert_shows(children="well", slow="slow, at last", failing="mended")
    assert screen.kept("children")
    assert screen.value("#typed") == "half a word"
    screen.assert_at(f"/{delivery}/")

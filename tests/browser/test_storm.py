"""Back and Forward faster than the server responds."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

pytestmark = pytest.mark.urls("tests.urls.tabs")

SHOWN = {
    "/bar/": {"audience": "audience home", "views": "views home"},
    "/bar/view-duration/": {"audience": "audience home", "views": "view duration"},
    "/bar/impressions/": {"audience": "audience home", "views": "impressions"},
    "/bar/demographics/": {"audience": "demographics", "views": "impressions"},
    "/bar/subscribers/": {"audience": "subscribers", "views": "impressions"},
}

# One step every 15 milliseconds, then as long as the browser may take to make the last of them.
STORM = """(steps) => {
    window.isStormy = true;
    steps.forEach((step, index) => setTimeout(() => history.go(step), 15 * index));
    setTimeout(() => { window.isStormy = false; }, 15 * steps.length + 300);
}"""


@pytest.mark.in_turn
@pytest.mark.parametrize("remembers", [True, False], ids=["from memory", "by requests"])
@pytest.mark.parametrize(
    "steps",
    [
        [-1, -1],
        [-1, -1, 1, -1],
        [-1, -1, -1, 1, 1],
        [-2, 1, -1, 1],
        [-1, 1, -1, 1, -1, 1, -1],
        [-4, 1, 1, 1, -1],
    ],
    ids=str,
)
def test_url_and_screen_agree_after_a_storm_of_traversals(
    screen: Screen, steps: list[int], remembers: bool
) -> None:
    """B21, S33: requests that are aborted on the way leave no slot behind."""
    screen.tolerate_noise("(?i)abort", "htmx:afterRequest", "Failed to fetch")
    screen.hard("/bar/")
    if not remembers:
        screen.forget()
    for link, url in zip(
        ["View duration", "Impressions", "Demographics", "Subscribers"],
        list(SHOWN)[1:],
        strict=True,
    ):
        screen.click(link)
        screen.assert_at(url)
    screen.assert_shows(children="home", **SHOWN[screen.url])
    screen.evaluate(STORM, steps)
    screen.assert_eventually(
        lambda: screen.evaluate("window.isStormy"), lambda stormy: not stormy, "the storm is over"
    )
    for _ in range(2):
        screen.assert_eventually(
            lambda: (screen.url, screen.slots()),
            lambda seen: seen[1] == {"children": "home", **SHOWN[seen[0]]},
            "the slots show what belongs to the URL",
        )
        screen.settle()

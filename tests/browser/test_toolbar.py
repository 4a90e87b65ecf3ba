"""django-debug-toolbar on a page with soft navigations. One htmx version is enough for its requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.harness import Screen
from tests.support import toolbar

pytest.importorskip("debug_toolbar")

pytestmark = [pytest.mark.urls("tests.urls.toolbar"), pytest.mark.chromium]

HISTORY = "debug_toolbar.panels.history.HistoryPanel"


@pytest.fixture
def htmx(settings: Any) -> int:
    settings.HTMX_VERSION = 4
    return 4


def test_the_toolbar_survives_a_soft_navigation_and_shows_it(
    settings: Any,
    use_middleware: Callable[..., None],
    open_screen: Callable[..., Screen],
) -> None:
    """Soft requests are in the toolbar's history, under a strict CSP.

    The toolbar stands at the end of a page's body, where no slot is.
    """
    with toolbar.installed(settings, panels=(HISTORY,), UPDATE_ON_FETCH=True):
        use_middleware("tests.support.toolbar.strict", toolbar.MIDDLEWARE)
        screen = open_screen()
        screen.hard("/bar/")
        page = screen.page
        before = page.locator("#djDebug").get_attribute("data-request-id")
        page.evaluate("document.querySelector('#djDebugRoot').mark = true")
        screen.soft("/bar/demographics/")
        screen.assert_shows(children="home", audience="demographics", views="views home")
        assert page.evaluate("document.querySelector('#djDebugRoot').mark")
        page.locator(f"#djDebug:not([data-request-id='{before}'])").wait_for(state="attached")
        page.locator("#djdt-SlotsPanel", has_text="1 changed, 2 kept").locator("a").click()
        panel = page.locator("#SlotsPanel")
        panel.locator("tr", has_text="demographics").first.wait_for()
        page.locator("#djdt-HistoryPanel a").click()
        page.locator("#HistoryPanel tr", has_text="/bar/demographics/").wait_for()

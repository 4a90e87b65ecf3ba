"""Browsers without newer features, or with stricter settings."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen

pytestmark = pytest.mark.chromium

LIMITED = """
window.mayWrite = true;
for (const name of ["pushState", "replaceState"]) {
    const own = History.prototype[name];
    History.prototype[name] = function (...values) {
        if (window.mayWrite) return own.apply(this, values);
        throw new DOMException("Attempt to use it more than 100 times per 10 seconds", "SecurityError");
    };
}
"""

OLD = """
for (const name of ["sessionStorage", "localStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
Object.defineProperty(window, "navigation", { value: undefined });
for (const name of ["requestIdleCallback", "structuredClone"]) delete window[name];
for (const name of ["moveBefore", "checkVisibility"]) delete Element.prototype[name];
for (const name of ["popover", "showPopover", "hidePopover"]) delete HTMLElement.prototype[name];
delete Document.prototype.startViewTransition;
delete HTMLDialogElement.prototype.closedBy;
for (const prototype of [Document.prototype, Element.prototype])
    for (const name of ["querySelector", "querySelectorAll", "matches", "closest"]) {
        const own = prototype[name];
        if (own) prototype[name] = function (selector) {
            const known = selector.replace(/:is\\([^()]*(\\([^()]*\\)[^()]*)*\\)/g, "");
            if (/:popover-open|:open/.test(known)) throw new SyntaxError(selector);
            return own.call(this, selector);
        };
    }
"""


@pytest.mark.urls("tests.urls.entries")
def test_a_history_that_takes_no_more_calls_leaves_url_and_screen_together(screen: Screen) -> None:
    """B21: Safari and Firefox throw an error at too many; the click ended in nothing."""
    screen.page.add_init_script(LIMITED)
    screen.hard("/e/")
    screen.evaluate("mayWrite = false")
    screen.soft("/e/far/")
    screen.assert_at("/e/far/")
    screen.assert_shows(children="far", side="no side")
    screen.soft("/e/")  # in the document that has been loaded
    screen.assert_at("/e/")
    screen.back()
    screen.assert_at("/e/far/")
    screen.assert_shows(children="far", side="no side")


@pytest.mark.urls("tests.urls.modals")
def test_an_old_browser_opens_and_closes_modals(screen: Screen) -> None:
    """B51: without popovers, the Navigation API, view transitions, storage and other new things."""
    screen.page.add_init_script(OLD)
    screen.hard("/m/")
    screen.click("Open 1")
    screen.assert_modals("Photo 1")
    screen.press("Escape")
    screen.assert_modals()
    screen.assert_at("/m/")
    assert screen.focused() == "Open 1"
    screen.forward()
    screen.assert_modals("Photo 1")
    screen.back()
    screen.assert_modals()

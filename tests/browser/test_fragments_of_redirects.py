"""S36, S40: a redirect with a ``#fragment`` ends where a browser would be without JavaScript."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from tests.browser.harness import Screen

pytestmark = [pytest.mark.urls("tests.urls.fragments"), pytest.mark.chromium]

TOP = "document.querySelector('#c7').getBoundingClientRect().top"
OURS = "django_parallel_routes.middleware.ParallelRoutesMiddleware"


def assert_at_comment(screen: Screen, url: str) -> None:
    """At a URL, with the comment at the top of the window."""
    screen.assert_at(url)
    screen.page.wait_for_function(f"() => Math.abs({TOP}) < 2")


def sent(screen: Screen, to: str, button: str = "#send") -> None:
    screen.type("#to", to)
    screen.click(button)


def test_a_form_ends_at_the_fragment_of_its_redirect(screen: Screen) -> None:
    """S40: also relative to its URL, and where the redirect inherits the fragment of its action."""
    screen.hard("/f/")
    for to, url in {
        "/f/thread/#c7": "/f/thread/#c7",
        "../thread/?a=1#c7": "/f/thread/?a=1#c7",
        "/f/chain/": "/f/thread/#c7",
        "/f/thread/": "/f/thread/#c7",
    }.items():
        screen.soft("/f/write/")
        screen.assert_at("/f/write/")
        sent(screen, to)
        assert_at_comment(screen, url)
        screen.assert_shows(children="thread comment")
    screen.back()
    screen.assert_at("/f/write/")
    screen.forward()
    assert_at_comment(screen, "/f/thread/#c7")


def test_a_form_in_a_modal_ends_on_the_page_beneath(screen: Screen) -> None:
    """S40: the modal closes, and its entry is replaced."""
    screen.hard("/f/thread/")
    screen.soft("/f/edit/")
    screen.assert_modals("Write")
    sent(screen, "/f/thread/#c7")
    screen.assert_modals()
    assert_at_comment(screen, "/f/thread/#c7")
    screen.back()
    screen.assert_at("/f/thread/")
    screen.assert_shows(children="thread comment")


@pytest.mark.parametrize("is_installed", [True, False])
def test_a_document_is_scrolled_to_the_fragment(
    screen: Screen, settings: Settings, is_installed: bool
) -> None:
    """S17: of a redirect, or of a link whose answer leads there; the view does not see the query."""
    if not is_installed:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != OURS]
    for link in ("/f/leave/#c7", "/out/#c7"):
        screen.hard("/f/")
        screen.soft(link)
        assert_at_comment(screen, "/out/#c7")
    screen.hard("/f/write/")
    sent(screen, "/out/?a=1#c7")
    assert_at_comment(screen, "/out/?a=1#c7")


def test_a_link_keeps_its_hash_through_a_redirect(screen: Screen) -> None:
    screen.hard("/f/")
    screen.soft("/f/old/#c7")
    assert_at_comment(screen, "/f/thread/?new#c7")
    screen.soft("/f/chain/")
    assert_at_comment(screen, "/f/thread/#c7")


def test_the_document_that_is_there_already_is_loaded_again(screen: Screen) -> None:
    """B54: after a login, say; another hash alone would load nothing."""
    screen.hard("/f/edit/")
    screen.evaluate("() => void (window.isOld = true)")
    sent(screen, "/f/edit/#c7", "#header")
    screen.assert_at("/f/edit/#c7")
    screen.page.wait_for_function("() => !window.isOld")

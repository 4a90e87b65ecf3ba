"""Sites with a prefix of all URLs: that of a language, or of a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.harness import Screen

pytestmark = pytest.mark.urls("tests.urls.nav_i18n")


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
@pytest.mark.parametrize("language", ["en", "de"])
def test_soft_navigation_stays_in_the_language_of_the_url(
    screen: Screen, settings: Settings, use_middleware: Callable[..., None], language: str
) -> None:
    """S8: i18n_patterns may stand around slots(); Back, too, asks for the slots in the language."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    use_middleware("django.middleware.locale.LocaleMiddleware")
    assert_follows_links(screen, "", language)


def test_soft_navigation_stays_below_the_script_prefix(
    screen: Screen, settings: Settings, use_middleware: Callable[..., None], script_prefix: str
) -> None:
    """A site may be served below a prefix (``FORCE_SCRIPT_NAME``)."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    use_middleware("django.middleware.locale.LocaleMiddleware")
    assert_follows_links(screen, script_prefix, "de")

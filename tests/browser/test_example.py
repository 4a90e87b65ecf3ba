"""The example in a browser: its modals, its history, and what axe has to say about every page.

It runs as it does for whoever types ``make demo``: its own settings, its own server, its own seed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.harness import Screen

ROOT = Path(__file__).resolve().parents[2]
PHOTO = 'css=.grid a[href="/photos/8/"]'
FARID = "css=dialog:modal .byline a"

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example's URL: seeded, and served by a process of its own."""
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "example_project.settings",
        "DJANGO_DATABASE": str(tmp_path_factory.mktemp("example") / "db.sqlite3"),
    }
    for command in (["migrate"], ["seed", "--today=2026-11-25"]):
        manage = [sys.executable, "manage.py", *command, "--verbosity=0"]
        subprocess.run(manage, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = str(listener.fileno())
        command = [sys.executable, "-m", "uvicorn", "example_project.asgi:application"]
        process = subprocess.Popen(
            [*command, "--fd", number, "--log-level", "error"],
            cwd=ROOT,
            env=environ,
            pass_fds=[listener.fileno()],
            stderr=subprocess.DEVNULL,
        )
        yield "http://127.0.0.1:%d" % listener.getsockname()[1]
        process.terminate()
        process.wait()


@pytest.fixture
def open_example(
    open_screen: Callable[..., Screen], server: str, htmx: int
) -> Callable[..., Screen]:
    """A function that opens a window on the example; the htmx version is chosen as its visitors do."""

    def open_example(**options: object) -> Screen:
        screen = open_screen(server, reduced_motion="reduce", **options)
        cookie = {"name": "htmx", "value": str(htmx), "url": server}
        screen.page.context.add_cookies([cookie])
        return screen

    return open_example


@pytest.fixture
def screen(open_example: Callable[..., Screen]) -> Screen:
    return open_example()


def dialogs(screen: Screen) -> list[str]:
    """The heading of each open dialog, the uppermost last."""
    return screen.evaluate(
        "[...document.querySelectorAll('dialog:modal')]"
        ".map((dialog) => dialog.querySelector('h1, h2').textContent)"
    )


def opens(screen: Screen, *headings: str) -> None:
    """Wait until just these dialogs are open."""
    screen._wait(
        lambda: dialogs(screen), lambda seen: seen == list(headings), f"{headings} are open"
    )
    screen.settle()


def stamp(screen: Screen, name: str) -> str:
    """What the foot of a card says: when it was rendered, and as the how-manyth thing."""
    return screen.evaluate(
        "(name) => [...document.querySelectorAll('.stamp p')]"
        ".find((stamp) => stamp.textContent.startsWith(name)).textContent",
        name,
    )


def test_a_photo_opens_over_the_feed_and_next_stays_in_the_dialog(screen: Screen) -> None:
    """S22, S24, S26: the address shows the photo, and the feed is kept as it was."""
    screen.hard("/gallery/")
    screen.type(".stamp input", "half a thought")
    feed = stamp(screen, "feed")
    screen.click(PHOTO)
    opens(screen, "The last ferry")
    screen.at("/photos/8/")
    screen.titled("The last ferry · Gallery · Tideline")
    screen.click("#after")
    opens(screen, "Perseids")
    screen.at("/photos/9/")
    screen.press("ArrowRight")
    opens(screen, "Groynes")
    screen.at("/photos/10/")
    assert stamp(screen, "feed") == feed
    assert screen.value(".stamp input") == "half a thought"


@pytest.mark.parametrize("how", ["Escape", "cross", "backdrop"])
def test_closing_goes_back_to_the_feed(screen: Screen, how: str) -> None:
    """B35: whatever closes the lightbox leads to where one was, and leaves no entry."""
    screen.hard("/")
    screen.click("Gallery")
    screen.click(PHOTO)
    opens(screen, "The last ferry")
    if how == "Escape":
        screen.press("Escape")
    elif how == "cross":
        screen.click("Close")
    else:
        screen.click_at(4, 300)
    opens(screen)
    screen.at("/gallery/")
    screen.titled("Gallery · Tideline")
    assert screen.evaluate("document.activeElement.getAttribute('href')") == "/photos/8/"
    screen.back()
    screen.at("/")


def test_forward_opens_it_again_without_a_request(screen: Screen) -> None:
    """S33, B34: the foot of the lightbox says that it is the one from before."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    opens(screen, "The last ferry")
    lightbox = stamp(screen, "lightbox")
    screen.back()
    opens(screen)
    screen.forward()
    opens(screen, "The last ferry")
    screen.sent()
    assert stamp(screen, "lightbox") == lightbox


def test_a_reload_shows_the_photo_s_own_page(screen: Screen) -> None:
    """S11, S26: and Back from there leads to the feed."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    opens(screen, "The last ferry")
    screen.reload()
    opens(screen)
    screen.at("/photos/8/")
    screen.says("This is the photo’s own page", "main")
    screen.back()
    screen.says("What the team brings back", "main")


def test_the_author_s_card_lies_above_the_photo(screen: Screen) -> None:
    """B32: each level has a URL, Back takes one off, and a photo of the card leads on to any depth."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    opens(screen, "The last ferry")
    screen.click(FARID)
    opens(screen, "The last ferry", "Farid Haddad")
    screen.at("/people/farid-haddad/")
    screen.click('css=dialog:modal .strip a[href="/photos/11/"]')
    opens(screen, "The last ferry", "Blue hour")
    screen.click("css=dialog:modal .byline a >> nth=-1")
    opens(screen, "The last ferry", "Blue hour", "Farid Haddad")
    for left in (
        ["The last ferry", "Blue hour"],
        ["The last ferry", "Farid Haddad"],
        ["The last ferry"],
        [],
    ):
        screen.back()
        opens(screen, *left)
    screen.at("/gallery/")


def test_a_card_loaded_hard_lies_over_the_gallery(screen: Screen) -> None:
    """B31: the declared background is there, and closing leads to it."""
    screen.hard("/people/farid-haddad/")
    opens(screen, "Farid Haddad")
    screen.says("What the team brings back", "main")
    screen.press("Escape")
    opens(screen)
    screen.at("/gallery/")


def test_from_an_album_a_photo_slides_in_from_the_side(screen: Screen) -> None:
    """S22: another segment intercepts the same route with another view; Next stays with its author."""
    screen.hard("/gallery/farid-haddad/")
    screen.click(PHOTO)
    opens(screen, "The last ferry")
    screen.says("Next and Previous go through the photos of Farid Haddad only", "dialog")
    screen.click("#after")
    opens(screen, "Blue hour")
    screen.at("/photos/11/")
    screen.click(FARID)
    opens(screen, "Blue hour", "Farid Haddad")
    screen.press("Escape")
    opens(screen, "Blue hour")
    screen.press("Escape")
    opens(screen)
    screen.at("/gallery/farid-haddad/")


def test_a_link_may_ask_for_the_page(screen: Screen) -> None:
    """B19: data-intercept="false"."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    opens(screen, "The last ferry")
    screen.click("Open as a page")
    opens(screen)
    screen.says("This is the photo’s own page", "main")


def test_logging_in_from_the_middle_of_the_dashboard(screen: Screen) -> None:
    """An error shows in the modal; success loads the page one was on, since the frame changes."""
    screen.hard("/dashboard/")
    screen.click("Docs")
    screen.at("/dashboard/docs/")
    screen.click("Log in")
    opens(screen, "Log in")
    screen.type("#id_username", "ada")
    screen.type("#id_password", "wrong")
    screen.press("Enter")
    screen.says("Please enter a correct username and password", "dialog")
    opens(screen, "Log in")
    screen.type("#id_password", "ada")
    screen.press("Enter")
    screen.at("/dashboard/docs/")
    screen.says("Log out", ".topbar")
    opens(screen)
    screen.back()  # nobody is asked to log in twice: it leads on to where its link says
    screen.at("/dashboard/")
    opens(screen)
    screen.click("Log out")
    screen.at("/")
    screen.says("Log in", ".topbar")


def test_the_display_settings_slide_in_over_a_kept_dashboard(screen: Screen) -> None:
    """Closing them leaves everything as it was; saving them loads the document with them."""
    screen.hard("/dashboard/")
    screen.type("#slot-children-team .stamp input", "half a thought")
    screen.click("Display")
    opens(screen, "Display settings")
    screen.press("Escape")
    opens(screen)
    screen.at("/dashboard/")
    assert screen.value("#slot-children-team .stamp input") == "half a thought"
    screen.click("Display")
    screen.click("css=dialog:modal [value=dusk]")
    screen.click("Save")
    screen.at("/dashboard/")
    opens(screen)
    assert screen.evaluate("document.documentElement.dataset.accent") == "dusk"


def test_the_halves_of_the_site_are_a_soft_navigation_apart(screen: Screen) -> None:
    """S15: the frame around them stays."""
    screen.hard("/")
    screen.click("css=.halves a >> nth=1")
    screen.at("/gallery/")
    screen.sent("soft GET /gallery/")
    screen.click("css=.halves a >> nth=0")
    screen.at("/dashboard/")
    screen.sent("soft GET /dashboard/")


@pytest.fixture
def plain(open_example: Callable[..., Screen], htmx: int) -> Screen:
    """A window without JavaScript."""
    if htmx == 4:
        pytest.skip("without JavaScript there is no htmx")
    return open_example(java_script_enabled=False)


def test_without_javascript_it_is_a_site(plain: Screen) -> None:
    """B12: pages, links and forms."""
    page = plain.page

    def follow(target: str) -> None:
        with page.expect_navigation():
            page.click(target)

    page.goto("/gallery/")
    follow('.grid a[href="/photos/8/"]')
    assert "The photo" not in page.title()
    assert page.locator("h1").inner_text() == "The last ferry"
    follow(".step.after")
    assert plain.url == "/photos/9/"
    follow("text=Display")
    page.check("[value=sand]")
    follow("text=Save")
    assert plain.url == "/photos/9/"
    assert page.locator("html").get_attribute("data-accent") == "sand"
    follow("text=Log in")
    page.fill("#id_username", "ada")
    page.fill("#id_password", "ada")
    follow("button:text-is('Log in')")
    assert plain.url == "/photos/9/"
    assert page.locator("text=Log out").count() == 1


PAGES = [
    "/",
    "/login/",
    "/display/",
    "/gallery/",
    "/gallery/ines-duarte/",
    "/photos/8/",
    "/people/ines-duarte/",
    "/dashboard/",
    "/dashboard/visitors/",
    "/dashboard/sources/",
    "/dashboard/settings/",
    "/dashboard/playground/",
    "/dashboard/docs/guides/modals",
    "/dashboard/team/ada-novak/",
    "/dashboard/projects/",
    "/dashboard/projects/northstar/milestones/",
    "/dashboard/projects/northstar/files/brief.md",
    "/dashboard/activity/?kind=shipped",
]
MODALS = [  # where one is, what one clicks, and the heading of what opens
    ("/gallery/", {PHOTO: "The last ferry"}),
    ("/gallery/", {PHOTO: "The last ferry", FARID: "Farid Haddad"}),
    ("/gallery/farid-haddad/", {PHOTO: "The last ferry"}),
    ("/gallery/farid-haddad/", {PHOTO: "The last ferry", FARID: "Farid Haddad"}),
    ("/dashboard/", {"Log in": "Log in"}),
    ("/", {"Display": "Display settings"}),
]


def complaints(screen: Screen) -> list[str]:
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(screen.page).response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    open_example: Callable[..., Screen], htmx: int, scheme: str, width: int
) -> None:
    """On no page, and with no modal open."""
    if htmx == 4:
        pytest.skip("the pages are the same")
    screen = open_example(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = {}
    for path in PAGES:
        screen.hard(path)
        found[path] = complaints(screen)
    for path, steps in MODALS:
        screen.hard(path)
        for number, click in enumerate(steps, start=1):
            screen.click(click)
            opens(screen, *list(steps.values())[:number])
        found[f"{path} {steps}"] = complaints(screen)
    assert not {where: what for where, what in found.items() if what}

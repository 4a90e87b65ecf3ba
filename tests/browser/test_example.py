"""The example in a browser: its modals, its history, its forms, and what axe has to say about every page.

It runs as it does for whoever types ``make demo``: its own settings, its own server, its own seed.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.harness import Screen
from tests.browser.test_devices import swipe

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "example_project/gallery/static/gallery/thumbnails/8.webp"
PHOTO = 'css=.grid a[href="/photos/8/"]'
FARID = "css=dialog:modal .byline a"

pytestmark = [pytest.mark.chromium, pytest.mark.in_turn]


@pytest.fixture(scope="session")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the example's processes are told: a database of their own, migrated and seeded."""
    folder = tmp_path_factory.mktemp("example")
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "example_project.settings",
        "DJANGO_DATABASE": str(folder / "db.sqlite3"),
        "DJANGO_MEDIA": str(folder / "media"),
    }
    for command in (["migrate"], ["seed", "--today=2026-11-25"]):
        manage = [sys.executable, "manage.py", *command, "--verbosity=0"]
        subprocess.run(manage, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    return environ


@contextmanager
def running(*command: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own; what it logs is of no interest."""
    process = subprocess.Popen(
        [sys.executable, "-u", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        **options,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def server(environ: dict[str, str]) -> Iterator[str]:
    """The example's URL, served by uvicorn."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.fileno()
        command = ["-m", "uvicorn", "example_project.asgi:application", "--fd", str(number)]
        command += ["--log-level", "error"]
        with running(*command, env=environ, pass_fds=[number]):
            yield "http://127.0.0.1:%d" % listener.getsockname()[1]


@pytest.fixture(scope="session")
def runserver(environ: dict[str, str]) -> Iterator[str]:
    """The same as WSGI, by what ``make demo`` starts; it says when it is there, and at which port."""
    with running("manage.py", "runserver", "0", "--noreload", env=environ) as process:
        assert process.stdout
        said = (re.search(r"server at (http://[\d.:]+)/", line) for line in process.stdout)
        found = next(filter(None, said), None)
        assert found, "runserver does not come up"
        yield found[1]


@pytest.fixture
def open_example(
    open_screen: Callable[..., Screen], server: str, htmx: int
) -> Callable[..., Screen]:
    """A function that opens a window on the example; the htmx version is chosen as its visitors do."""

    def open_example(server: str = server, **options: object) -> Screen:
        screen = open_screen(server, **options)
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


def assert_dialogs(screen: Screen, *headings: str) -> None:
    """Wait until just these dialogs are open."""
    screen.assert_eventually(
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


def test_a_photo_is_swiped_for_the_next_one(open_example: Callable[..., Screen]) -> None:
    """In the lightbox, and on the photo's own page."""
    screen = open_example(viewport={"width": 390, "height": 700}, has_touch=True)
    screen.hard("/gallery/")
    screen.page.locator(PHOTO.removeprefix("css=")).tap()
    screen.assert_at("/photos/8/")
    screen.settle()
    [heading] = dialogs(screen)
    session = screen.page.context.new_cdp_session(screen.page)

    def over(place: str) -> tuple[int, int]:
        screen.page.locator(place).scroll_into_view_if_needed()
        box = screen.page.locator(place).bounding_box()
        assert box
        return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)

    swipe(session, *over("dialog .stage"), left=150)
    screen.assert_at("/photos/9/")
    screen.settle()
    assert dialogs(screen) != [heading]
    screen.hard("/photos/9/")
    swipe(session, *over(".stage"), left=-150)
    screen.assert_at("/photos/8/")
    assert dialogs(screen) == []


def test_a_photo_opens_over_the_feed_and_next_stays_in_the_dialog(screen: Screen) -> None:
    """S22, S24, S26: the address shows the photo, and the feed is kept as it was."""
    screen.hard("/gallery/")
    screen.type(".stamp input", "half a thought")
    feed = stamp(screen, "feed")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.assert_at("/photos/8/")
    screen.assert_title("The last ferry · Gallery · Tideline")
    screen.click("css=dialog:modal [rel=next]")
    assert_dialogs(screen, "Perseids")
    screen.assert_at("/photos/9/")
    screen.press("ArrowRight")
    assert_dialogs(screen, "Groynes")
    screen.assert_at("/photos/10/")
    assert stamp(screen, "feed") == feed
    assert screen.value(".stamp input") == "half a thought"


@pytest.mark.parametrize("how", ["Escape", "cross", "backdrop"])
def test_closing_goes_back_to_the_feed(screen: Screen, how: str) -> None:
    """B35: whatever closes the lightbox leads to where one was, and leaves no entry."""
    screen.hard("/")
    screen.click("Gallery")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    if how == "Escape":
        screen.press("Escape")
    elif how == "cross":
        screen.click("Close")
    else:
        screen.click_at(4, 300)
    assert_dialogs(screen)
    screen.assert_at("/gallery/")
    screen.assert_title("Gallery · Tideline")
    assert screen.evaluate("document.activeElement.getAttribute('href')") == "/photos/8/"
    screen.back()
    screen.assert_at("/")


def test_forward_opens_it_again_without_a_request(screen: Screen) -> None:
    """S33, B34: the foot of the lightbox says that it is the one from before."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    lightbox = stamp(screen, "lightbox")
    screen.page.mouse.move(0, 0)  # beneath the dialog is a link, which would be prefetched
    screen.back()
    assert_dialogs(screen)
    screen.forward()
    assert_dialogs(screen, "The last ferry")
    screen.assert_sent()
    assert stamp(screen, "lightbox") == lightbox


def test_a_reload_shows_the_photo_s_own_page(screen: Screen) -> None:
    """S11, S26: from its top, wherever the feed was scrolled to; and Back from there leads to the feed."""
    screen.hard("/gallery/")
    screen.page.locator(PHOTO.removeprefix("css=")).scroll_into_view_if_needed()
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    assert screen.evaluate("scrollY") > 100
    screen.reload()
    assert_dialogs(screen)
    screen.assert_at("/photos/8/")
    screen.assert_says("This is the photo’s own page", "main")
    screen.page.wait_for_load_state()
    screen.assert_eventually(
        lambda: screen.evaluate("[scrollY, history.scrollRestoration]"),
        lambda seen: seen == [0, "auto"],
        "the page is shown from its top",
    )
    screen.back()
    screen.assert_says("Photos from the team’s holidays", "main")


def test_the_author_s_card_lies_above_the_photo(screen: Screen) -> None:
    """B32: each level has a URL, Back takes one off, and a photo of the card leads on to any depth."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.click(FARID)
    assert_dialogs(screen, "The last ferry", "Farid Haddad")
    screen.assert_at("/people/farid-haddad/")
    screen.click('css=dialog:modal .strip a[href="/photos/11/"]')
    assert_dialogs(screen, "The last ferry", "Blue hour")
    screen.click("css=dialog:modal .byline a >> nth=-1")
    assert_dialogs(screen, "The last ferry", "Blue hour", "Farid Haddad")
    for left in (
        ["The last ferry", "Blue hour"],
        ["The last ferry", "Farid Haddad"],
        ["The last ferry"],
        [],
    ):
        screen.back()
        assert_dialogs(screen, *left)
    screen.assert_at("/gallery/")


def test_a_card_loaded_hard_lies_over_the_gallery(screen: Screen) -> None:
    """B31: the declared background is there, and closing leads to it."""
    screen.hard("/people/farid-haddad/")
    assert_dialogs(screen, "Farid Haddad")
    screen.assert_says("Photos from the team’s holidays", "main")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/gallery/")


def test_from_an_album_a_photo_slides_in_from_the_side(screen: Screen) -> None:
    """S22: another segment intercepts the same route with another view; Next stays with its author."""
    screen.hard("/gallery/farid-haddad/")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.assert_says("Next and Previous lead through the photos of Farid Haddad only", "dialog")
    screen.click("css=dialog:modal [rel=next]")
    assert_dialogs(screen, "Blue hour")
    screen.assert_at("/photos/11/")
    screen.click(FARID)
    assert_dialogs(screen, "Blue hour", "Farid Haddad")
    screen.press("Escape")
    assert_dialogs(screen, "Blue hour")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/gallery/farid-haddad/")


def test_a_link_may_ask_for_the_page(screen: Screen) -> None:
    """B19: data-pr-intercept="false"."""
    screen.hard("/gallery/")
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.click("Open as a page")
    assert_dialogs(screen)
    screen.assert_says("This is the photo’s own page", "main")


def test_logging_in_from_the_middle_of_the_dashboard(screen: Screen) -> None:
    """An error shows in the modal; success loads the page one was on, since the frame changes."""
    screen.hard("/dashboard/")
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    screen.click("Log in")
    assert_dialogs(screen, "Log in")
    screen.type("#id_username", "ada")
    screen.type("#id_password", "wrong")
    screen.press("Enter")
    screen.assert_says("Please enter a correct username and password", "dialog")
    assert_dialogs(screen, "Log in")
    screen.type("#id_password", "ada")
    screen.press("Enter")
    screen.assert_at("/dashboard/docs/")
    screen.assert_says("ada", ".topbar")
    assert_dialogs(screen)
    screen.back()
    assert_dialogs(screen)  # nobody is asked to log in twice


def test_logging_out_from_the_middle_of_the_dashboard(screen: Screen) -> None:
    """S40, S46: one stays where one is, and what is for the staff is gone, also from the history."""
    become(screen, "admin")
    screen.hard("/dashboard/")
    screen.assert_says("Changes", "aside")
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    screen.click("css=.topbar-end [href^='/account/']")
    assert_dialogs(screen, "Your account")
    screen.assert_says("Staff", "dialog")
    screen.click("Log out")
    screen.assert_says("Log in", ".topbar")
    screen.assert_at("/dashboard/docs/")
    assert_dialogs(screen)
    assert screen.count("#slot-children-changes") == 0
    screen.back()
    assert_dialogs(screen)
    screen.assert_says("Log in", ".topbar")
    assert screen.count("#slot-children-changes") == 0


def test_the_display_settings_slide_in_over_a_kept_dashboard(screen: Screen) -> None:
    """Closing them leaves everything as it was; saving them loads the document with them."""
    screen.hard("/dashboard/")
    screen.type("#slot-children-team .stamp input", "half a thought")
    screen.click("Display")
    assert_dialogs(screen, "Display settings")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/dashboard/")
    assert screen.value("#slot-children-team .stamp input") == "half a thought"
    screen.click("Display")
    screen.click("css=dialog:modal [value=dusk]")
    screen.click("Save")
    screen.assert_at("/dashboard/")
    assert_dialogs(screen)
    assert screen.evaluate("document.documentElement.dataset.accent") == "dusk"


def test_the_parts_of_the_site_are_a_soft_navigation_apart(screen: Screen) -> None:
    """S15: the frame around them stays."""
    screen.hard("/")
    screen.click("css=.parts a >> nth=1")
    screen.assert_at("/gallery/")
    screen.assert_sent("soft GET /gallery/")
    screen.click("css=.parts a >> nth=0")
    screen.assert_at("/dashboard/")
    screen.assert_sent("soft GET /dashboard/")


# --- forms ---

TEAM = "#slot-children-team"
CHANGES = "#slot-children-changes"
MESSAGES = "#slot-messages"
NOTE = "#slot-children-analytics .stamp input"


def become(screen: Screen, role: str) -> None:
    """Be somebody else from now on, by the switch on the status board."""
    screen.hard("/status/?delay=0&gauge=works")
    button = f"[name=role][value={role}]"
    screen.click(f"css={button}")
    pressed = f"{button}[aria-pressed=true]"
    screen.assert_eventually(lambda: screen.count(pressed), bool, f"one is {role}")
    screen.settle()


def fill_in_member(screen: Screen, **values: str) -> None:
    for name, value in values.items():
        screen.type(f"dialog #id_member-{name}", value)


def test_the_staff_adds_a_member_in_a_modal(screen: Screen, htmx: int) -> None:
    """B39, S40: an error shows in the modal; success closes it, and all slots that show people are new."""
    become(screen, "admin")
    screen.hard("/dashboard/")
    screen.type(NOTE, "half a thought")
    before = stamps(screen)
    screen.click("Add a member")
    assert_dialogs(screen, "Add a member ")
    screen.assert_at("/dashboard/team/new/")
    assert screen.focused() == "#id_member-name"
    name = f"Grace Hopper {htmx}"
    fill_in_member(screen, title="Compilers", email="ada@tideline.example", city="New York")
    fill_in_member(screen, name=name)
    screen.press("Enter")
    screen.assert_says("Somebody else has this address.", "dialog")
    assert_dialogs(screen, "Add a member ")
    assert screen.focused() == "#id_member-email"
    assert screen.value("#id_member-name") == name
    fill_in_member(screen, email=f"grace{htmx}@tideline.example")
    screen.press("Enter")
    screen.assert_says(name, f"{TEAM} .people")
    assert_dialogs(screen)
    screen.assert_at("/dashboard/team/")
    screen.assert_says(f"{name} has joined the team.", MESSAGES)
    screen.assert_says(f"{name} has joined the team.", CHANGES)
    after = stamps(screen)
    assert {slot for slot in before if after[slot] == before[slot]} == {"layout", "analytics"}
    assert screen.value(NOTE) == "half a thought"
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    assert screen.text(MESSAGES) == ""
    screen.go(-2)
    screen.assert_at("/dashboard/")  # and not at the form
    assert_dialogs(screen)


def test_the_staff_edits_and_deletes_a_member(screen: Screen, htmx: int) -> None:
    """S40: what is asked in a modal shows behind it; the confirmation may say no."""
    become(screen, "admin")
    slug = {2: "hiro-tanaka", 4: "kavya-rao"}[htmx]
    screen.hard(f"/dashboard/team/{slug}/")
    name = screen.text(f"{TEAM} h2")
    screen.click("Edit")
    assert_dialogs(screen, f"Edit {name}")
    fill_in_member(screen, title="Admiral")
    screen.press("Enter")
    screen.assert_says("Admiral", TEAM)
    screen.assert_says(f"{name} is up to date.", MESSAGES)
    assert_dialogs(screen)
    screen.assert_at(f"/dashboard/team/{slug}/")
    screen.click("Delete")
    assert_dialogs(screen, f"Delete {name}")
    screen.assert_at(f"/dashboard/team/{slug}/delete/")
    screen.click("css=dialog form button")
    if slug == "kavya-rao":
        screen.assert_says("First somebody else has to lead Lantern.", "dialog")
        screen.press("Escape")
        assert_dialogs(screen)
        screen.assert_at(f"/dashboard/team/{slug}/")
        screen.assert_says(name, f"{TEAM} h2")
    else:
        screen.assert_says(f"{name} has left the team.", CHANGES)
        assert_dialogs(screen)
        screen.assert_at("/dashboard/team/")
        screen.back()
        screen.assert_says("There is nothing here.", TEAM)
        assert_dialogs(screen)


def test_the_filtered_team_stays_while_one_navigates(screen: Screen) -> None:
    """S13, S38: a form with GET is a navigation of its slot, and what it found is kept."""
    screen.hard("/dashboard/")
    screen.page.select_option(f"{TEAM} [name=role]", "viewer")
    screen.type(f"{TEAM} [name=name]", "i")
    screen.press("Enter")
    screen.assert_at("/dashboard/team/?name=i&role=viewer")
    screen.assert_sent("soft GET /dashboard/team/?name=i&role=viewer")
    screen.assert_says("3 people", TEAM)
    team = stamp(screen, "team")
    screen.click("Docs")
    screen.assert_at("/dashboard/docs/")
    screen.click("css=#slot-children-analytics a >> nth=0")
    screen.assert_at("/dashboard/page-views/")
    assert stamp(screen, "team") == team
    assert screen.value(f"{TEAM} [name=role]") == "viewer"
    screen.reload()
    assert screen.value(f"{TEAM} [name=role]") == ""
    screen.go(-2)
    screen.assert_at("/dashboard/team/?name=i&role=viewer")
    screen.assert_says("3 people", TEAM)


@pytest.mark.parametrize(
    ("path", "name"), [("/gallery/", "lightbox"), ("/gallery/farid-haddad/", "drawer")]
)
def test_a_comment_is_said_in_the_modal(screen: Screen, htmx: int, path: str, name: str) -> None:
    """B39: the view that is shown gets the form; the photo stays a modal, and the wall is kept."""
    become(screen, "member")
    screen.hard(path)
    screen.mark()
    screen.click(PHOTO)
    assert_dialogs(screen, "The last ferry")
    screen.click("Say it")
    screen.assert_says("This field is required.", "dialog")
    assert_dialogs(screen, "The last ferry")
    words = f"Said in the {name} with htmx {htmx}."
    screen.type("dialog [name=text]", words)
    screen.click("Say it")
    screen.assert_says(words, "dialog .feed")
    assert_dialogs(screen, "The last ferry")
    screen.assert_at("/photos/8/")
    assert stamp(screen, name)
    assert screen.value("dialog [name=text]") == ""
    assert screen.kept("children.children")
    screen.back()
    assert_dialogs(screen)
    screen.assert_at(path)


def test_the_staff_hangs_a_photo(screen: Screen) -> None:
    """S40: a file arrives; the redirect opens the photo in the modal, and the wall behind is new."""
    become(screen, "admin")
    screen.hard("/gallery/")
    screen.click("Add a photo")
    assert_dialogs(screen, "Add a photo ")
    screen.type("#id_title", "Ferry")
    screen.type("#id_caption", "Once more.")
    screen.type("#id_place", "Here")
    screen.page.select_option("#id_author", label="Maya Stone")
    file = {"name": "dot.webp", "mimeType": "image/webp", "buffer": b"no picture"}
    screen.page.set_input_files("#id_picture", file)
    screen.click("css=dialog form button")
    screen.assert_says("That is no picture.", "dialog")
    screen.page.set_input_files("#id_picture", PICTURE)
    screen.click("css=dialog form button")
    assert_dialogs(screen, "Ferry")
    first = "document.querySelector('.grid li').innerText"
    assert "Ferry" in screen.evaluate(first)
    pictures = "['.grid img', '.stage img:not(.preview)']"
    widths = f"{pictures}.map((css) => document.querySelector(css).naturalWidth)"
    screen.assert_eventually(lambda: screen.evaluate(widths), all, "one sees it")
    screen.click("css=dialog >> text='Edit'")
    assert_dialogs(screen, "Edit Ferry")
    screen.type("#id_title", "Point")
    screen.press("Enter")
    assert_dialogs(screen, "Point")
    assert "Point" in screen.evaluate(first)
    screen.click("css=dialog >> text='Delete'")
    assert_dialogs(screen, "Delete Point")
    screen.click("css=dialog form button")
    assert_dialogs(screen)
    screen.assert_at("/gallery/")
    screen.assert_says("“Point” is gone.", MESSAGES)
    assert "First light" in screen.evaluate(first)


def test_the_photographer_may_be_new(screen: Screen, htmx: int) -> None:
    """Issue 5: a form above a form; what is typed below stays, and the new one is chosen there."""
    become(screen, "admin")
    screen.hard("/gallery/")
    screen.click("Add a photo")
    assert_dialogs(screen, "Add a photo ")
    screen.type("#id_title", "Ferry")
    screen.click("Add somebody new")
    assert_dialogs(screen, "Add a photo ", "Add a member ")
    name = f"Jean Bartik {htmx}"
    fill_in_member(
        screen, name=name, title="Coder", city="Here", email=f"jean{htmx}@tideline.example"
    )
    screen.press("Enter")
    assert_dialogs(screen, "Add a photo ")
    chosen = "document.querySelector('#id_author').selectedOptions[0].text"
    screen.assert_eventually(
        lambda: screen.evaluate(chosen), lambda text: text == name, "she is chosen"
    )
    assert screen.value("#id_title") == "Ferry"
    screen.assert_says(f"{name} has joined the team.", MESSAGES)
    screen.answer("no")
    screen.press("Escape")
    screen.assert_asked("What you have entered is not saved. Leave anyway?")
    assert_dialogs(screen, "Add a photo ")
    screen.assert_at("/photos/new/")
    screen.answer("yes")
    screen.press("Escape")
    assert_dialogs(screen)
    screen.assert_at("/gallery/")


# --- the status board ---

LATE = ("queue", "latency", "deploys", "gauge", "log")  # panels, by the name on their stamps
BUSY = '[data-pr-slot][aria-busy="true"]'


@pytest.fixture
def board(
    request: pytest.FixtureRequest, htmx: int, open_example: Callable[..., Screen]
) -> Screen:
    """A window on the example: under ASGI with htmx 2, under WSGI with htmx 4."""
    return open_example(request.getfixturevalue({2: "server", 4: "runserver"}[htmx]))


def panel(name: str) -> str:
    return f"#slot-children-{name}"


def stamps(screen: Screen) -> dict[str, str]:
    """All stamps on the page, by the name that they begin with."""
    seen = screen.evaluate(
        "[...document.querySelectorAll('.stamp p')].map((stamp) => stamp.textContent)"
    )
    return {text.partition(" rendered ")[0]: text for text in seen}


def begin(screen: Screen, path: str) -> None:
    """Load a document, and look at it before it is complete."""
    screen.page.goto(path, wait_until="commit")
    screen.page.wait_for_selector("main#content")
    sheets = "[...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)"
    screen.assert_eventually(lambda: screen.evaluate(sheets), bool, "what they hide is hidden")


def test_the_board_is_there_before_its_slow_panels(board: Screen) -> None:
    """S43: deferred and streamed; nobody waits for them."""
    begin(board, "/status/?delay=3000&gauge=works")
    early = board.evaluate(  # all at once
        "(panels) => panels.map((panel) => document.querySelector(panel).innerText)",
        [panel(name) for name in ("uptime", *LATE)],
    )
    assert "30 days" in early[0]
    assert early[1:5] == ["Loading…"] * 4
    assert "Requests" in early[5]  # the tabs are there,
    assert "Loading…" in early[5]  # their page is not
    for name, words in {
        "queue": "jobs are waiting",
        "latency": "ms at most",
        "deploys": "rendered",
        "gauge": "above chart datum",
        "log": "GET /pricing",
    }.items():
        board.assert_says(words, panel(name))
    board.settle()
    assert (
        board.count(f"{BUSY}, [data-pr-state='loading'], [data-pr-slot] .parallel-routes-loading")
        == 0
    )
    board.assert_at("/status/?delay=3000&gauge=works")


def test_trying_the_gauge_again_changes_no_other_panel(board: Screen) -> None:
    """S44: it fails every other time, so it works the second time at the latest."""
    board.hard("/status/?delay=0&gauge=flaky")
    board.type(f"{panel('uptime')} .stamp input", "half a thought")
    while True:
        board.settle()
        before = stamps(board)
        if "gauge" not in before:
            break
        board.reload()  # now it is the turn of one that fails
        board.type(f"{panel('uptime')} .stamp input", "half a thought")
    board.assert_says("This could not be loaded.", panel("gauge"))
    board.click("Try again")
    board.assert_says("above chart datum", panel("gauge"))
    after = stamps(board)
    assert after.pop("gauge")
    assert after == before
    assert board.value(f"{panel('uptime')} .stamp input") == "half a thought"


def test_a_gauge_that_fails_fails_until_the_knob_is_turned(board: Screen) -> None:
    """S44: the retry is an honest one."""
    board.hard("/status/?delay=0&gauge=fails")
    board.assert_says("This could not be loaded.", panel("gauge"))
    board.click("Try again")
    board.settle()
    board.assert_says("This could not be loaded.", panel("gauge"))
    board.page.select_option("#id_gauge", "works")
    board.click("#turn")
    board.assert_at("/status/?delay=0&gauge=works")
    board.assert_says("above chart datum", panel("gauge"))


def test_turning_the_knobs_shows_that_panels_load(board: Screen) -> None:
    """S43, S57: on a soft navigation, too. It is the same page, so what is there stays meanwhile."""
    board.hard("/status/?delay=0&gauge=works")
    before = stamps(board)
    board.type("#id_delay", "1200")  # under WSGI, one panel waits after the other
    board.press("Enter")
    board.assert_at("/status/?delay=1200&gauge=works")
    assert board.count(f"{panel('latency')}[aria-busy='true']") == 1
    assert "Loading" not in board.text(panel("latency"))
    board.assert_says("30 days", panel("uptime"))
    late = "Queue, Latency, Deploys, Gauge"
    board.assert_says(f"Status, Uptime, Incident, Costs changed; {late} still to come", ".lowbar")
    board.settle()
    for name in late.split(", "):
        board.assert_says(name, ".lowbar")
    board.assert_says("arrived later, each by itself", ".lowbar")
    after = stamps(board)
    kept = {name for name in before if after[name] == before[name]}
    assert kept == {"layout", "log tabs", "log"}
    assert board.count(BUSY) == 0


def test_tabs_stay_while_one_of_them_loads(board: Screen) -> None:
    """S43, S45: and if there is none; Back brings the others."""
    board.hard("/status/?delay=1500&gauge=works")
    board.type(f"{panel('log')} .card > .stamp input", "half a thought")
    tabs = stamp(board, "log tabs")
    board.click("Errors")
    board.assert_says("Loading…", panel("log"))
    board.assert_says("Connection reset", panel("log"))
    board.assert_at("/status/log/errors/")
    board.click("Backups")
    board.assert_says("There is nothing here.", panel("log"))
    board.assert_at("/status/log/backups/")
    assert stamp(board, "log tabs") == tabs
    assert board.value(f"{panel('log')} .card > .stamp input") == "half a thought"
    board.page.mouse.move(0, 0)  # off the link, which would be prefetched
    board.back()
    board.assert_says("Connection reset", panel("log"))
    board.assert_sent()
    board.forward()
    board.assert_says("There is nothing here.", panel("log"))


def test_panels_come_and_go_with_the_role(board: Screen) -> None:
    """S46: a test on the slot, ``{% if %}`` around it, and a refusal in place."""
    board.hard("/status/?delay=0&gauge=works")
    assert board.count(", ".join(map(panel, ("rota", "keys", "audit")))) == 0
    board.assert_says("You may not see this.", panel("costs"))
    board.click("Member")
    board.assert_says("this week", panel("rota"))
    assert board.count(", ".join(map(panel, ("keys", "audit")))) == 0
    board.assert_says("You may not see this.", panel("costs"))
    board.assert_at("/status/?delay=0&gauge=works")
    board.click("Admin")
    board.assert_says("Newsletter", panel("keys"))
    board.assert_says("rendered", panel("audit"))
    board.assert_says("€ 1,284", panel("costs"))
    board.click("Visitor")
    board.assert_says("but not for visitors", "main")
    assert board.count(", ".join(map(panel, ("rota", "keys", "audit")))) == 0


@pytest.fixture
def plain(open_example: Callable[..., Screen]) -> Screen:
    """A window without JavaScript."""
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
    assert page.locator(".topbar-end >> text=ada").count() == 1


def test_without_javascript_the_staff_adds_a_member(plain: Screen) -> None:
    """B41: an error, a success and its message, which appears once, as full pages."""
    page = plain.page

    def follow(target: str) -> None:
        with page.expect_navigation():
            page.click(target)

    page.goto("/status/?delay=0&slots=inline")
    follow("[name=role][value=admin]")
    page.goto("/dashboard/")
    follow("text=Add a member")
    assert plain.url == "/dashboard/team/new/"
    for name, value in {"name": "Mary", "title": "Flow", "city": "Here"}.items():
        page.fill(f"#id_member-{name}", value)
    page.fill("#id_member-email", "ada@tideline.example")
    follow("button:text-is('Add')")
    assert page.locator(".errorlist").inner_text() == "Somebody else has this address."
    page.fill("#id_member-email", "mary@tideline.example")
    follow("button:text-is('Add')")
    assert plain.url == "/dashboard/team/"
    assert "Mary" in page.locator(".people li").first.inner_text()
    assert page.locator(MESSAGES).inner_text() == "Mary has joined the team."
    follow(".topbar-end >> text=admin")
    follow("text=Log out")
    assert plain.url == "/dashboard/team/"
    assert page.locator("text=Add a member").count() == 0
    assert page.locator(MESSAGES).inner_text() == ""


@pytest.mark.parametrize("kind", ["server", "runserver"])
def test_without_javascript_the_board_is_complete(
    open_example: Callable[..., Screen], kind: str, request: pytest.FixtureRequest
) -> None:
    """S43, B12: the page leads on to one with everything in its place, and retrying is a reload."""
    plain = open_example(request.getfixturevalue(kind), java_script_enabled=False)
    page = plain.page
    page.goto("/status/?delay=200&gauge=fails")
    page.wait_for_url("**/status/?delay=200&gauge=fails&slots=inline")
    for name in ("queue", "latency", "deploys", "log"):
        assert " rendered " in page.locator(panel(name)).inner_text(), name
    assert page.locator("[data-pr-state=loading]").count() == 0
    with page.expect_navigation():
        page.click("text=Try again")
    assert page.locator("text=This could not be loaded.").count() == 1
    page.select_option("#id_gauge", "works")
    with page.expect_navigation():
        page.click("#turn")
    page.wait_for_url("**/status/?delay=200&gauge=works&slots=inline")
    assert "above chart datum" in page.locator(panel("gauge")).inner_text()


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
    "/dashboard/docs/guides/loading",
    "/status/?delay=0&gauge=works",
    "/status/?delay=0&gauge=fails",  # an error, a refusal, and what is not found
    "/status/?delay=9999&gauge=works",  # a knob that is out of bounds
    "/status/?slots=inline&delay=0&gauge=fails",
    "/status/log/backups/",
]
STAFF_PAGES = [
    "/account/",
    "/dashboard/",
    "/dashboard/team/new/",
    "/dashboard/team/ada-novak/edit/",
    "/dashboard/team/ada-novak/delete/",
    "/photos/new/",
    "/photos/8/",
    "/photos/8/edit/",
    "/photos/8/delete/",
]
MODALS = [  # where one is, what one clicks, and the heading of what opens
    ("/gallery/", {PHOTO: "The last ferry"}),
    ("/gallery/", {PHOTO: "The last ferry", FARID: "Farid Haddad"}),
    ("/gallery/farid-haddad/", {PHOTO: "The last ferry"}),
    ("/gallery/farid-haddad/", {PHOTO: "The last ferry", FARID: "Farid Haddad"}),
    ("/dashboard/", {"Log in": "Log in"}),
    ("/", {"Display": "Display settings"}),
]

STAFF_MODALS = [
    ("/", {"css=.topbar-end [href^='/account/']": "Your account"}),
    ("/dashboard/", {"Add a member": "Add a member "}),
    ("/dashboard/team/ada-novak/", {"Delete": "Delete Ada Novak"}),
    ("/gallery/", {PHOTO: "The last ferry"}),
    ("/gallery/", {"Add a photo": "Add a photo "}),
]


WCAG_22 = {"rules": {"target-size": {"enabled": True}}}


def complaints(screen: Screen) -> list[str]:
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in Axe().run(screen.page, options=WCAG_22).response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing(open_example: Callable[..., Screen], scheme: str, width: int) -> None:
    """On no page, and with no modal open: WCAG 2.2 as well, and at 320 px nothing is cut off."""
    screen = open_example(color_scheme=scheme, viewport={"width": width, "height": 900})
    found: dict[str, list[str]] = {}
    screen.hard("/status/")
    screen.click("Admin")  # who sees all panels; below, a visitor
    screen.assert_says("Newsletter", panel("keys"))
    found["all panels"] = complaints(screen)
    screen.hard("/status/?delay=0&gauge=fails")
    screen.click(f"css={panel('gauge')} summary")
    screen.assert_says("Traceback", panel("gauge"))
    found["a traceback"] = complaints(screen)
    begin(screen, "/status/?delay=5000&gauge=works")
    assert screen.text(panel("latency")) == "Loading…"
    found["loading"] = complaints(screen)
    assert screen.text(panel("latency")) == "Loading…"  # as it was all the time
    look_at(screen, STAFF_PAGES, STAFF_MODALS, found)
    screen.hard("/dashboard/team/ada-novak/delete/")
    screen.click(f"css={TEAM} button")
    screen.assert_says("First somebody else has to lead Northstar.", TEAM)
    found["a refusal"] = complaints(screen)
    screen.page.context.clear_cookies()
    look_at(screen, PAGES, MODALS, found)
    assert not {where: what for where, what in found.items() if what}


def look_at(
    screen: Screen,
    pages: list[str],
    modals: list[tuple[str, dict[str, str]]],
    found: dict[str, list[str]],
) -> None:
    """Load pages and open modals, and note down what axe finds."""
    for path in pages:
        screen.hard(path)
        found.setdefault(path, []).extend(complaints(screen))
        width = screen.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        if width > 0:
            found[path].append(f"{width} pixels are beyond the edge of the window")
    for path, steps in modals:
        screen.hard(path)
        for number, click in enumerate(steps, start=1):
            screen.click(click)
            assert_dialogs(screen, *list(steps.values())[:number])
        found.setdefault(f"{path} {steps}", []).extend(complaints(screen))

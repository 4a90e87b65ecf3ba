"""Django's form views in slots and modals, unmodified: what is sent, shown again, closed, refreshed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from tests.browser.harness import Screen
from tests.models import Note
from tests.support.gates import Gates
from tests.urls.forms import seen

pytestmark = [pytest.mark.urls("tests.urls.forms"), pytest.mark.django_db(transaction=True)]

HOME = {"children": "no notes", "search": "Find With a found", "count": "0 of /f/"}


@pytest.fixture(autouse=True)
def watching(settings: Settings) -> None:
    settings.PARALLEL_ROUTES_WATCH_QUERIES = True
    seen.clear()


def names() -> list[str]:
    return list(Note.objects.values_list("name", flat=True).order_by("pk"))


def home(*notes: str, **more: str) -> dict[str, str]:
    """What is on screen with these notes at ``/f/``."""
    shown = {
        "children": " ".join(notes) or "no notes",
        "search": f"Find With a found {' '.join(notes)}".strip(),
        "count": f"{len(notes)} of /f/",
    }
    return {**shown, **more}


def invalid(screen: Screen) -> None:
    """Wait until the focus is in a field that is said to be wrong."""
    screen.assert_eventually(
        lambda: screen.evaluate("document.activeElement.ariaInvalid"),
        lambda seen: seen == "true",
        "the focus is in the first field with an error",
    )


# --- A form in a modal ---


@pytest.mark.parametrize("kind", ["new", "strict"])
def test_a_form_in_a_modal_is_mended_and_saved(screen: Screen, kind: str) -> None:
    """S40, B39: whatever the status of the page with the errors."""
    screen.tolerate_noise("422")
    Note.objects.create(name="old")
    screen.hard("/f/other/")
    screen.soft("/f/")
    screen.assert_says("old", "#slot-children")
    screen.type("#typed", "mine")
    screen.mark()
    length = screen.evaluate("history.length")
    screen.soft(f"/f/{kind}/")
    screen.assert_modals(f"{'New' if kind == 'new' else 'Strict'} note")
    screen.assert_at(f"/f/{kind}/")

    screen.type("#id_name", "old")
    screen.click("Save")
    screen.assert_says("already exists", "dialog")
    screen.assert_sent(f"soft POST /f/{kind}/")
    invalid(screen)
    assert screen.value("#id_name") == "old"
    screen.assert_at(f"/f/{kind}/")
    assert all(map(screen.kept, ["children", "search", "count", "quiet"]))

    screen.type("#id_name", "young")
    screen.press("Enter")
    screen.assert_modals()
    screen.assert_at("/f/")
    count = "2 of /f/other/"
    screen.assert_shows(**home("old", "young", count=count, messages="young is there."))
    sent = screen.requests
    assert [request.method for request in sent] == ["POST", "GET"]
    assert sent[-1].path.startswith("/f/?slots=refresh:")
    assert screen.kept("quiet")
    assert screen.value("#typed") == "mine"
    screen.assert_title("Notes")

    assert screen.evaluate("history.length") == length + 1
    screen.back()
    screen.assert_shows(
        **home("old", "young", count=count, children="other")
    )  # no message any more
    screen.assert_at("/f/other/")
    screen.forward()
    screen.forward()
    screen.assert_at("/f/")
    screen.settle()
    screen.assert_modals()
    assert screen.value("#typed") == "mine"
    assert names() == ["old", "young"]


def test_a_modal_over_another_page_closes_onto_the_target(screen: Screen) -> None:
    """S40: "a soft navigation from the page underneath": slots take the target's state."""
    screen.hard("/f/other/")
    screen.soft("/f/new/")
    screen.assert_modals("New note")
    screen.type("#id_name", "young")
    screen.click("Save")
    screen.assert_modals()
    screen.assert_at("/f/")
    screen.assert_says("young", "#slot-children")
    screen.back()
    screen.assert_at("/f/other/")
    screen.assert_says("other", "#slot-children")
    screen.assert_modals()


@pytest.mark.parametrize("number", [1, 2])
def test_others_edit_and_delete_in_modals(screen: Screen, number: int) -> None:
    """S38: "stock views just work": UpdateView, DeleteView."""
    note = Note.objects.create(pk=1, name="old")
    screen.hard("/f/")
    if number == 1:
        screen.soft("/f/edit/1/")
        screen.assert_modals("A note")
        assert screen.value("#id_name") == "old"
        screen.type("#id_name", " ")
        screen.click("Save")
        invalid(screen)
        screen.type("#id_name", "new")
    else:
        screen.soft("/f/delete/1/")
        screen.assert_modals("Delete a note")
    screen.click("Save")
    screen.assert_modals()
    if number == 1:
        screen.assert_shows(**home("new", messages="new is its name."))
        note.refresh_from_db()
        assert note.name == "new"
    else:
        screen.assert_shows(**home(messages="It is gone."))
        assert names() == []
    screen.forward()
    screen.assert_at("/f/")
    screen.settle()
    screen.assert_modals()


# --- What is sent ---


def test_the_page_of_a_form_works_like_the_modal(screen: Screen) -> None:
    """B39: in children, softly and after a hard load; Back leads to an empty form."""
    screen.hard("/f/")
    screen.click("The page")
    screen.assert_says("Name", "#slot-children")
    screen.type("#id_name", "one")
    screen.click("Save")
    screen.assert_says("one", "#slot-children")
    screen.assert_at("/f/")
    screen.back()
    screen.assert_at("/f/new/#page")
    screen.assert_says("Name", "#slot-children")
    assert screen.value("#id_name") == ""
    screen.reload()
    screen.type("#id_name", "two")
    screen.press("Enter")
    screen.assert_at("/f/")
    screen.assert_says("one two", "#slot-children")
    assert names() == ["one", "two"]


@pytest.mark.parametrize("how", ["click", "submit", "both"])
def test_a_form_that_is_submitted_twice_is_sent_once(
    screen: Screen, gates: Gates, how: str
) -> None:
    """The first submission is not lost either."""
    gates.close("slow")
    screen.hard("/f/")
    screen.soft("/f/slow/")
    screen.assert_modals("Slow note")
    screen.type("#id_name", "once")
    for number in range(3):
        if how == "click" or (how == "both" and number % 2):
            screen.evaluate("document.querySelector('dialog button:not([data-pr-close])').click()")
        else:
            screen.evaluate("document.querySelector('dialog form').requestSubmit()")
    gates.expect_arrival("slow")
    gates.open("slow")
    screen.assert_modals()
    screen.assert_says("once is there.", "#slot-messages")
    assert seen == ["once"]
    assert names() == ["once"]


@pytest.mark.chromium
def test_a_form_can_be_sent_again_once_it_is_answered(screen: Screen) -> None:
    """Also if the network failed before an answer arrived."""
    screen.tolerate_noise("Failed to fetch", "ERR_FAILED", "sendError", "Failed to load")
    screen.hard("/f/")
    screen.soft("/f/new/")
    screen.assert_modals("New note")
    screen.type("#id_name", "again")
    screen.page.route("**/f/new/", lambda route: route.abort())
    screen.click("Save")
    screen.settle()
    screen.page.unroute("**/f/new/")
    screen.click("Save")
    screen.assert_modals()
    assert names() == ["again"]


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("button", "said", "at"),
    [
        ("One", "POST a=1 name=n press=one", "/f/echo/"),
        ("Two", "POST a=1 name=n press=two", "/f/echo/"),
        ("Far", "POST press=far", "/f/echo/"),
        ("Elsewhere", "POST name=n", "/f/echo/"),
        ("As a GET", "GET name=n", "/f/echo/other/"),
    ],
)
def test_buttons_say_what_is_sent_and_where_to(
    screen: Screen, button: str, said: str, at: str
) -> None:
    """B39: "submit buttons arrive"; formaction and formmethod hold."""
    screen.hard("/f/echo/")
    screen.click(button)
    screen.assert_says(said, "#slot-children p")
    screen.settle()
    assert screen.url.split("?")[0] == at
    assert screen.text("#slot-children p") == said


def test_a_picture_sends_where_it_was_clicked(screen: Screen) -> None:
    """B39: as a browser does."""
    screen.hard("/f/echo/")
    screen.click("css=input[type=image]")
    screen.assert_says("map.x=", "#slot-children p")


def test_a_get_form_stays_in_its_slot_while_others_navigate(screen: Screen) -> None:
    """S38: "remembers its own URL with its query"; a filter."""
    Note.objects.create(name="ab")
    Note.objects.create(name="b")
    screen.hard("/f/")
    screen.type("#q", "a")
    screen.click("Find")
    screen.assert_shows(**home("ab", "b", search="Find With a found ab"))
    screen.assert_at("/f/search/?q=a")
    screen.soft("/f/other/")
    screen.assert_shows(**home("ab", "b", children="other", search="Find With a found ab"))
    assert screen.value("#q") == "a"
    screen.back()
    screen.back()
    screen.assert_shows(**home("ab", "b"))


@pytest.mark.chromium
def test_files_arrive(screen: Screen) -> None:
    """B39: "files arrive", in a modal."""
    screen.hard("/f/")
    screen.soft("/f/upload/")
    screen.assert_modals("Upload")
    file: Any = {"name": "a.txt", "mimeType": "text/plain", "buffer": "söme".encode()}
    screen.page.set_input_files("#id_file", file)
    screen.type("#id_name", "x")
    screen.click("Save")
    screen.assert_modals()
    screen.assert_says("a.txt: söme", "#slot-messages")


def test_a_formset_shows_its_error(screen: Screen) -> None:
    """The error is in the second of its forms."""
    Note.objects.create(name="one")
    Note.objects.create(name="two")
    screen.hard("/f/all/")
    screen.type("#id_form-1-name", "one")
    screen.click("Save")
    screen.assert_says("already exists", "#slot-children")
    invalid(screen)
    assert screen.focused() == "#id_form-1-name"
    screen.type("#id_form-1-name", "deux")
    screen.type("#id_form-2-name", "trois")
    screen.click("Save")
    screen.assert_shows(
        **home(
            "one", "deux", "trois", count="3 of /f/all/", search="Find With a found one deux trois"
        )
    )
    assert names() == ["one", "deux", "trois"]


def test_a_user_logs_in_in_a_modal(screen: Screen) -> None:
    """Django's own view shows an error, starts a session, and the next form has a new CSRF token."""
    User.objects.create_user("ada", password="secret")
    screen.hard("/f/")
    screen.soft("/f/login/")
    screen.assert_modals("Log in")
    screen.type("#id_username", "ada")
    screen.type("#id_password", "wrong")
    screen.click("Save")
    screen.assert_says("enter a correct username", "dialog")
    screen.type("#id_password", "secret")
    screen.click("Save")
    screen.assert_modals()
    screen.assert_at("/f/")
    screen.soft("/f/new/")
    screen.assert_modals("New note")
    screen.type("#id_name", "mine")
    screen.click("Save")
    screen.assert_modals()
    assert names() == ["mine"]


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_the_verbs_of_htmx_arrive(screen: Screen, verb: str) -> None:
    """B39: "hx-post and its relatives": with a target of their own, the slots around untouched."""
    screen.hard("/f/echo/")
    screen.mark()
    screen.evaluate(
        """(verb) => {
            const button = document.createElement("button");
            button.textContent = "Send";
            button.setAttribute(`hx-${verb}`, "/verbs/");
            button.setAttribute("hx-target", "#sent");
            const [, token] = document.cookie.match(/csrftoken=([^;]*)/);
            button.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
            const sent = Object.assign(document.createElement("p"), { id: "sent" });
            document.querySelector("nav").append(button, sent);
            htmx.process(document.querySelector("nav"));
        }""",
        verb,
    )
    screen.click("Send")
    screen.assert_says(f"{verb.upper()} arrived", "#sent")
    assert seen == [f"{verb.upper()} /verbs/"]
    assert all(map(screen.kept, ["children", "search", "count", "quiet"]))


# --- What is refreshed ---


@pytest.mark.parametrize("is_watching", [True, False], ids=["watching", "not"])
def test_only_what_reads_what_was_written_is_refreshed(
    screen: Screen, settings: Settings, is_watching: bool
) -> None:
    """S40: "the slots behind that show changed data are refreshed", found by their queries; by opt-in."""
    settings.PARALLEL_ROUTES_WATCH_QUERIES = is_watching
    screen.hard("/f/other/")
    screen.mark()
    screen.soft("/f/upload/")  # writes into no table
    screen.assert_modals("Upload")
    screen.close()
    screen.assert_modals()
    screen.soft("/f/new/")
    screen.assert_modals("New note")
    screen.type("#id_name", "one")
    screen.click("Save")
    screen.assert_modals()
    count = "1 of /f/other/" if is_watching else "0 of /f/other/"
    search = "With a found one" if is_watching else "With a found"
    screen.assert_shows(
        children="one", search=f"Find {search}", count=count, messages="one is there."
    )
    assert screen.kept("quiet")
    if not is_watching:
        assert screen.count("[data-pr-tables]") == 0

"""Clicks on links and buttons, and what forms send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import path

from django_parallel_routes import slot, slots
from tests.models import Note
from tests.support.slot_clients import HEAD, says
from tests.window import layout, serve

# --- clicks ---


def test_a_click_does_what_the_attributes_of_a_link_say(site: Any) -> None:
    site.load("/")
    site.click("One")
    site.assert_open("modal")
    site.close()
    site.click("The page")
    site.assert_shows("children", "photo 1")
    site.click("Aside")
    site.assert_changed("side")
    site.click("#other")
    site.assert_changed("children", "side")


def test_a_click_needs_a_link_on_screen(site: Any) -> None:
    site.load("/")
    with pytest.raises(AssertionError) as error:
        site.click("Two")
    assert str(error.value).startswith(
        "There is no link or button 'Two' on screen. "
        "You can click 'One', 'The page', 'Aside', 'Other', 'Top', '→'.\n/  \"Home\"\n"
    )
    with pytest.raises(AssertionError, match=r"^There is no link .* in slot 'side'\."):
        site.click("One", inside="side")
    with pytest.raises(AssertionError, match=r"^There is no link .* outside of all slots\."):
        site.click("More", inside="")


def test_elements_beneath_a_modal_can_not_be_clicked(site: Any) -> None:
    site.load("/")
    site.click("One", inside="")
    with pytest.raises(AssertionError, match="What is beneath the modal can't be reached"):
        site.click("One")


@pytest.mark.urls("tests.urls.machine")
def test_the_slot_tells_which_of_several_links_is_meant(make: Callable[..., Any]) -> None:
    client = make()
    client.load("/")
    client.click("/photo/1/", inside="side")
    with pytest.raises(AssertionError) as error:
        client.click("/photo/2/")
    assert str(error.value).startswith(
        "There are several: link or button '/photo/2/' on screen. Say inside=…: "
        "<a href=\"/photo/2/\"> in 'the layout', <a href=\"/photo/2/\"> in 'children', "
    )
    client.click("/photo/2/", inside="modal")
    assert client.screen.slots["modal.children"].url == "/photo/2/"


BUTTONS = """
<button hx-get="/a/" hx-target="#slot-side">Get</button>
<button hx-get="/a/" hx-target="closest [data-pr-slot]" hx-push-url="true">Here</button>
<button hx-post="/a/" hx-target="body">Post</button>
<a href="/a/" hx-replace-url="true">Replace</a>
<a href="/a/" hx-get="/a/?x" hx-target="body">Other</a>
<button hx-get="/a/">Alone</button>
<a href="/a/" hx-target="#result">Into</a>
<a href="/a/" target="_blank">Tab</a>
<a href="/a/" target="_top">Top</a>
<a href="/a/" download>File</a>
<div hx-target:inherited="#slot-side"><a href="/a/">Inherits</a></div>
<div hx-boost="false"><a href="/a/">Plain</a>
<form action="/a/" method="post"><button>Send</button></form></div>
<form action="/a/"><button formmethod="dialog">Close</button>
<button formtarget="_blank">Print</button><button formtarget="_self">Same</button>
<button formtarget="_top">Leave</button></form>
<form action="/a/" target="_top"><button formtarget="_self">Stay</button></form>
<form action="/a/" target="_blank" id="there"><button>Open</button></form>
<button type="button">Idle</button>
<button data-pr-close>Idle close</button>
"""


@pytest.fixture
def buttons(settings: Any, make: Callable[..., Any]) -> Any:
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[
                path("", says(BUTTONS)),
                path("a/", lambda request: HttpResponse(request.method)),
            ],
            side=slot([path("a/", says("side at {path}"))], default=None),
        ),
    )
    client = make()
    client.load("/")
    return client


@pytest.mark.parametrize(
    ("text", "requests", "changed", "history"),
    [
        ("Get", "soft GET /a/", ("side",), ["/"]),
        ("Here", "soft GET /a/", ("children",), ["/", "/a/"]),
        ("Post", "soft POST /a/", ("children",), ["/"]),
        ("Replace", "soft GET /a/", ("children", "side"), ["/a/"]),
        ("Other", "soft GET /a/?x", ("children", "side"), ["/", "/a/?x"]),
        ("Inherits", "soft GET /a/", ("side",), ["/", "/a/"]),
        ("Top", "hard GET /a/", ("children", "side"), ["/", "/a/"]),
        ("File", "hard GET /a/", ("children", "side"), ["/", "/a/"]),
        ("Plain", "hard GET /a/", ("children", "side"), ["/", "/a/"]),
        ("Send", "hard POST /a/", ("children", "side"), ["/", "/a/"]),
        ("Same", "soft GET /a/", ("children", "side"), ["/", "/a/"]),
        ("Leave", "hard GET /a/", ("children", "side"), ["/", "/a/"]),
        ("Stay", "soft GET /a/", ("children", "side"), ["/", "/a/"]),
    ],
)
def test_htmx_attributes_keep_their_meaning(
    buttons: Any, text: str, requests: str, changed: Any, history: list[str]
) -> None:
    buttons.click(text)
    assert buttons.screen.requests == (requests,)
    assert buttons.screen.changed == changed
    assert buttons.history == history


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "Alone",
            "<button hx-get=\"/a/\"> has a target that is no slot, 'itself', which this client does "
            "not follow: request its URL by client.get(), and test the response.",
        ),
        (
            "Into",
            '<a href="/a/" hx-target="#result"> has a target that is no slot, \'#result\', which',
        ),
        (
            "Tab",
            '<a href="/a/" target="_blank"> opens another tab: say client.new_tab().load(\'/a/\').',
        ),
        ("Open", '<form action="/a/" target="_blank" id="there"> opens another tab: say client.'),
        ("Print", '<form action="/a/"> opens another tab: say client.new_tab(), load() a page,'),
        ("Idle", 'A click on <button type="button"> does nothing that this client knows.'),
        ("Idle close", "A click on <button data-pr-close> does nothing that this client knows."),
    ],
)
def test_a_click_that_the_client_can_not_follow_raises_an_error_that_says_why(
    buttons: Any, text: str, error: str
) -> None:
    with pytest.raises(AssertionError) as raised:
        buttons.click(text)
    assert str(raised.value).startswith(error)


def test_a_button_that_closes_a_dialog_sends_nothing(buttons: Any) -> None:
    """In a browser as well, if no dialog is around the form of the button."""
    buttons.click("Close")
    assert buttons.screen.requests == ()


# --- forms ---


forms = pytest.mark.urls("tests.urls.forms")


@forms
@pytest.mark.django_db
def test_a_form_in_a_modal_shows_errors_and_closes_when_it_is_saved(
    make: Callable[..., Any],
) -> None:
    """S40, B39: errors stay in the modal, success closes it."""
    Note.objects.create(name="old")
    client = make(enforce_csrf_checks=True)
    client.load("/f/")
    client.click("/f/strict/")
    client.submit_form({"name": "old"}, button="Save")
    assert client.screen.status_code == 422
    client.assert_open("modal", "already exists")
    client.assert_kept("children", "count")
    client.assert_url("/f/strict/")
    client.submit_form({"name": "young"})
    client.assert_closed("modal")
    client.assert_shows("children", "old young")
    client.assert_url("/f/")
    assert client.history == ["/f/", "/f/"]  # and here is the first


@forms
@pytest.mark.django_db
def test_files_are_sent(make: Callable[..., Any]) -> None:
    client = make()
    client.load("/f/upload/")
    file = SimpleUploadedFile("a.txt", b"content")
    client.submit_form({"name": "n", "file": file}, inside="children")
    client.assert_shows("messages", "a.txt: content")


@forms
@pytest.mark.django_db
def test_an_option_is_added_to_the_select_of_the_form_beneath(make: Callable[..., Any]) -> None:
    client = make()
    Note.objects.create(name="old")
    client.load("/f/")
    client.click("/f/reply/")
    client.click("Add a note")
    client.assert_open("modal.modal")
    client.submit_form({"name": "old"})
    client.assert_open("modal.modal", "already exists")
    client.submit_form({"name": "added"})
    client.assert_closed("modal.modal")
    client.assert_open("modal")
    assert "selected>added" in client.screen.slots["modal"].html.replace(
        ' selected=""', " selected"
    )
    client.submit_form({"text": "words"})
    client.assert_closed("modal")
    assert Note.objects.get(name="added").reply_set.get()


@forms
@pytest.mark.django_db
def test_a_form_sends_the_button_that_was_clicked(make: Callable[..., Any]) -> None:
    client = make(enforce_csrf_checks=True)
    client.load("/f/echo/")
    for text, said in (
        ("Two", "POST a=1 name=n press=two"),
        ("Elsewhere", "POST name=n"),
        ("As a GET", "GET name=n"),
        ("Far", "POST press=far"),
    ):
        client.load("/f/echo/")
        client.click(text)
        client.assert_shows("children", said)
    client.load("/f/echo/")
    client.submit_form({"name": None}, button="one", action="/f/echo/?a=1")
    client.assert_shows("children", "POST a=1 press=one")


@forms
@pytest.mark.django_db
def test_submit_form_needs_a_form_on_screen(make: Callable[..., Any]) -> None:
    client = make()
    client.load("/f/echo/")
    with pytest.raises(AssertionError) as error:
        client.submit_form({"nome": "n"}, button="One", action="/f/echo/?a=1")
    assert str(error.value).startswith(
        "There is no form with the fields ['nome'] and the button 'One' and the action '/f/echo/?a=1' on "
        "screen. The forms there have the fields ['name'] and [] and ['q'].\n/f/echo/"
    )
    with pytest.raises(AssertionError, match=r"^There are several: form on screen\. Say inside"):
        client.submit_form()


def test_a_form_sends_its_fields_as_a_browser_does(
    settings: Any, make: Callable[..., Any]
) -> None:
    """The controls that are chosen, checked and enabled."""
    form = """<form action="/sent/">
        <input name="text" value="t"><input name="off" disabled value="x"><input value="nameless">
        <input type="checkbox" name="no"><input type="checkbox" name="yes" checked>
        <input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
        <input type="file" name="f"><input type="submit" name="s" value="other">
        <textarea name="area">\n&lt;b&gt;</textarea>
        <select name="first"><option>one<option value="2">two</select>
        <select name="chosen"><option value="1">one<option value="2" selected>two</select>
        <select name="many" multiple><option>a</option><option selected>b</option><option selected>c</option>
        </select><select name="none" multiple><option>a</option></select>
        <button name="b" value="pressed">Go</button></form>"""
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}"),
            children=[path("", says(form)), path("sent/", says("sent"))],
        ),
    )
    client = make()
    client.load("/")
    client.click("Go")
    assert client.screen.url == (
        "/sent/?text=t&yes=on&r=2&area=%3Cb%3E&first=one&chosen=2&many=b&many=c&b=pressed"
    )


def test_submit_needs_no_form_on_screen(settings: Any, make: Callable[..., Any]) -> None:
    def echo(request: HttpRequest) -> HttpResponse:
        said = request.body if request.method != "POST" else request.POST.get("a", "")
        return HttpResponse(
            f"{request.method} {b'name' in said if request.method == 'PUT' else said}"
        )

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}"),
            children=[path("", echo), path("b/", says("{path}"))],
        ),
    )
    client = make()
    client.load("/")
    client.submit(data={"a": "1"}, inside="children")
    client.assert_shows("children", "POST 1")
    client.submit("/", {"a": "1"}, method="put")
    client.assert_shows("children", "PUT True")
    client.submit("/b/?c=1", {"a": "1"}, method="get")
    client.assert_shows("children", "/b/?c=1&a=1")
    client.submit(method="get")
    client.assert_url("/b/")

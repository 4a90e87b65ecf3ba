"""``SlotClient`` and ``AsyncSlotClient``: a tab of a browser, and what one can ask of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.test import TestCase
from django.urls import path, set_script_prefix

from django_parallel_routes import intercept, refresh, slot, slots
from django_parallel_routes.client.dom import parse
from django_parallel_routes.test import (
    AsyncSlotClient,
    Screen,
    SlotClient,
    assert_soft_equals_hard,
)
from tests.models import Note
from tests.window import layout, serve

HEAD = "<!doctype html><head><title>Site</title>{% parallel_routes_script %}</head>"
MODAL = "django_parallel_routes/modal.html"


class Awaiting:
    """An async client, each of whose steps is awaited: so one test is good for both."""

    def __init__(self, client: AsyncSlotClient | None = None, **options: Any) -> None:
        self.client = client or AsyncSlotClient(**options)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.client, name)
        return async_to_sync(found) if inspect.iscoroutinefunction(found) else found

    def new_tab(self, *args: Any) -> Awaiting:
        return Awaiting(async_to_sync(self.client.new_tab)(*args))


@pytest.fixture(params=[SlotClient, Awaiting], ids=["sync", "async"])
def make(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return request.param


def says(html: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(html.format(path=request.get_full_path(), **kwargs))

    return view


PAGE = "<title>Photo {id}</title><p>photo {id}</p>"
LINKS = """
<nav><a href="/photo/1/">One</a> <a href="/photo/1/" data-pr-intercept="false">The page</a>
<a href="/other/" hx-target="#slot-side">Aside</a> <a href="/other/" id="other">Other</a>
<a href="/#top">Top</a> <a href="https://example.com/x" aria-label="Elsewhere">→</a></nav>
"""


@pytest.fixture
def site(settings: Any, make: Callable[..., Any]) -> Any:
    """``L{children "", photo/<id>/, other/, out/; side D, other/; modal D=None}``, and a client."""
    serve(
        settings,
        path("plain/", says("<title>Plain</title><body><a href='/'>home</a>")),
        slots(
            "",
            layout=layout(HEAD + LINKS + "{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            children=[
                path("", says("<title>Home</title>home")),
                path("photo/<int:id>/", says(PAGE), name="photo"),
                path("other/", says("<title>Other</title>other <a href='?page=2'>More</a>")),
                path("out/", lambda request: redirect("/other/")),
            ],
            side=slot([path("other/", says("side of {path}"))], default=says("no side")),
            modal=slot(
                [
                    intercept(
                        "photo", says("<title>Photo</title>modal {id} <a href='../2/'>Next</a>")
                    )
                ],
                layout=MODAL,
                default=None,
            ),
        ),
    )
    return make()


def shown(client: Any) -> dict[str, str]:
    return {slot.address: slot.own_text for slot in client.screen.slots.values() if slot.own_text}


HOME = {"children": "home", "side": "no side"}

# --- where one is ---


def test_a_screen_prints_what_is_on_it_as_a_table(site: Any) -> None:
    assert str(site.screen) == "Nothing is loaded yet."
    site.load("/")
    site.visit("/photo/1/")
    assert str(site.screen) == (
        '/photo/1/  "Photo"\n'
        "   children        page         /          home\n"
        "   side            default      /          no side\n"
        "*  modal           layout       /\n"
        "*  modal.children  intercepted  /photo/1/  modal 1 Next"
    )


def test_a_page_without_slots_prints_what_can_be_read(site: Any) -> None:
    site.load("/plain/")
    assert str(site.screen) == '/plain/  "Plain"\n  home'
    site.load("/nowhere/")
    assert str(site.screen).startswith('/nowhere/  "Not Found"  (status 404)\n  Not Found The')
    assert site.screen.status_code == 404


def test_a_screen_stays_as_it_was(site: Any) -> None:
    site.load("/")
    before = site.screen
    site.visit("/other/")
    assert before.url == "/"
    assert before["children"].text == "home"
    assert site.screen["children"].url == "/other/"
    assert before.slots["children"] != site.screen.slots["children"]


def test_the_response_is_djangos(site: Any) -> None:
    assert site.load("/") is site.response
    assert site.visit("/other/") is site.response
    assert site.response["Parallel-Routes"] == "/other/"


def test_djangos_own_methods_leave_the_screen_alone(site: Any) -> None:
    site.load("/")
    assert site.get("/other/").status_code == 200
    assert shown(site) == HOME


def test_a_step_needs_a_page_to_start_from(site: Any) -> None:
    with pytest.raises(
        AssertionError, match=r"^A visit of / needs a page to start from: load\(\)"
    ):
        site.visit("/")


# --- navigations ---


def test_a_visit_changes_what_the_url_is_for(site: Any) -> None:
    """S13: as the script does."""
    site.load("/")
    site.visit("/other/")
    assert shown(site) == {"children": "other More", "side": "side of /other/"}
    assert site.screen.changed == ("children", "side")
    assert site.screen.requests == ("soft GET /other/",)
    assert (site.screen.title, site.screen.url) == ("Other", "/other/")
    assert site.history == ["/", "/other/"]


def test_a_visit_may_be_for_one_slot(site: Any) -> None:
    """B19"""
    site.load("/")
    site.visit("/other/", slot="side")
    assert shown(site) == {"children": "home", "side": "side of /other/"}
    assert site.response.asgi_request if hasattr(site, "client") else site.response.wsgi_request


@pytest.mark.parametrize(
    ("history", "entries", "url"),
    [
        ("push", ["/", "/other/"], "/other/"),
        ("replace", ["/other/"], "/other/"),
        (False, ["/"], "/"),
    ],
)
def test_a_visit_says_what_becomes_of_the_history(
    site: Any, history: Any, entries: list[str], url: str
) -> None:
    site.load("/")
    site.visit("/other/", history=history)
    assert (site.history, site.screen.url) == (entries, url)


def test_a_visit_is_intercepted_unless_it_wants_the_page(site: Any) -> None:
    """S22, S24"""
    site.load("/")
    site.visit("/photo/1/")
    site.assert_open("modal", "modal 1")
    site.visit("/photo/1/", intercept=False)
    assert shown(site)["children"] == "photo 1"
    site.assert_closed("modal")


def test_in_a_slot_urls_are_relative_to_its_own(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    site.visit("../2/", inside="modal.children")
    assert site.screen["modal.children"].url == "/photo/2/"
    site.click("Next")
    assert site.screen.url == "/photo/2/"
    site.visit("/other/", intercept=False)
    site.click("More")
    assert site.screen.url == "/other/?page=2"


def test_another_layout_is_a_document(site: Any) -> None:
    """S17"""
    site.load("/")
    site.visit("/plain/")
    assert site.screen.requests == ("soft GET /plain/", "hard GET /plain/")
    assert not site.screen.slots
    site.click("home")
    assert site.screen.requests == ("hard GET /",)
    assert site.history == ["/", "/plain/", "/"]


def test_redirects_are_followed(site: Any) -> None:
    site.load("/")
    site.visit("/out/")
    assert site.screen.requests == ("soft GET /out/", "soft GET /other/")
    assert site.screen.url == "/other/"
    site.load("/out/")
    assert site.screen.requests == ("hard GET /out/", "hard GET /other/")
    assert site.history == ["/", "/other/"]


def test_a_hash_is_a_place_on_the_page(site: Any) -> None:
    site.load("/")
    site.click("Top")
    assert site.screen.requests == ()
    assert site.history == ["/", "/#top"]
    assert site.explain() == "The last step was a click on 'Top' from /."
    site.back()
    assert site.screen.url == "/"
    assert site.screen.requests == ()
    site.visit("/other/#there")
    assert site.screen.url == "/other/#there"
    site.load("/plain/#a")
    site.load("/plain/#a")
    site.visit("#b")
    site.back()
    assert site.screen.requests == ()
    assert site.history == ["/", "/other/#there", "/plain/#a", "/plain/#b"]


def test_other_sites_are_left_to_browsers(site: Any) -> None:
    site.load("/")
    site.click("Elsewhere")
    assert site.screen.url == "/x"
    assert site.screen.requests == ()
    assert site.screen.text == ""
    site.back()
    assert shown(site) == HOME


def test_without_the_script_all_is_a_document(settings: Any, make: Callable[..., Any]) -> None:
    serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}"),
            children=[
                path("", says("home <form method=post action=/a/><button>Go</button></form>")),
                path("a/", says("a {path}")),
            ],
        ),
    )
    client = make()
    client.load("/")
    client.visit("/a/")
    assert client.screen.requests == ("hard GET /a/",)
    assert not client.screen.has_script
    assert "has no {% parallel_routes_script %}, so all is a document" in client.explain()
    client.back()
    client.submit_form()
    assert client.screen.requests == ("hard POST /a/",)
    client.reload()
    client.back()
    assert shown(client) == {"children": "home Go"}
    client.reload()
    assert shown(client) == {"children": "home Go"}


# --- history ---


def test_back_and_forward_bring_back_what_was_there(site: Any) -> None:
    """S33"""
    site.load("/")
    site.visit("/photo/1/")
    site.visit("/other/")
    site.back()
    assert shown(site) == {**HOME, "modal.children": "modal 1 Next"}
    assert site.screen.requests == ("soft GET /photo/1/",)
    site.back()
    assert shown(site) == HOME
    assert site.screen.requests == ()  # to empty a slot, nobody has to be asked
    site.forward()
    site.assert_open("modal")
    site.go(-1)
    site.assert_url("/")


def test_where_there_is_no_entry_one_cannot_go(site: Any) -> None:
    site.load("/")
    site.visit("/other/")
    with pytest.raises(AssertionError) as error:
        site.forward()
    problem, _, screen = str(error.value).partition("\n")
    assert problem == (
        "There is no entry of the history to go to, +1 from here: it has ['/', '/other/'], and this is "
        "/other/."
    )
    assert screen == str(site.screen)


def test_entries_of_other_documents_are_loaded(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    site.load("/plain/")
    site.back()
    assert site.screen.requests == ("hard GET /photo/1/", "soft GET /photo/1/")
    assert shown(site) == {**HOME, "modal.children": "modal 1 Next"}
    site.forward()
    assert site.screen.title == "Plain"


def test_a_reload_shows_the_page_of_the_url(site: Any) -> None:
    """S26"""
    site.load("/")
    site.visit("/photo/1/")
    site.reload()
    assert shown(site) == {"children": "photo 1", "side": "no side"}
    assert site.screen.title == "Photo 1"
    site.back()
    assert shown(site) == HOME


def test_tabs_share_cookies_and_nothing_else(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    other = site.new_tab("/photo/1/")
    assert shown(other)["children"] == "photo 1"
    other.visit("/other/")
    site.assert_open("modal")
    assert site.new_tab().screen == Screen()
    site.cookies["a"] = "b"
    assert other.cookies["a"].value == "b"


# --- open and close ---


def test_closing_goes_back_to_what_lies_beneath(site: Any) -> None:
    """B35"""
    site.load("/")
    site.visit("/photo/1/")
    site.close()
    assert shown(site) == HOME
    assert site.history == ["/", "/photo/1/"]
    site.forward()
    site.assert_open("modal")
    site.click("Close")
    site.assert_url("/")


def test_closing_replaces_an_entry_where_nothing_lies_beneath(site: Any) -> None:
    """B35"""
    site.load("/other/")
    site.visit("/photo/1/", history="replace")
    site.close(None)
    assert site.history == ["/other/"]
    assert shown(site)["children"] == "other More"
    site.assert_closed()


def test_nothing_can_be_closed_where_nothing_is_open(site: Any) -> None:
    site.load("/")
    for slot_, where in (("modal", " in slot 'modal'"), (None, "")):
        with pytest.raises(AssertionError) as error:
            site.close(slot_)
        assert str(error.value) == (
            f"Nothing is open{where} that could be closed.\n"
            '/  "Home"\n'
            "*  children  page     /  home\n"
            "*  side      default  /  no side\n"
            "*  modal     empty    /"
        )


@pytest.mark.urls("tests.urls.machine")
def test_levels_close_one_by_one(make: Callable[..., Any]) -> None:
    """B32"""
    client = make()
    client.load("/note/1/")  # has a background
    assert (client.screen["modal.children"].url, client.screen["children"].url) == (
        "/note/1/",
        "/feed/",
    )
    client.visit("/outside/2/", inside="modal.children")
    client.assert_open("modal.modal")
    client.close("modal.modal")
    client.assert_url("/note/1/")
    client.visit("/outside/2/", inside="modal.children", history="replace")
    client.close(None)
    client.assert_url("/note/1/")
    client.close("modal")
    client.assert_url("/feed/")
    client.assert_kept("children")


@pytest.mark.urls("tests.urls.modals")
def test_dialogs_close_in_all_their_ways(make: Callable[..., Any]) -> None:
    client = make()
    for url, button in (
        ("/m/widgets/", "Done"),
        ("/m/widgets/", "Cancel"),
        ("/m/own/1/", "Leave"),
    ):
        client.load("/m/")
        client.visit(url)
        client.click(button)
        client.assert_closed("modal")
        client.assert_closed("own")
        client.assert_url("/m/")
    client.load("/m/")
    client.visit("/m/help/")
    client.close("help")
    client.assert_empty("help")
    client.assert_url("/m/")
    client.visit("/m/help/")
    client.click("Close", inside="help")
    client.assert_empty("help")


# --- clicks ---


def test_what_a_link_says_is_done(site: Any) -> None:
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


def test_a_link_has_to_be_there(site: Any) -> None:
    site.load("/")
    with pytest.raises(AssertionError) as error:
        site.click("Two")
    assert str(error.value).startswith(
        "There is no link or button 'Two' on screen.\n/  \"Home\"\n"
    )
    with pytest.raises(AssertionError, match=r"^There is no link .* in slot 'side'\."):
        site.click("One", inside="side")
    with pytest.raises(AssertionError, match=r"^There is no link .* outside of all slots\."):
        site.click("More", inside="")


def test_what_is_beneath_a_modal_cannot_be_reached(site: Any) -> None:
    site.load("/")
    site.click("One", inside="")
    with pytest.raises(AssertionError, match="What is beneath the modal can't be reached"):
        site.click("One")


@pytest.mark.urls("tests.urls.machine")
def test_of_several_links_the_one_in_a_slot_may_be_meant(make: Callable[..., Any]) -> None:
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
    assert client.screen["modal.children"].url == "/photo/2/"


BUTTONS = """
<button hx-get="/a/" hx-target="#slot-side">Get</button>
<button hx-get="/a/" hx-target="closest [data-pr-slot]" hx-push-url="true">Here</button>
<button hx-post="/a/" hx-target="body">Post</button>
<a href="/a/" hx-replace-url="true">Replace</a>
<a href="/a/" hx-get="/a/?x" hx-target="body">Other</a>
<button hx-get="/a/">Alone</button>
<a href="/a/" hx-target="#result">Into</a>
<a href="/a/" target="_blank">Tab</a>
<a href="/a/" download>File</a>
<div hx-boost="false"><a href="/a/">Plain</a>
<form action="/a/" method="post"><button>Send</button></form></div>
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
        ("File", "hard GET /a/", ("children", "side"), ["/", "/a/"]),
        ("Plain", "hard GET /a/", ("children", "side"), ["/", "/a/"]),
        ("Send", "hard POST /a/", ("children", "side"), ["/", "/a/"]),
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
            "<button hx-get=\"/a/\"> has a target of its own, 'itself', which is for htmx alone "
            "and not for this client: request its URL by client.get(), and look at the response.",
        ),
        (
            "Into",
            '<a href="/a/" hx-target="#result"> has a target of its own, \'#result\', which is',
        ),
        ("Tab", '<a href="/a/" target="_blank"> opens another tab: say client.new_tab(\'/a/\').'),
        ("Idle", 'Nothing is known to happen by a click on <button type="button">.'),
        ("Idle close", "Nothing is known to happen by a click on <button data-pr-close>."),
    ],
)
def test_what_a_client_cannot_do_it_says(buttons: Any, text: str, error: str) -> None:
    with pytest.raises(AssertionError) as raised:
        buttons.click(text)
    assert str(raised.value).startswith(error)


# --- forms ---

forms = pytest.mark.urls("tests.urls.forms")


@forms
@pytest.mark.django_db
def test_a_form_in_a_modal_is_mended_and_saved(make: Callable[..., Any]) -> None:
    """CONFORMANCE 16, S40, B39: errors stay in the modal, success closes it."""
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
    assert "selected>added" in client.screen["modal"].html.replace(' selected=""', " selected")
    client.submit_form({"text": "words"})
    client.assert_closed("modal")
    assert Note.objects.get(name="added").reply_set.get()


@forms
@pytest.mark.django_db
def test_the_button_counts(make: Callable[..., Any]) -> None:
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
def test_a_form_has_to_be_there(make: Callable[..., Any]) -> None:
    client = make()
    client.load("/f/echo/")
    with pytest.raises(AssertionError) as error:
        client.submit_form({"nome": "n"}, button="One", action="/f/echo/?a=1")
    assert str(error.value).startswith(
        "There is no form with the fields ['nome'] and the button 'One' and the action '/f/echo/?a=1' on "
        "screen.\n/f/echo/"
    )
    with pytest.raises(AssertionError, match=r"^There are several: form on screen\. Say inside"):
        client.submit_form()


def test_a_form_sends_what_is_in_it(settings: Any, make: Callable[..., Any]) -> None:
    """What a browser would: chosen, checked, enabled."""
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


def test_a_form_may_be_sent_without_being_there(settings: Any, make: Callable[..., Any]) -> None:
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


# --- slots that come later ---


@pytest.fixture
def later(settings: Any, make: Callable[..., Any]) -> Any:
    """Slots that are deferred and streamed, and a page that brings one with it."""
    loading = "django_parallel_routes/loading.html"
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "<body>{% slot %}{% slot 'late' %}{% slot 'stream' %}</body>"),
            children=[
                path("", says("home")),
                slots(
                    "in/",
                    layout=layout("{% slot %}{% slot 'deep' %}"),
                    children=[path("", says("inner"))],
                    deep=slot([path("", says("deep"))], loading=loading),
                ),
            ],
            late=slot([], default=says("late"), loading=loading),
            stream=slot([], default=says("streamed"), loading=loading, delivery="streamed"),
        ),
    )
    return make()


def test_slots_that_come_later_are_waited_for(later: Any) -> None:
    """S43"""
    later.load("/")
    assert shown(later) == {"children": "home", "late": "late", "stream": "streamed"}
    assert later.screen.requests == ("hard GET /", "soft GET /")
    later.visit("/in/")
    assert shown(later)["children.deep"] == "deep"
    assert later.screen.requests == ("soft GET /in/",)
    assert later.response.getvalue()


def test_loading_states_can_be_seen_first(later: Any) -> None:
    """S43"""
    later.load("/", settle=False)
    assert {name: later.screen[name].state for name in ("children", "late", "stream")} == {
        "children": "",
        "late": "loading",
        "stream": "loading",
    }
    assert "loading" in str(later.screen)
    later.settle()
    assert shown(later)["late"] == "late"
    later.assert_changed("late", "stream")
    assert later.response.status_code == 200


def test_slots_are_refreshed_by_name(site: Any) -> None:
    """S38"""
    site.load("/")
    site.refresh("side")
    assert site.screen.requests == ("soft GET /",)
    site.assert_changed("side")
    site.visit("/photo/1/")
    site.refresh()
    site.assert_changed("children", "side", "modal.children")
    with pytest.raises(AssertionError, match=r"^'nowhere' is no slot on screen\."):
        site.refresh("nowhere")


def test_a_refresh_of_empty_slots_asks_for_nothing(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S38: as ``parallelRoutes.refresh()`` does."""
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot 'side' %}"),
            side=slot([intercept("other", says("other"))], default=None),
            children=[path("", says("home"))],
        ),
        path("other/", says("other"), name="other"),
    )
    client = make()
    client.load("/")
    for names in ([], ["side"]):
        client.refresh(*names)
        assert client.screen.requests == ()
        assert client.screen.changed == ()
    assert client.screen["side"].shows == "empty"


@pytest.mark.urls("tests.urls.machine")
def test_a_name_may_stand_for_an_address_if_it_is_clear(make: Callable[..., Any]) -> None:
    client = make()
    client.load("/team/a/")
    client.assert_shows("badge", "badge a")
    client.visit("/photo/1/")
    with pytest.raises(AssertionError) as error:
        client.visit("/", slot="children.modal")
    assert str(error.value).startswith("'children.modal' is no slot on screen.")


# --- answers of all kinds ---


def answering(
    settings: Any, make: Callable[..., Any], view: Callable[..., Any], *more: Any, **options: Any
) -> Any:
    serve(
        settings,
        *more,
        slots(
            "",
            layout=layout(HEAD + "<body>{% slot %}{% slot 'side' %}</body>"),
            children=[path("", says("home")), path("other/", says("other")), path("it/", view)],
            side=slot([], default=says("side")),
        ),
    )
    client = make(**options)
    client.load("/")
    return client


def with_header(name: str, value: str) -> Callable[..., HttpResponse]:
    return lambda request: HttpResponse("answer", headers={name: value})


@pytest.mark.parametrize(
    ("header", "value", "url"),
    [
        ("HX-Redirect", "/other/", "/other/"),
        ("HX-Location", "/other/", "/other/"),
        ("HX-Location", '{"path": "/other/"}', "/other/"),
        ("HX-Refresh", "true", "/"),
    ],
)
def test_answers_may_lead_elsewhere(
    settings: Any, make: Callable[..., Any], header: str, value: str, url: str
) -> None:
    client = answering(settings, make, with_header(header, value))
    client.visit("/it/")
    client.assert_url(url)


def test_an_event_may_refresh_slots(settings: Any, make: Callable[..., Any]) -> None:
    trigger = '{"parallel-routes:refresh": {"slots": ["side"]}}'
    client = answering(settings, make, with_header("HX-Trigger", trigger))
    client.visit("/it/")
    client.assert_changed("children", "side")
    assert len(client.screen.requests) == 2
    trigger = '{"parallel-routes:refresh": {"slots": ["nowhere"]}}'
    client = answering(settings, make, with_header("HX-Trigger", trigger))
    client.visit("/it/")
    client.assert_changed("children")


def test_a_view_refreshes_slots_by_its_redirect(settings: Any, make: Callable[..., Any]) -> None:
    """S40: the directive in the URL is not the address bar's."""

    def view(request: HttpRequest) -> HttpResponse:
        refresh(request, "side")
        return redirect("/plain/" if request.POST.get("plain") else "/other/")

    client = answering(settings, make, view, path("plain/", says("plain")))
    client.submit("/it/")
    client.assert_url("/other/")
    client.assert_changed("children", "side")
    client.submit("/it/", {"plain": "1"})
    client.assert_url("/plain/")


def test_the_answer_to_a_form_may_be_a_document(settings: Any, make: Callable[..., Any]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>wrong", status=403)

    client = answering(settings, make, view)
    client.submit("/it/")
    assert (client.screen.url, client.screen.text, client.screen.status_code) == (
        "/it/",
        "wrong",
        403,
    )
    assert client.explain().startswith(
        "The last step was a form sent to /it/ from /, answered as a document: "
    )
    client.back()
    client.assert_shows("children", "home")


def test_what_a_document_has_replaced_is_loaded_again(
    settings: Any, make: Callable[..., Any]
) -> None:
    """That of a form, in another layout."""
    page = (
        "<script data-pr-boost='link'></script><div id='slot-x' data-pr-slot='x' data-pr-variant='page' "
        "data-pr-src='/' data-pr-key='0011223344556677'>x</div>"
    )
    client = answering(settings, make, lambda request: HttpResponse(page, status=403))
    client.submit("/it/")
    assert shown(client) == {"x": "x"}
    client.back()
    assert client.screen.requests == ("hard GET /",)
    client.assert_shows("children", "home")


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 204},
        {"content_type": "a/b", "headers": {"Content-Disposition": "attachment; filename=a"}},
        {"status": 403},
    ],
)
def test_what_is_no_page_leaves_one_where_one_is(
    settings: Any, make: Callable[..., Any], answer: Any
) -> None:
    client = answering(settings, make, lambda request: HttpResponse(**answer))
    client.visit("/it/")
    client.assert_url("/")
    client.assert_shows("children", "home")
    assert client.screen.requests == ("soft GET /it/",)
    client.submit("/it/")
    client.assert_url("/")


def test_what_is_no_html_is_shown_as_it_is(settings: Any, make: Callable[..., Any]) -> None:
    client = answering(
        settings, make, lambda request: HttpResponse("a < b", content_type="text/plain")
    )
    client.visit("/it/")
    assert (client.screen.text, client.screen.html) == ("a < b", "a < b")
    assert client.screen.requests == ("soft GET /it/",)
    client.back()
    client.submit("/it/")
    assert client.screen.text == "a < b"


def test_redirects_may_be_wrong(settings: Any, make: Callable[..., Any]) -> None:
    client = answering(settings, make, lambda request: redirect("/it/"))
    with pytest.raises(
        AssertionError, match=r"^hard GET /it/ redirects in a circle: hard GET /it/, "
    ):
        client.load("/it/")
    client = answering(settings, make, lambda request: redirect("https://example.com/x?y#z"))
    client.load("/it/")
    client.assert_url("/x?y")
    client.back()
    client.visit("/it/")
    client.assert_url("/x?y#z")
    client.load("https://example.com/")
    client.assert_url("/")


def test_some_redirects_keep_the_method(settings: Any, make: Callable[..., Any]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect("/there/")
        response.status_code = 307
        return response

    def there(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"<p>{request.method} {request.POST.get('a')}")

    client = answering(settings, make, view, path("there/", there))
    client.submit("/it/", {"a": "1"})
    assert client.screen.requests[:2] == ("soft POST /it/", "soft POST /there/")


def test_https_is_kept(settings: Any, make: Callable[..., Any]) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = []
    client = answering(settings, make, says("it"))
    assert client.screen.requests == ("hard GET /", "hard GET /")
    client.visit("/it/")
    assert client.screen.requests == ("soft GET /it/",)


def test_what_is_too_long_is_not_told(
    settings: Any, make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """B53: a request that names no slots gets the document."""
    client = answering(settings, make, says("it"))
    monkeypatch.setattr("django_parallel_routes.client.tab.MAX_LENGTH", 100)
    client.visit("/it/")
    assert client.screen.requests == ("soft GET /it/", "hard GET /it/")
    client.refresh("side")
    assert client.screen.requests == ("hard GET /it/?slots=inline",)


def test_a_refresh_may_be_answered_with_a_document(
    settings: Any, make: Callable[..., Any]
) -> None:
    """It takes the place of the page, and of its entry."""
    answers: list[HttpResponse] = []

    def side(request: HttpRequest) -> HttpResponse:
        return answers[0] if answers else HttpResponse("side")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[path("", says("home")), path("a/", says("a"))],
            side=slot([], default=side),
        ),
    )
    client = make()
    client.load("/")
    client.visit("/a/")
    answers.append(HttpResponse("<p>refused", status=403))
    client.refresh("side")
    assert (client.screen.text, client.history) == ("refused", ["/", "/a/"])
    answers.clear()
    client.reload()
    answers.append(HttpResponse("no page", content_type="text/plain"))
    client.refresh("side")
    assert client.screen.requests == ("soft GET /a/", "hard GET /a/?slots=inline")


def test_a_traversal_may_end_in_a_document(settings: Any, make: Callable[..., Any]) -> None:
    """S33: a document that can't be restored is loaded."""
    client = answering(settings, make, says("it"))
    client.visit("/it/")
    settings.ROOT_URLCONF.urlpatterns[:] = [path("", says("<p>other now"))]
    client.back()
    assert client.screen.text == "other now"
    client.forward()
    assert client.screen.status_code == 404


def test_a_reload_may_lead_elsewhere(settings: Any, make: Callable[..., Any]) -> None:
    leads: list[str] = []
    client = answering(
        settings, make, lambda request: redirect(leads[0]) if leads else HttpResponse("it")
    )
    client.visit("/it/")
    leads.append("/other/")
    client.reload()
    client.assert_url("/other/")
    client.assert_shows("children", "other")


def test_slots_that_never_come_are_told(later: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    later.load("/", settle=False)
    monkeypatch.setattr("django_parallel_routes.client.tab.MAX_ROUNDS", 0)
    with pytest.raises(AssertionError, match=r"^Slots are still loading after 0 rounds of "):
        later.settle()


def test_what_is_gone_is_not_waited_for(later: Any) -> None:
    later.load("/", settle=False)
    later.visit("/?page=2", slot="stream")
    later.load("/in/", settle=False)
    later.visit("/")
    assert shown(later)["children"] == "home"


def test_a_document_ends_all_waiting(settings: Any, make: Callable[..., Any]) -> None:
    def refused(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>refused", status=403)

    loading = "django_parallel_routes/loading.html"
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'one' %}{% slot 'two' %}"),
            children=[path("", says("home"))],
            one=slot([], default=refused, loading=loading),
            two=slot([], default=says("two"), loading=loading),
        ),
    )
    client = make()
    client.load("/")
    assert client.screen.text == "refused"
    assert client.screen.requests == ("hard GET /", "soft GET /")


def test_a_cut_stream_is_asked_for(later: Any) -> None:
    """S44: the slot that is missing is asked for again."""
    later.load("/", settle=False)
    later._tab.page.late.clear()
    later.settle()
    assert "streamed" in shown(later)["stream"]


def test_a_slot_that_has_failed_can_be_tried_again(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S44"""
    fails = [True]

    def side(request: HttpRequest) -> HttpResponse:
        if fails:
            raise ValueError("no")
        return HttpResponse("side")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[path("", says("home"))],
            side=slot([], default=side, error="django_parallel_routes/error.html"),
        ),
    )
    client = make(raise_request_exception=False)
    client.load("/")
    assert client.screen["side"].state == "error"
    client.click("Try again")
    assert client.screen["side"].state == "error"
    fails.clear()
    client.click("Try again")
    client.assert_shows("side", "side")
    client.assert_changed("side")


def test_a_form_may_have_htmx_attributes(settings: Any, make: Callable[..., Any]) -> None:
    form = (
        "<form hx-post='/it/' hx-target='#slot-side'><button data-pr-close>Go</button></form>"
        "<form action='/x/'></form>"
    )
    client = answering(settings, make, says(form))
    client.visit("/it/")
    client.submit_form({}, button="Go")
    assert client.screen.requests == ("soft POST /it/",)
    client.submit_form(action="/x/")
    assert client.screen.url == "/x/"


def test_a_button_closes_what_is_an_ordinary_page(settings: Any, make: Callable[..., Any]) -> None:
    button = "<button type=button data-pr-close>No</button>"
    dialog = f"<dialog data-pr-modal><a href='/' data-pr-close>×</a>{button}"
    client = answering(settings, make, says(dialog))
    client.visit("/it/")
    client.click("No")
    client.assert_url("/")


def test_html_is_read_as_browsers_read_it() -> None:
    document = parse(
        "<!doctype html><!-- c --><ul><li>a<li>b</ul></b><svg><path/><g/></svg><div/>x"
        "<select><option>o</select><script>a<b</script><input a=1 a=2><dialog>no</dialog>"
        "<p hidden>no</p>&lt;&amp"
    )
    assert document.text() == "a b x <&"
    assert document.inner_html() == (
        "<!doctype html><!-- c --><ul><li>a</li><li>b</li></ul><svg><path/><g/></svg><div/>x"
        "<select><option>o</option></select><script>a<b</script><input a=1 a=2><dialog>no</dialog>"
        "<p hidden>no</p>&lt;&amp;</div>"
    )
    (field,) = document.all(lambda one: one.tag == "input")
    assert field["a"] == "1"
    field.change({"a": None, "b": ""})
    assert field.html() == repr(field) == "<input b>"
    field.change({"c": '"'})
    assert field.html() == '<input b c="&quot;">'


# --- what the script keeps true ---


def test_segments_and_current_links_are_those_of_the_screen(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S48, B50: in layouts that are kept."""
    serve(
        settings,
        slots(
            "d/",
            layout=layout(
                HEAD + "<p>Über <b>{% selected_segment %}</b> · {% selected_segments %} · "
                "{% selected_segment 'tab' %}{% selected_segment 'ghost' %}</p>"
                "<a href='/d/a/'>A</a> <a href='#x'>X</a>"
                "<a href='/d/' data-pr-current='section' aria-current='page'>D</a>"
                "<nav data-pr-current-in='tab'><a href='/d/a/' aria-current='page'>tab</a></nav>"
                "{% slot %}{% slot 'tab' %}"
            ),
            children=[
                path("", says("home")),
                path("a/", says("a")),
                path("<path:rest>", says("{rest}")),
                slots("in/", layout=layout("{% slot %}"), children=[path("x/", says("x"))]),
            ],
            tab=slot([path("b/t/", says("t"))], default=None),
            ghost=slot([], default=None),  # which the layout does not print
        ),
    )
    client = make()

    def current() -> list[str]:
        links = parse(client.screen.html).all(lambda one: one["aria-current"] == "page")
        return [link.text() for link in links]

    client.load("/d/")
    assert client.screen.text.startswith("Über · · A")
    assert current() == ["D"]
    client.visit("/d/a/")
    assert client.screen.text.startswith("Über a · a · A")
    assert current() == ["A", "D"]
    client.visit("/d/b/t/")
    assert client.screen.text.startswith("Über b · b/t · t")
    # Django's AsyncClient takes URLs for Latin-1.
    name = "\U0001d504&b" if make is SlotClient else "a&b"
    client.visit(f"/d/{name}/")
    assert client.screen.text.startswith(f"Über {name} · {name} · t")
    client.visit("/d/in/x/")
    assert client.screen.text.startswith("Über in · in/x · t")
    client.visit("/d/")
    assert client.screen.text.startswith("Über · · t")


def test_links_to_a_default_that_is_a_route_are_current(
    settings: Any, make: Callable[..., Any]
) -> None:
    """B50: by the URL of the route; a default without a route has no URL of its own."""
    serve(
        settings,
        slots(
            "d/",
            layout=layout(
                HEAD + "<a href='/d/x/'>X</a><a href='/d/t/'>T</a>"
                "<nav data-pr-current-in='plain'><a href='/d/x/'>plain</a></nav>"
                "{% slot %}{% slot 'tab' %}{% slot 'plain' %}"
            ),
            children=[path("x/", says("x")), path("y/", says("y"))],
            tab=slot([path("t/", says("t"), name="t")], default="t"),
            plain=slot([], default=says("plain")),
        ),
    )
    client = make()
    client.load("/d/x/")
    for url, links in (("/d/x/", ["X", "T"]), ("/d/y/", ["T"])):
        client.visit(url)
        found = parse(client.screen.html).all(lambda one: one["aria-current"] == "page")
        assert [link.text() for link in found] == links


@pytest.mark.parametrize(
    ("to", "entries"),
    [("/photo/?tab=2", ["/", "/photo/?tab=2"]), ("/other/", ["/", "/photo/", "/other/"])],
)
def test_a_form_that_leads_to_a_level_beneath_goes_back_to_its_entry(
    settings: Any, make: Callable[..., Any], to: str, entries: list[str]
) -> None:
    """S40: also with another query; elsewhere the entry of the form is replaced."""
    send: Any = lambda request: redirect(to) if request.method == "POST" else form(request)  # noqa: E731

    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<form method='post'><button>Save</button></form>")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'modal' %}"),
            children=[
                path("", says("home")),
                path("other/", says("other")),
                path("photo/", says("photo page"), name="photo"),
                path("edit/", says("edit page"), name="edit"),
            ],
            modal=slot(
                [intercept("photo", says("photo")), intercept("edit", send, opens="above")],
                default=None,
            ),
        ),
    )
    client = make()
    client.load("/")
    client.visit("/photo/")
    client.visit("/edit/", inside="modal")
    client.submit_form()
    client.assert_url(to)
    for url in reversed(entries[:-1]):
        client.back()
        client.assert_url(url)


def test_a_link_that_turns_the_page_of_a_named_slot_stays_in_it(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S13: the address bar is the other slot's, and Back turns the page back."""
    links = "<a href='?page=2'>More</a> <a href='./'>All</a>"
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'team' %}"),
            children=[path("", says("home of {path}"))],
            team=[path("", says("team of {path} " + links))],
        ),
    )
    client = make()
    client.load("/")
    client.click("More", inside="team")
    client.assert_url("/")
    assert shown(client) == {"children": "home of /", "team": "team of /?page=2 More All"}
    client.back()
    assert shown(client) == {"children": "home of /", "team": "team of / More All"}
    client.click("All", inside="team")
    assert shown(client) == {"children": "home of /", "team": "team of / More All"}


def test_a_file_leaves_the_page(settings: Any, make: Callable[..., Any]) -> None:
    """B61: it is saved."""
    attached = {"Content-Disposition": "attachment; filename=a.csv"}

    def file(request: HttpRequest) -> HttpResponse:
        return HttpResponse("a,b", content_type="text/csv", headers=attached)

    children = [path("", says("home")), path("file/", file)]
    serve(settings, slots("", layout=layout(HEAD + "{% slot %}"), children=children))
    client = make()
    client.load("/")
    client.load("/file/")
    client.assert_url("/")
    assert shown(client) == {"children": "home"}


def test_what_back_can_not_bring_is_loaded(settings: Any, make: Callable[..., Any]) -> None:
    """S33: a refusal is the document's."""
    refused: list[bool] = []

    def flaky(request: HttpRequest) -> HttpResponse:
        return HttpResponse("no", status=403) if refused else HttpResponse("yes")

    children = [path("", flaky), path("other/", says("other"))]
    serve(settings, slots("", layout=layout(HEAD + "{% slot %}"), children=children))
    client = make()
    client.load("/")
    client.visit("/other/")
    refused.append(True)
    client.back()
    client.assert_url("/")
    assert client.screen.status_code == 403


def test_a_form_that_leads_beneath_goes_back_only_if_nothing_else_has_changed(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S40: the entry beneath has another combination of slots."""

    def form(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return redirect("/")
        return HttpResponse("<form method='post'><button>Save</button></form>")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            children=[path("", says("home")), path("edit/", says("edit"), name="edit")],
            side=slot([path("aside/", says("aside"))], default=says("no side")),
            modal=slot([intercept("edit", form)], default=None, unmatched="keep"),
        ),
    )
    client = make()
    client.load("/")
    client.visit("/edit/")
    client.visit("/aside/")
    client.submit_form(inside="modal")
    client.assert_url("/")
    assert shown(client)["side"] == "aside"


# --- assertions ---


def failing(assertion: Callable[..., None], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(AssertionError) as error:
        assertion(*args, **kwargs)
    return str(error.value).partition("\n")[0]


def test_a_failure_says_what_and_why(site: Any) -> None:
    site.load("/")
    site.visit("/plain/")
    site.back()
    site.visit("/photo/1/", intercept=False)
    with pytest.raises(AssertionError) as error:
        site.assert_shows("modal", "photo 1")
    assert str(error.value) == (
        "Slot 'modal' is empty, expected 'photo 1'. The last step was a visit of /photo/1/ from /, answered "
        "with slots: a soft navigation. The plan for 'modal' was 'keep': nothing in it matches.\n"
        '/photo/1/  "Photo 1"\n'
        "*  children  page     /photo/1/  photo 1\n"
        "   side      default  /          no side\n"
        "   modal     empty    /"
    )
    site.visit("/plain/")
    assert failing(site.assert_shows, "modal", "x") == (
        "'modal' is no slot on screen. The last step was a visit of /plain/ from /photo/1/, answered as a "
        "document. It asked for: soft GET /plain/, hard GET /plain/. The page has no "
        "{% parallel_routes_script %}, so all is a document."
    )
    assert SlotClient().explain() == "No step was made yet."


def test_assertions_name_what_was_expected(site: Any) -> None:
    site.load("/")
    said = {
        "Slot 'children' shows 'home', in which 'away' can't be read.": failing(
            site.assert_shows, "children", "away"
        ),
        "Slot 'children' shows 'page', expected 'default'.": failing(
            site.assert_shows, "children", shows="default"
        ),
        "Slot 'children' is rendered for /, expected /x/.": failing(
            site.assert_shows, "children", url="/x/"
        ),
        "Slot 'modal' is empty, expected something.": failing(site.assert_shows, "modal"),
        "Slot 'modal' is empty, expected 'page'.": failing(
            site.assert_shows, "modal", shows="page"
        ),
        "Slot 'modal' is empty, expected /x/.": failing(site.assert_shows, "modal", url="/x/"),
        "Slot 'side' shows 'no side' (default), expected nothing.": failing(
            site.assert_empty, "side"
        ),
        "Nothing is open in slot 'modal': it is empty.": failing(site.assert_open),
        "Nothing is open in slot 'side': it shows 'default'.": failing(site.assert_open, "side"),
        "Slot 'children' has changed, expected that it is kept.": failing(
            site.assert_kept, "children"
        ),
        "Slot 'side' has changed as well, expected a change of 'children' and 'modal'.": failing(
            site.assert_changed, "children", "modal"
        ),
        "The address bar shows /, expected /x/.": failing(site.assert_url, "/x/"),
        "The title is 'Home', expected 'X'.": failing(site.assert_title, "X"),
        "The address bar shows nothing, expected /.": failing(SlotClient().assert_url, "/"),
    }
    for expected, found in said.items():
        assert found.startswith(expected), found
    site.visit("/photo/1/")
    assert failing(site.assert_closed).startswith("Slot 'modal' is open: it shows 'modal 1 Next'.")
    assert failing(site.assert_changed, "side").startswith(
        "Slot 'side' was kept, expected a change."
    )
    assert failing(site.assert_changed).startswith(
        "Slot 'modal' has changed as well, expected no change."
    )
    assert failing(site.assert_open, "modal", "modal 7").startswith(
        "Slot 'modal' shows 'modal 1 Next'"
    )


def test_assertions_hold_for_what_is_on_screen(site: Any) -> None:
    site.load("/")
    site.visit("/photo/1/")
    site.assert_shows("modal")
    site.assert_shows("modal", "modal  1", shows="intercepted", url="/photo/1/")
    site.assert_shows("side", shows="default")
    site.assert_changed("modal")
    site.assert_changed("modal.children")
    site.assert_kept("children", "side")
    site.assert_title("Photo")
    site.close()
    site.assert_shows("modal", shows="empty")
    site.assert_empty("modal")
    site.assert_closed("nowhere")


def test_long_texts_are_cut(settings: Any, make: Callable[..., Any]) -> None:
    client = answering(settings, make, says("long " * 40))
    client.visit("/it/")
    row = str(client.screen).splitlines()[1]
    assert row.endswith("long long…")
    assert "long…', in which 'short' can't" in failing(client.assert_shows, "children", "short")


class ATestCase(TestCase):
    """``client_class`` is all that unittest needs."""

    client_class = SlotClient

    def test_the_client_of_a_test_case(self) -> None:
        with self.settings(ROOT_URLCONF="tests.urls.machine"):
            self.client.load("/")
            self.client.visit("/photo/1/")
            self.client.assert_open("modal", "photo modal 1")


def test_a_login_is_that_of_the_window(make: Callable[..., Any], db: None) -> None:
    user = User.objects.create_user("ada")
    client = make()
    client.force_login(user)
    assert client.new_tab().cookies["sessionid"].value == client.cookies["sessionid"].value


# --- as a browser does it ---


def echo(request: HttpRequest) -> HttpResponse:
    said = sorted({**request.GET.dict(), **request.POST.dict()}.items())
    return HttpResponse(f"{request.method} {said} for {request.get_host()}")


def with_menu(settings: Any, make: Callable[..., Any], menu: str = "", **options: Any) -> Any:
    """``L{children "", echo/, straße/, gone/, hash/, told/; side D, echo/}`` under a menu."""
    settings.ALLOWED_HOSTS = ["*"]
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + menu + "{% slot %}{% slot 'side' %}"),
            children=[
                path("", says("home")),
                path("echo/", echo, name="echo"),
                path("straße/", says("street")),
                path("gone/", lambda request: redirect("/echo/")),
                path("hash/", lambda request: redirect("/echo/#third")),
            ],
            side=slot([path("echo/", says("side"))], default=says("no side")),
        ),
    )
    client = make(**options)
    client.load("/")
    return client


@pytest.mark.parametrize(
    "options", [{"headers": {"host": "shop.example.com"}}, {"SERVER_NAME": "shop.example.com"}]
)
def test_a_client_may_have_a_host_of_its_own(settings: Any, options: dict[str, Any]) -> None:
    """As where sites are told apart by their domains. Django's async client is always testserver."""
    client = with_menu(settings, SlotClient, **options)
    client.visit("/echo/")
    assert client.screen.requests == ("soft GET /echo/",)
    client.assert_shows("children", "shop.example.com")
    client = with_menu(settings, SlotClient)
    client.defaults["SERVER_NAME"] = "other.example.com"
    client.load("/")
    client.visit("/echo/")
    client.assert_shows("children", "other.example.com")


@pytest.fixture
def script_name(settings: Any) -> Any:
    settings.FORCE_SCRIPT_NAME = "/app"
    set_script_prefix("/app/")  # as django.setup() does
    yield settings.FORCE_SCRIPT_NAME
    set_script_prefix("/")


def test_a_site_may_have_a_prefix(
    settings: Any, make: Callable[..., Any], script_name: str
) -> None:
    client = with_menu(settings, make, "<a href='{% url 'echo' %}'>Echo</a>")
    client.load("/app/")
    client.click("Echo")
    assert client.screen.requests == ("soft GET /app/echo/",)
    client.assert_shows("side", "side", url="/app/echo/")
    assert client.reload().status_code == 200
    if make is SlotClient:
        parity = assert_soft_equals_hard(client, exclude=["/gone/", "/hash/"])
        assert "/app/echo/" in parity.urls


def test_a_redirect_makes_a_get_of_a_post_alone(settings: Any, make: Callable[..., Any]) -> None:
    """Browsers repeat a DELETE, and many a view is surprised by it: it has to answer 303."""
    client = with_menu(settings, make)
    client.submit("/gone/", method="delete")
    assert client.screen.requests == ("soft DELETE /gone/", "soft DELETE /echo/")
    client.submit("/gone/")
    assert client.screen.requests == ("soft POST /gone/", "soft GET /echo/")


def test_a_form_that_is_no_navigation_sends_its_fields(
    settings: Any, make: Callable[..., Any]
) -> None:
    form = '<form action="/echo/?a=1" hx-boost="false"><input name="q" value="x"><button>Go</button></form>'
    client = with_menu(settings, make, form)
    client.click("Go")
    assert client.screen.requests == ("hard GET /echo/?q=x",)
    client.assert_url("/echo/?q=x")


def test_other_sites_are_not_asked_for(settings: Any, make: Callable[..., Any]) -> None:
    client = with_menu(settings, make)
    client.visit("https://example.com/echo/")
    client.back()
    for step in (client.forward, client.reload):
        step()
        client.assert_url("/echo/")
        assert (client.screen.requests, client.screen.text) == ((), "")


def test_documents_are_led_to_a_hash(settings: Any, make: Callable[..., Any]) -> None:
    """As browsers do; of what a script is led to, it is not told."""
    client = with_menu(settings, make)
    client.load("/hash/#first")
    client.assert_url("/echo/#third")
    client.load("/gone/#first")
    client.assert_url("/echo/#first")


def test_links_are_current_by_what_they_lead_to(settings: Any, make: Callable[..., Any]) -> None:
    client = with_menu(
        settings, make, '<a href="/straße/">One</a><a href="http://testserver/echo/">Two</a>'
    )
    client.visit("/straße/")
    assert '<a href="/straße/" aria-current="page">' in client.screen.html
    client.visit("/echo/")
    assert '<a href="http://testserver/echo/" aria-current="page">' in client.screen.html
    assert '<a href="/straße/">' in client.screen.html


def test_what_is_disabled_is_not_sent(settings: Any, make: Callable[..., Any]) -> None:
    client = with_menu(
        settings,
        make,
        '<form action="/echo/"><fieldset disabled><input name="off" value="1"></fieldset>'
        '<select name="none"><option value="" disabled selected>Choose</option><option>1</select>'
        '<select name="next"><option value="" disabled>Choose</option><option>1</option></select></form>',
    )
    client.submit_form()
    client.assert_url("/echo/?next=1")


def test_a_file_needs_a_form_for_files(settings: Any, make: Callable[..., Any]) -> None:
    client = with_menu(
        settings, make, '<form action="/echo/" method="post"><input type="file" name="f"></form>'
    )
    with pytest.raises(AssertionError, match=r'no enctype="multipart/form-data": .* \[\'f\'\]'):
        client.submit_form({"f": SimpleUploadedFile("a.txt", b"content")})


@pytest.mark.parametrize(
    "trigger",
    ["parallel-routes:refresh", "a, parallel-routes:refresh", '{"parallel-routes:refresh": {}}'],
)
def test_an_event_without_names_refreshes_all(
    settings: Any, make: Callable[..., Any], trigger: str
) -> None:
    def it(request: HttpRequest) -> HttpResponse:
        is_form = request.method == "POST"
        return HttpResponse("it", headers={"HX-Trigger": trigger} if is_form else {})

    client = answering(settings, make, it)
    client.submit("/it/")
    assert client.screen.requests == ("soft POST /it/", "soft GET /")
    client.assert_changed("children", "side")
    client = answering(settings, make, with_header("HX-Trigger", trigger))
    with pytest.raises(AssertionError, match="tell the same again"):
        client.visit("/it/")


def test_a_logout_is_that_of_all_tabs(make: Callable[..., Any], db: None) -> None:
    client = make()
    other = client.new_tab()
    client.force_login(User.objects.create_user("grace"))
    assert other.cookies is client.cookies
    client.logout()
    assert not other.cookies
    client.force_login(User.objects.get())
    assert other.cookies["sessionid"]


async def _logged_out_with_two_tabs() -> list[AsyncSlotClient]:
    client = AsyncSlotClient()
    other = await client.new_tab()
    await client.alogout()
    return [client, other]


def test_an_async_logout_is_that_of_all_tabs(db: None) -> None:
    client, other = async_to_sync(_logged_out_with_two_tabs)()
    assert other.cookies is client.cookies


def test_what_is_too_long_still_says_where_a_form_stands(
    settings: Any, make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or another view would get it."""

    def told(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"side got a {request.method}")

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'side' %}"),
            children=[path("", says("home"))],
            side=[path("", told)],
        ),
    )
    client = make()
    client.load("/")
    monkeypatch.setattr("django_parallel_routes.client.tab.MAX_LENGTH", 100)
    client.submit("/", inside="side")
    client.assert_shows("side", "side got a POST")


def test_no_interception_is_for_all_that_is_inside(
    settings: Any, make: Callable[..., Any]
) -> None:
    link = '<a href="/echo/" data-pr-intercept="true">Echo</a>'
    links = f'<p data-pr-intercept="false">{link}</p>{{% slot "m" %}}'
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + links + "{% slot %}"),
            children=[path("", says("home")), path("echo/", echo, name="echo")],
            m=slot([intercept("echo")], default=None),
        ),
    )
    client = make()
    client.load("/")
    client.click("Echo")
    client.assert_empty("m")
    client.back()
    client.visit("/echo/")
    client.assert_open("m")


def test_the_main_segment_is_that_of_children_alone(
    settings: Any, make: Callable[..., Any]
) -> None:
    serve(
        settings,
        slots(
            "",
            layout=layout(
                HEAD
                + "{% slot %}{% slot 'grandchildren' %}<b>{% selected_segment 'grandchildren' %}</b>"
            ),
            children=[path("", says("home")), path("a/b/", says("home"))],
            grandchildren=[path("", says("x")), path("a/b/", says("y"))],
        ),
    )
    client = make()
    client.load("/a/b/")
    hard = client.screen.text
    client.load("/")
    client.visit("/a/b/")
    assert client.screen.text == hard


def test_a_failure_after_an_error_says_its_status(settings: Any) -> None:
    serve(settings, slots("", layout=layout(), children=[path("", layout("home"))]))
    client = SlotClient(raise_request_exception=False)
    client.load("/nowhere/")
    assert client.explain() == (
        "The last step was a hard load of /nowhere/, answered as a document. Its status is 404."
    )


def test_back_to_a_document_that_answered_a_form_restores_its_slots(
    settings: Any, make: Callable[..., Any]
) -> None:
    """S33: its entry has no state until it is left."""

    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse(
            f"{request.method} <form method='post' hx-boost='false'><button>Send</button></form>"
            "<a href='#top'>Top</a>"
        )

    children = [path("", form), path("other/", says("other"))]
    serve(settings, slots("", layout=layout(HEAD + "{% slot %}"), children=children))
    client = make()
    client.load("/")
    client.submit_form(button="Send")
    client.visit("/other/")
    client.back()
    client.assert_shows("children", "GET")
    assert client.screen.requests == ("soft GET /",)
    client.submit_form(button="Send")
    client.click("Top")
    client.assert_shows("children", "POST")
    client.visit("/other/")
    client.go(-2)
    client.assert_shows("children", "GET")
    assert client.screen.requests == ("soft GET /",)


def test_each_step_stands_once_and_is_documented() -> None:
    assert AsyncSlotClient.visit is SlotClient.visit
    assert SlotClient.visit.__doc__ == SlotClient().visit.__doc__
    assert inspect.signature(SlotClient().visit) == inspect.signature(SlotClient.visit)
    assert inspect.iscoroutinefunction(AsyncSlotClient().visit)

"""Responses that are no pages: the browser shows or saves them, and nothing is sent twice (B61)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.harness import PATIENCE, Screen
from tests.urls.whole_responses import BYTES, PDF, called

pytestmark = [pytest.mark.urls("tests.urls.whole_responses"), pytest.mark.chromium]

HOME = {"children": "home", "side": "side"}
NOTICE = ".parallel-routes-notice"


@pytest.fixture
def screen(screen: Screen) -> Screen:
    called.clear()
    screen.tolerate_noise(r"status of \d{3}", "Response Status Error Code", "htmx:responseError")
    screen.hard("/in/")
    screen.page.get_by_label("kept").fill("typed")
    return screen


def assert_unchanged(screen: Screen) -> None:
    """What was on screen and was typed is there, at its URL."""
    screen.assert_shows(**HOME)
    screen.assert_at("/in/")
    assert screen.page.get_by_label("kept").input_value() == "typed"


def assert_reads(screen: Screen, text: str) -> None:
    expect(screen.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE * 1000)


def saved(screen: Screen, target: str) -> Any:
    with screen.page.expect_download() as download:
        screen.click(target)
    return download.value


# --- Files ---


@pytest.mark.in_turn
@pytest.mark.parametrize("target", ["post file", "/in/file/"])
def test_a_file_is_saved_with_its_name_and_its_bytes(screen: Screen, target: str) -> None:
    """B61: "a file is downloaded", with one request, and the page stays."""
    found = saved(screen, target)
    assert found.path().read_bytes() == BYTES
    assert found.suggested_filename.startswith("Größe")
    assert_unchanged(screen)
    assert [path for _, path in map(str.split, called)] == ["/in/file/"]


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("target", "name", "body"),
    [
        ("post csv", "csv", "ä;b".encode()),
        ("post zip", "zip", b"PK\xff\xfe"),
        ("post to-csv", "csv", "ä;b".encode()),
    ],
)
def test_a_file_that_browsers_do_not_show_is_saved(
    screen: Screen, target: str, name: str, body: bytes
) -> None:
    """B61: by its type; also after a redirect."""
    found = saved(screen, target)
    assert found.path().read_bytes() == body
    assert found.suggested_filename.partition(".")[0] == name
    assert_unchanged(screen)
    assert len(called) == 1 + (target == "post to-csv")


# --- Documents ---


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("name", "text"),
    [("json", '{"answer": 42}'), ("text", "<b>slow</b> down"), ("latin", "Größe")],
)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_text_is_shown_as_a_document(screen: Screen, name: str, text: str, method: str) -> None:
    """B61: "JSON, text, … a 413 or 429 … are shown", under their URL and with one request."""
    screen.click(f"post {name}" if method == "POST" else f"/in/{name}/")
    assert_reads(screen, text)
    screen.assert_at(f"/in/{name}/")
    assert screen.slots() == {}
    assert called == [f"{method} /in/{name}/"]
    screen.back()
    screen.assert_shows(**HOME)


def test_an_image_is_shown_as_a_document(screen: Screen) -> None:
    """B61."""
    screen.click("post image")
    screen.page.wait_for_function("document.querySelector('img')?.naturalWidth === 1")
    screen.assert_at("/in/image/")
    assert called == ["POST /in/image/"]


PDFS = {"pdf": "pdf", "pdf-inline": "invoice.pdf", "pdf-attachment": "invoice.pdf"}


@pytest.mark.in_turn
@pytest.mark.parametrize("name", PDFS)
@pytest.mark.parametrize("has_viewer", [True, False], ids=["viewer", "no viewer"])
def test_a_pdf_that_answers_a_form_is_shown_or_saved(
    screen: Screen, name: str, has_viewer: bool
) -> None:
    """B61: shown where the browser has a viewer, but for an attachment; else saved. Sent once."""
    screen.evaluate(
        "(has) => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: has })", has_viewer
    )
    if not has_viewer or "attachment" in name:
        found = saved(screen, f"post {name}")
        assert found.path().read_bytes() == PDF
        assert found.suggested_filename.partition(".")[0] == PDFS[name].partition(".")[0]
        assert_unchanged(screen)
    else:
        screen.click(f"post {name}")
        screen.page.wait_for_selector("embed[type='application/pdf']", timeout=PATIENCE * 1000)
        screen.assert_title(PDFS[name])
        screen.assert_at(f"/in/{name}/")
        script = "async () => (await (await fetch(document.querySelector('embed').src)).text())"
        assert screen.evaluate(script).encode() == PDF
        screen.back()
        screen.assert_shows(**HOME)
    assert called == [f"POST /in/{name}/"]


def test_the_page_of_a_proxy_is_shown(screen: Screen) -> None:
    """B61: "a proxy's answer"."""
    screen.click("post proxy")
    assert_reads(screen, "502 Bad Gateway")
    screen.assert_at("/in/proxy/")
    assert called == ["POST /in/proxy/"]


# --- Nothing ---


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("forbidden", "The server refused this. (403 Forbidden)"),
        ("busy", "Too many requests. Wait a moment. (429 Too Many Requests)"),
        ("failed", "The server failed. (500 Internal Server Error)"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_an_empty_answer_is_told(screen: Screen, name: str, said: str, method: str) -> None:
    """B61: "A click never ends in nothing"; the page stays."""
    screen.click(f"post {name}" if method == "POST" else f"/in/{name}/")
    screen.assert_says(said, NOTICE)
    assert_unchanged(screen)
    assert called == [f"{method} /in/{name}/"]
    screen.click("/in/page/")
    screen.assert_shows(children="page", side="side page")
    assert screen.count(NOTICE) == 0


def test_an_unexpected_nothing_is_told(screen: Screen) -> None:
    """B61: a browser would show an empty page."""
    screen.click("post nothing")
    screen.assert_says("The server’s answer was empty. (200 OK)", NOTICE)
    assert_unchanged(screen)
    assert called == ["POST /nothing/"]


@pytest.mark.in_turn
@pytest.mark.parametrize("target", ["post silent", "/in/silent/"])
def test_a_204_is_meant_to_change_nothing(screen: Screen, target: str) -> None:
    """B61: as in a browser, and without a second request."""
    screen.click(target)
    screen.settle()
    assert_unchanged(screen)
    assert screen.count(NOTICE) == 0
    assert len(called) == 1


# --- Out of the layout ---


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("target", "path", "methods"),
    [
        ("/thanks/", "/thanks/", ["GET /thanks/"]),
        ("/second/", "/second/", ["GET /second/"]),
        ("post buy", "/thanks/", ["POST /in/buy/", "GET /thanks/"]),
        ("/in/buy/", "/thanks/", ["GET /in/buy/", "GET /thanks/"]),
    ],
)
def test_a_way_out_of_the_layout_runs_each_view_once(
    screen: Screen, target: str, path: str, methods: list[str]
) -> None:
    """B61, B67: "its messages arrive"."""
    screen.click(target)
    screen.assert_at(path)
    screen.settle()
    assert called == methods
    if "buy" in target:
        assert_reads(screen, "Bought.")


@pytest.mark.in_turn
@pytest.mark.parametrize("target", ["/to-pay/", "post pay", "/in/pay/"])
def test_a_redirect_by_a_plain_view_ends_at_another_origin(screen: Screen, target: str) -> None:
    """B61: a payment site, say; each view runs once."""
    screen.click(target)
    assert_reads(screen, "thanks")
    screen.assert_at("/thanks/?paid=1")
    assert "127.0.0.1" in screen.page.url
    assert called.count("GET /to-pay/") == called.count("GET /thanks/") == 1


# --- What is the browser's ---


@pytest.mark.in_turn
@pytest.mark.parametrize("target", ["blank", "formtarget", "own slot", "named"])
def test_another_window_is_the_browsers(screen: Screen, target: str) -> None:
    """B61: "target, formtarget … are the browser's"; afterwards the form is the script's again."""
    with screen.page.context.expect_page() as opened:
        screen.click(target)
    opened.value.wait_for_load_state()
    assert_unchanged(screen)
    if target in ("blank", "formtarget"):
        opened.value.get_by_role("heading", name="thanks").wait_for()
        assert called == ["POST /thanks/"]
    screen.click("post silent")
    screen.settle()
    assert called[-1] == "POST /in/silent/"


def test_a_dialog_button_sends_nothing(screen: Screen) -> None:
    """B61."""
    screen.click("dialog")
    screen.settle()
    assert_unchanged(screen)
    assert not called


def test_an_encoding_of_a_button_holds(screen: Screen) -> None:
    """B61: htmx knows only that of the form."""
    screen.click("encoded")
    assert_reads(screen, "multipart/form-data")
    screen.assert_at("/encoded/")


@pytest.mark.in_turn
@pytest.mark.parametrize("target", ["foreign", "formaction"])
def test_a_form_to_another_origin_is_the_browsers(screen: Screen, target: str) -> None:
    """B61."""
    screen.click("/in/elsewhere/")
    screen.assert_shows(children="foreign formaction another port", side="side")
    screen.click(target)
    assert_reads(screen, "thanks")
    assert "127.0.0.1" in screen.page.url
    assert called == ["POST /thanks/"]


def test_a_link_to_another_port_is_the_browsers(screen: Screen) -> None:
    """B19: htmx 2 takes it for the same site."""
    screen.click("/in/elsewhere/")
    screen.assert_shows(children="foreign formaction another port", side="side")
    was_asked = screen.evaluate(
        """() => new Promise((done) => {
            addEventListener("click", (event) => {
                done(event.defaultPrevented);
                event.preventDefault();
            });
            document.querySelector("#port").click();
        })"""
    )
    assert not was_asked


def test_a_listener_of_the_page_may_stop_what_is_the_browsers(screen: Screen) -> None:
    """B61: only htmx does not hear of it."""
    screen.evaluate(
        """() => document.querySelector("[target=_blank]").addEventListener(
            "submit", (event) => event.preventDefault())"""
    )
    screen.click("blank")
    screen.settle()
    assert not called
    assert_unchanged(screen)

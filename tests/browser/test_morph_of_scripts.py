"""What scripts and htmx have removed, replaced or selected in a slot that is rendered again (S57)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.urls.morphs import board

pytestmark = [pytest.mark.urls("tests.urls.morphs"), pytest.mark.chromium]

PAGE = """<p id=count>{count}</p>
<div class=alert>{alert} <button onclick="this.parentNode.remove()">Close</button></div>
<p><i class=icon>{icon}</i> done</p>
<ul>
<li>one {one}</li>
<li>two {two}</li>
{rest}
</ul>"""


@pytest.fixture(autouse=True)
def _empty_board() -> None:
    board.update(html="", done="")


def refresh(screen: Screen, count: int, **changes: str) -> list[str]:
    """Refresh the slot; returns the texts of its alerts, icons and rows."""
    texts = {"alert": "Saved", "icon": "x", "one": "", "two": "", "rest": "<li>three"} | changes
    board["html"] = PAGE.format(count=count, **texts)
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_says(str(count), "#count")
    return screen.evaluate("""() => [...document.querySelectorAll(".alert, .icon, svg, li")].map(
        ({ localName, innerText }) => `${localName} ${innerText ?? ""}`.trim())""")


def test_what_a_script_has_removed_comes_again_when_the_server_changes_it(screen: Screen) -> None:
    """S57: a closed alert stays closed until it has another text."""
    board["html"] = PAGE.format(count=1, alert="Saved", icon="x", one="", two="", rest="<li>three")
    screen.hard("/m/board/")
    rest = ["i x", "li one", "li two", "li three"]
    screen.click("Close")
    assert refresh(screen, 2) == rest
    assert refresh(screen, 3, alert="Sent") == ["div Sent Close", *rest]


def test_what_a_script_has_put_in_the_place_of_something_takes_what_comes(screen: Screen) -> None:
    """S57: rows that htmx has swapped, and icons; each stays until the server changes or drops it."""
    board["html"] = PAGE.format(count=1, alert="Saved", icon="x", one="", two="", rest="<li>three")
    screen.hard("/m/board/")
    screen.evaluate("""() => {
        const swap = (selector, html) => document.querySelector(selector).outerHTML = html;
        swap(".icon", "<svg></svg>");
        swap("li:nth-child(2)", "<li>two <b>swapped</b>");
        swap("li:nth-child(3)", "<li>three <b>swapped</b>");
    }""")
    alert, one = "div Saved Close", "li one"
    swapped = ["li two swapped", "li three swapped"]
    assert refresh(screen, 2) == [alert, "svg", one, *swapped]
    assert refresh(screen, 3, icon="y") == [alert, "i y", one, *swapped]
    assert refresh(screen, 4, icon="y", two="new") == [alert, "i y", one, "li two new", swapped[1]]
    assert refresh(screen, 5, icon="y", two="new", rest="") == [alert, "i y", one, "li two new"]
    # The form of a row that the user is editing is as little replaced as another field with typed text.
    screen.evaluate("document.querySelector('li').outerHTML = '<li><input id=edit></li>'")
    screen.type("#edit", "typed")
    refresh(screen, 6, one="new", icon="y", two="new", rest="")
    assert (screen.value("#edit"), screen.count("li")) == ("typed", 2)


def test_rows_that_a_script_has_moved_go_where_the_server_moves_them(screen: Screen) -> None:
    """S57: dragged rows stay until the server sends another order: that of the drop, or another one."""

    def rows(names: str) -> str:
        return f"<ul>{''.join(f'<li id={name}>{name}</li>' for name in names)}</ul>"

    board["html"] = rows("abcd")
    screen.hard("/m/board/")
    screen.evaluate("""() => {
        const [a, b, c, d] = document.querySelectorAll("li");
        document.querySelector("ul").append(d, b, c, a);
    }""")
    for sent, seen in (("abcde", "dbcae"), ("adcbe", "adcbe")):
        board["html"] = rows(sent)
        screen.evaluate("parallelRoutes.refresh()")
        screen.settle()
        assert "".join(screen.text("ul").split()) == seen


DRAWN = """<p id=count>{count}</p>
<canvas class="{kind}"></canvas><div id=map class="{kind}"></div><ul id=rows>{rows}</ul><ul>{rows}</ul>
<script type="application/json">["rows"]</script><script>{{
    const canvas = document.querySelector("canvas"), map = document.getElementById("map");
    Object.assign(canvas, {{ width: 40, height: 20 }}).style.display = "block";
    canvas.getContext("2d", {{ willReadFrequently: true }}).fillRect(0, 0, 40, 20);
    map.classList.add("drawn");
    map.tabIndex = 0;
    map.innerHTML = "<b>map</b>";
}}</script>"""


def test_a_chart_that_an_inline_script_has_drawn_on_a_hard_load_stays(screen: Screen) -> None:
    """S57: the script ran before the HTML in the page was noted as sent. Later merges compare as usual."""
    board["html"] = DRAWN.format(count=1, kind="bar", rows="<li>one")
    screen.hard("/m/board/")
    for count, rows in ((2, ""), (3, "<li>two"), (4, "")):
        board["html"] = DRAWN.format(count=count, kind="bar wide", rows=rows)
        screen.evaluate("parallelRoutes.refresh()")
        screen.assert_says(str(count), "#count")
        seen = screen.evaluate("""() => {
            const [canvas, map] = document.querySelectorAll("canvas, #map");
            const pixel = canvas.getContext("2d").getImageData(39, 19, 1, 1).data[3];
            return [canvas.width, canvas.style.display, canvas.className, pixel, map.outerHTML];
        }""")
        drawn = '<div id="map" class="bar drawn wide" tabindex="0"><b>map</b></div>'
        assert seen == [40, "block", "bar wide", 255, drawn]
        assert screen.count("li") == 2 * rows.count("<li>"), "lists that no script has named"


def test_a_selection_in_a_text_stays_where_the_text_does_not_change(screen: Screen) -> None:
    """S57: the user copies a number while the time beside it goes on."""
    board["html"] = "<p id=text>Changed 9 minutes ago: order 4711 is ready</p>"
    screen.hard("/m/board/")
    screen.evaluate("""() => {
        const { firstChild } = document.querySelector("#text");
        const start = firstChild.data.indexOf("4711");
        getSelection().setBaseAndExtent(firstChild, start, firstChild, start + 4);
    }""")
    board["html"] = "<p id=text>Changed 10 minutes ago: order 4711 is ready</p>"
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_says("Changed 10 minutes ago: order 4711 is ready", "#text")
    assert screen.evaluate("getSelection().toString()") == "4711"


def test_back_shows_what_was_open_and_written_for_each_query(screen: Screen) -> None:
    """S57, S33: "an entry comes back as it was", whatever was opened for another query meanwhile."""
    board[
        "html"
    ] = """<details><summary id=one>One</summary></details><details><summary id=two>Two</summary></details>
        <p contenteditable id=editor>text</p><a href="?p=2" id=next>next</a>"""
    screen.hard("/m/board/")
    state = """() => [...document.querySelectorAll("details")].map(({ open }) => open)
        .concat(document.querySelector("#editor").innerText)"""
    screen.click("#one")
    screen.click("#next")
    screen.assert_at("/m/board/?p=2")
    screen.click("#one")
    screen.click("#two")
    screen.evaluate("document.querySelector('#editor').append(' more')")
    screen.back()
    screen.assert_at("/m/board/")
    assert screen.evaluate(state) == [True, False, "text"]
    screen.forward()
    screen.assert_at("/m/board/?p=2")
    assert screen.evaluate(state) == [False, True, "text more"]


def test_what_htmx_swaps_in_is_there_once_and_stays(screen: Screen) -> None:
    """S57: a row that it appends, the content of a tab, and an element out of band."""
    page = """<p id=count>{count}</p><ul id=list>{rows}</ul><div id=tab><p>first {count}</p></div>
        <b id=oob>{oob}</b><button hx-get="/m/in/" hx-target="#list" hx-swap="beforeend">add</button>
        <button hx-get="/m/in/" hx-target="#tab">tab</button>"""
    board["html"] = page.format(count=1, rows="<li>one</li>", oob="old")
    screen.hard("/m/board/")
    board["html"] = "<li>two</li><b id=oob hx-swap-oob=true>out of band</b>"
    screen.click("add")
    screen.assert_says("two", "#list")
    board["html"] = "<p>second</p>"
    screen.click("tab")
    screen.assert_says("second", "#tab")
    assert screen.text("b#oob") == "out of band"
    board["html"] = page.format(count=2, rows="<li>zero</li><li>one</li><li>two</li>", oob="old")
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_says("2", "#count")
    assert screen.text("#list").split() == ["zero", "one", "two"]
    assert [screen.text("#tab"), screen.text("#oob")] == ["second", "out of band"]
    board["html"] = page.format(count=3, rows="<li>zero</li><li>one</li>", oob="new")
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_says("3", "#count")
    assert screen.text("#list").split() == ["zero", "one"]
    assert [screen.text("#tab"), screen.text("#oob")] == ["second", "new"]


def test_a_poll_by_load_goes_on(screen: Screen) -> None:
    """S57: htmx fires ``load`` for new elements only, so such an element is replaced each time."""
    board["html"] = """<input id=note><i hx-get="" hx-trigger="load delay:50ms"
        hx-target="closest [data-pr-slot]">Waiting</i>"""
    sent: list[str] = []
    screen.page.on("request", lambda request: sent.append(request.url))
    screen.open("/m/board/")
    screen.type("#note", "typed")
    screen.assert_eventually(
        lambda: sum("/m/board/" in url for url in sent), lambda seen: seen > 4, "it polls"
    )
    assert screen.value("#note") == "typed"

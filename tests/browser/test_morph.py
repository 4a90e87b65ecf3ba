"""The same page is reconciled: what the user and widgets have done stays (S57, S58)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.morphs import board

pytestmark = [pytest.mark.urls("tests.urls.morphs"), pytest.mark.chromium]

BOARD = """
<style></style>
<p id=count class=a>{count} jobs</p>
<details id=details><summary>More</summary>{count}</details>
<input id=half name=half> <input type=checkbox id=tick>
<p id=long>A text that somebody has selected</p>
<div id=box style="height: 30px; overflow: auto"><p style="height: 300px">{count}</p></div>
<iframe id=frame srcdoc="<p>inside</p>"></iframe>
<canvas id=canvas></canvas>
<x-counter id=counter></x-counter>
<form><select id=select name=select>
  <option value=1>One</option><option value=2>Two</option>{option}
</select></form>
<a href="/m/?{count}" id=link>Home</a>
"""
# As Tom Select does it: classes, attributes, a wrapper beside, with an open menu in it.
USE = """async () => {
    customElements.define("x-counter", class extends HTMLElement {
        connectedCallback() { this.count = (this.count ?? 0) + 1; this.innerHTML = "<b>mine</b>"; }
    });
    const by = (id) => document.getElementById(id);
    by("details").open = true;
    const select = by("select");
    select.classList.add("tomselected");
    select.tabIndex = -1;
    const wrapper = "<div class=ts-wrapper><input id=ts><div id=menu>menu</div></div>";
    select.insertAdjacentHTML("afterend", wrapper);
    by("count").classList.add("pulse");
    const drawn = by("canvas").getContext("2d", { willReadFrequently: true });
    by("canvas").width = 300;
    drawn.fillRect(0, 0, 10, 10);
    by("box").scrollTop = 50;
    by("frame").contentWindow.mine = true;
    getSelection().selectAllChildren(by("long"));
    window.nodes = Object.fromEntries([...document.querySelectorAll("[id]")].map((node) => [node.id, node]));
}"""
STATE = """() => {
    const by = (id) => document.getElementById(id);
    return {
        sameNodes: Object.entries(window.nodes).filter(([id, node]) => by(id) !== node).map(([id]) => id),
        open: by("details").open,
        half: by("half").value,
        tick: by("tick").checked,
        selected: getSelection().toString(),
        scrolled: by("box").scrollTop,
        frame: !!by("frame").contentWindow.mine,
        drawn: by("canvas").getContext("2d", { willReadFrequently: true }).getImageData(1, 1, 1, 1).data[3],
        custom: [by("counter").count, by("counter").innerHTML],
        classes: [by("count").className, by("select").className, by("select").tabIndex],
        menu: by("menu").innerText,
        focused: document.activeElement.id,
    };
}"""


@pytest.fixture(autouse=True)
def _empty_board() -> None:
    board.update(html="", done="")


def test_a_refresh_leaves_what_the_user_and_widgets_have_done(screen: Screen) -> None:
    """S57: and what has changed on the server is on screen."""
    board["html"] = BOARD.format(count=3, option="")
    screen.hard("/m/board/")
    screen.click("#tick")
    screen.type("#half", "half")
    screen.evaluate(USE)
    before = screen.evaluate(STATE)
    assert before["sameNodes"] == []
    assert before["drawn"] == 255
    for count in (4, 5):
        board["html"] = BOARD.format(count=count, option="<option value=3>Three</option>")
        board["html"] = board["html"].replace("class=a", f'class="a b{count}"')
        screen.evaluate("parallelRoutes.refresh()")
        screen.assert_says(f"{count} jobs")
        expected = before["classes"][1:]
        after = screen.evaluate(STATE)
        assert after["classes"] == [f"a pulse b{count}", *expected]
        assert {**after, "classes": 0} == {**before, "classes": 0}
        assert screen.count("#select option") == 3
    screen.click("#link")
    screen.assert_at("/m/?5")


def test_a_search_keeps_the_focus_and_what_is_typed_meanwhile(
    screen: Screen, gates: Gates
) -> None:
    """S57: caret included. The table changes, and Back brings each search back as it was (S33, B34)."""
    screen.hard("/m/search/")
    screen.mark()
    screen.type("#q", "n1")
    screen.evaluate("window.video = document.querySelector('#video')")
    gates.close("/m/search/?q=n1")
    screen.press("Enter")
    gates.expect_arrival("/m/search/?q=n1")
    screen.press("2")
    screen.press("ArrowLeft")
    gates.open("/m/search/?q=n1")
    screen.assert_at("/m/search/?q=n1")
    screen.assert_says("n11")
    assert screen.count("tr") == 11
    assert screen.value("#q") == "n12"
    assert screen.focused() == "#q"
    assert screen.evaluate("document.activeElement.selectionStart") == 2
    screen.press("Enter")
    screen.assert_at("/m/search/?q=n12")
    assert screen.count("tr") == 1
    assert screen.evaluate("window.video === document.querySelector('#video')")
    screen.back()
    screen.assert_at("/m/search/?q=n1")
    assert screen.count("tr") == 11
    assert screen.value("#q") == "n12"
    screen.back()
    screen.assert_at("/m/search/")
    assert screen.count("tr") == 20
    assert screen.value("#q") == "n12"  # as it was when it was left
    assert screen.evaluate("window.video === document.querySelector('#video')")
    screen.forward()
    screen.forward()
    screen.assert_at("/m/search/?q=n12")
    assert screen.count("tr") == 1
    assert screen.value("#q") == "n12"

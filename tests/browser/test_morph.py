"""A slot that is rendered again is merged: what the user and widgets have changed stays (S57, S58)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
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
    customElements.define("x-once", class extends HTMLElement {
        connectedCallback() { this.remove(); }
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
    const message = '<p><a id=message href="/m/new/">Job 4 has come</a></p>';
    by("canvas").insertAdjacentHTML("beforebegin", message);
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

WATCH = """() => {
    window.told = [];
    for (const name of ["compositionstart", "compositionend"])
        document.addEventListener(name, () => told.push(name));
    document.addEventListener("dragstart", ({ target, dataTransfer }) =>
        dataTransfer.setData("text/plain", target.id));
    document.querySelector("#drop").addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
        event.preventDefault();
        told.push(`drop ${event.dataTransfer.getData("text/plain")}`);
    });
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
        board["html"] += (
            '<p><a href="/m/new/">Job 4</a></p>'  # the script's message with this link stays
            "<x-once></x-once>"
        )
        screen.evaluate("parallelRoutes.refresh()")
        screen.assert_says(f"{count} jobs")
        expected = before["classes"][1:]
        after = screen.evaluate(STATE)
        assert after["classes"] == [f"a pulse b{count}", *expected]
        assert {**after, "classes": 0} == {**before, "classes": 0}
        assert screen.count("#select option") == 3
    screen.click("#link")
    screen.assert_at("/m/?5")


def test_a_refreshed_layout_leaves_its_slots(screen: Screen) -> None:
    """S58: what is typed in the layout stays, too; a slot that it prints now comes, and goes again."""
    board["html"] = "<input id=inner><p>board</p>"
    screen.hard("/m/in/")
    screen.type("[name=outer]", "outer")
    screen.type("#inner", "inner")
    screen.evaluate("window.inner = document.querySelector('#inner')")
    shown = {"children__children": "board", "modal": ""}
    for said, late in (("one", "late"), ("two", "")):
        age = "" if late else "; max-age=0"
        screen.evaluate(
            f"document.cookie = 'said={said}; path=/'; document.cookie = 'late=1; path=/{age}'"
        )
        screen.evaluate("parallelRoutes.refresh('children')")
        screen.assert_shows(children=said, children__late=late, **shown)
        assert screen.evaluate("window.inner === document.activeElement")
        assert screen.value("#inner") == "inner"
        assert screen.value("[name=outer]") == "outer"


def test_back_shows_a_slot_in_a_layout_that_had_come_back_from_memory(screen: Screen) -> None:
    """B34, S57: its content was sent with the layout around it, and shows another query since."""
    board["html"] = "<p>board</p>"
    screen.hard("/m/in/search/")
    screen.type("#note", "half")
    screen.evaluate("parallelRoutes.visit('/m/in/')")
    screen.assert_says("board")
    screen.back()
    screen.assert_at("/m/in/search/")
    screen.assert_says("n19", "tbody")
    screen.click("#sort")
    screen.assert_says("n59", "tbody")
    screen.back()
    screen.assert_at("/m/in/search/")
    screen.assert_says("n19", "tbody")
    assert screen.value("#note") == "half"


def test_a_click_on_the_current_link_keeps_the_modal_and_its_input(screen: Screen) -> None:
    """S57: the dialog stays open with what is typed in it; so does a page whose own link is clicked."""
    screen.hard("/m/")
    screen.soft("/m/photo/")
    screen.assert_modals("photo")
    screen.type("#comment", "nice")
    screen.evaluate("window.dialog = document.querySelector('dialog')")
    screen.click("large")
    screen.assert_at("/m/photo/?size=large")
    screen.assert_says("large", "#size")
    assert screen.value("#comment") == "nice"
    assert screen.evaluate("window.dialog === document.querySelector('dialog:modal')")
    screen.back()
    screen.assert_says("small", "#size")
    screen.assert_modals("photo")
    screen.back()
    screen.assert_modals()
    board["html"] = '<a href="/m/board/" id=self>here</a><input id=half>'
    screen.hard("/m/board/")
    screen.type("#half", "half")
    screen.click("#self")
    screen.assert_sent("soft GET /m/board/")
    assert screen.value("#half") == "half"


def test_elements_can_opt_out_of_merging_and_scripts_get_events(screen: Screen) -> None:
    """S57: ``data-pr-morph``, ``hx-preserve``, scripts, events, and what htmx reads and cleans up."""
    page = """<div id=off data-pr-morph=false><input id=typed></div><p hx-preserve id=kept>{n}</p>
        <script>window.ran = (window.ran ?? 0) + 1;</script><script>window.last = {n};</script>
        <b id=gone{n} hx-get="/m/gone/"></b><a id=link hx-get="/m/search/?page={n}" hx-target="#into">get</a>
        <div id=into></div><ul>{rows}</ul>"""
    board["html"] = page.format(n=1, rows="<li>1")
    screen.hard("/m/board/")
    screen.type("#typed", "typed")
    screen.evaluate("""() => {
        window.heard = [];
        for (const name of ["enter", "leave", "update"])
            document.addEventListener(`parallel-routes:${name}`, ({ target }) =>
                window.heard.push(`${name} ${target.id || target.localName}`));
        for (const name of ["htmx:beforeCleanupElement", "htmx:before:cleanup"])
            document.addEventListener(name, ({ target }) => window.heard.push("clean-up"));
    }""")
    board["html"] = page.format(n=2, rows="<li>1<li>2")
    screen.evaluate("parallelRoutes.refresh()")
    screen.settle()
    assert screen.value("#typed") == ""
    assert screen.text("#kept") == "1"
    assert screen.evaluate("[window.ran, window.last]") == [1, 2]
    heard = screen.evaluate("window.heard")
    assert {"leave off", "leave gone1", "enter off", "enter gone2", "enter li"} < set(heard)
    assert heard[-1] == "update slot-children"
    assert not {"leave slot-children", "enter slot-children"} & set(heard)
    screen.click("#link")
    screen.assert_says("n20", "#into")
    screen.evaluate("document.querySelector('#slot-children').dataset.prMorph = 'false'")
    screen.mark()
    screen.evaluate("parallelRoutes.refresh()")
    assert not screen.kept("children")


def test_an_element_whose_attributes_alone_change_stays_as_it_is(screen: Screen) -> None:
    """S57: the box stays scrolled, though htmx removes comments; a stream without a URL plays on."""
    board["html"] = """<div id=box style="height: 30px; overflow: auto"><input id=half class={c}>
        <!-- comment --> <p style="height: 300px"></div><video id=video class={c}></video>"""
    page = board["html"]
    board["html"] = page.format(c="a")
    screen.hard("/m/board/")
    screen.evaluate(
        """async () => {
            const canvas = document.createElement("canvas");
            const pen = canvas.getContext("2d");
            setInterval(() => pen.fillRect(0, 0, 9, 9), 20);
            const video = document.querySelector("#video");
            window.emptied = 0;
            video.addEventListener("emptied", () => window.emptied++);
            Object.assign(video, { muted: true, srcObject: canvas.captureStream() });
            await video.play();
            window.emptied = 0;
            document.querySelector("#box").scrollTop = 40;
        }"""
    )
    board["html"] = page.format(c="b")
    screen.evaluate("parallelRoutes.visit('/m/board/?other')")
    screen.assert_at("/m/board/?other")
    screen.settle()
    state = """[document.querySelector("#half").className, document.querySelector("#box").scrollTop,
        document.querySelector("#video").paused, window.emptied]"""
    assert screen.evaluate(state) == ["b", 40, False, 0]


def test_typing_and_dragging_go_on_during_a_merge(screen: Screen) -> None:
    """S57: an input method composes a word, a row or a knob is dragged; what is new takes no focus."""
    rows = "".join(f"<li id=r{number} draggable=true>row {number}</li>" for number in range(3))
    board["html"] = (
        f"<input id=name value=a><input id=range type=range><ul>{rows}</ul><p id=drop>drop</p>"
    )
    screen.hard("/m/board/")
    screen.evaluate(WATCH)
    page, mouse = screen.page, screen.page.mouse
    devtools = page.context.new_cdp_session(page)

    def compose(text: str) -> None:
        end = len(text)
        devtools.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": end, "selectionEnd": end}
        )

    def middle(selector: str) -> tuple[float, float]:
        box = page.locator(selector).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def refresh(old: str, new: str) -> None:
        before = screen.count("#news")
        board["html"] = board["html"].replace(old, new) + "<i id=news></i>"
        screen.evaluate("parallelRoutes.refresh('children')")
        screen.assert_eventually(
            lambda: screen.count("#news"), lambda seen: seen > before, "it is refreshed"
        )

    screen.evaluate("document.querySelector('#name').select()")
    compose("か")
    refresh("value=a", "value=b")
    compose("かき")
    refresh("<ul>", "<div><input autofocus></div><ul>")
    devtools.send("Input.insertText", {"text": "柿"})
    assert (screen.value("#name"), screen.focused()) == ("柿", "#name")

    mouse.move(*middle("#r1"))
    mouse.down()
    mouse.move(*middle("#r2"), steps=3)
    refresh("row 1", "one")
    mouse.move(*middle("#drop"), steps=3)
    mouse.up()
    assert screen.text("#r1") == "one"

    x, y = middle("#range")
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 10, y)
    dragged = int(screen.value("#range"))
    refresh("type=range", "type=range value=10")
    mouse.move(x + 20, y)
    mouse.up()
    assert int(screen.value("#range")) > dragged > 50
    assert screen.evaluate("told") == ["compositionstart", "compositionend", "drop r1"]


MOVES = [
    # A card goes to another column, a field gets a wrapper, a form another place.
    """<p id=count>0</p><ul><li id=card><input id=note><iframe id=frame srcdoc=inside></iframe></ul><ul></ul>
    <label>Name</label><input id=name><header><form id=search><input id=q></form></header>
    <div id=outer><input name=outer><div id=inner><input name=inner></div></div>
    <div data-pr-morph=false><input id=anew></div>""",
    """<p id=count>1</p><ul></ul><ul><li id=other>
    <li id=card><input id=note><iframe id=frame srcdoc=inside></iframe></ul>
    <div class=invalid><label>Name</label><input id=name></div>
    <main><form id=search><b>Find</b><input id=q></form></main>
    <div id=inner><input name=inner><div id=outer><input name=outer></div></div>
    <p></p><div data-pr-morph=false><input id=anew></div>""",
]


def test_an_element_with_an_id_keeps_its_state_wherever_it_moves(screen: Screen) -> None:
    """S57: "what is still there keeps its node", focus, what was typed, an iframe, in another parent."""
    board["html"] = MOVES[0]
    screen.hard("/m/board/")
    for field in ("#note", "[name=outer]", "[name=inner]", "#anew", "#name", "#q"):
        screen.type(field, f"typed in {field}")
    kept = """() => ["note", "name", "q"].map((id) => document.getElementById(id).value)
        .concat(["outer", "inner"].map((name) => document.querySelector(`[name=${name}]`).value))
        .concat(document.querySelector("#frame").contentWindow.mine, document.activeElement.id)"""
    screen.evaluate("document.querySelector('#frame').contentWindow.mine = 'mine'")
    before = screen.evaluate(kept)
    assert before[-2:] == ["mine", "q"]
    for places, count in (("ul + ul > #card", 1), ("ul:has(+ ul) > #card", 0)):
        board["html"] = MOVES[count]
        screen.evaluate("parallelRoutes.refresh()")
        screen.assert_says(str(count), "#count")
        assert screen.evaluate(kept) == before
        assert screen.count(places) == 1
        assert screen.value("#anew") == ""
    assert screen.count("#slot-children [id]") == MOVES[0].count("id=")


def test_a_card_stays_scrolled_in_another_column(screen: Screen) -> None:
    """S57: on its way, it is where nothing is laid out, which lets the browser forget the position."""
    card = '<li id=card style="height: 20px; overflow: auto"><p style="height: 90px">card</p></li>'
    columns = "<ul>{}</ul><ol>{}</ol>"
    board["html"] = columns.format(card, "")
    screen.hard("/m/board/")
    screen.evaluate("document.querySelector('#card').scrollTop = 30")
    board["html"] = columns.format("", card)
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_says("card", "ol")
    assert screen.evaluate("document.querySelector('#card').scrollTop") == 30


MEDIA = """<p id=count>{0}</p><video id=video><source src="/{0}.webm"></video>
<svg><use {1}="#a"></use></svg>"""


def test_media_and_drawings_show_what_is_there_now(screen: Screen) -> None:
    """S57: a video does not look at its sources again by itself; SVG has attributes in namespaces."""
    screen.tolerate_noise("404")
    board["html"] = MEDIA.format(1, "data-x")
    screen.hard("/m/board/")
    board["html"] = MEDIA.format(2, "xlink:href")
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_says("2", "#count")
    screen.assert_eventually(
        lambda: screen.evaluate("document.querySelector('video').currentSrc"),
        lambda seen: seen.endswith("/2.webm"),
        "the video loads its new source",
    )
    assert screen.evaluate("document.querySelector('use').href.baseVal") == "#a"

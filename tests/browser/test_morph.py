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
        screen.evaluate("parallelRoutes.refresh()")
        screen.assert_says(f"{count} jobs")
        expected = before["classes"][1:]
        after = screen.evaluate(STATE)
        assert after["classes"] == [f"a pulse b{count}", *expected]
        assert {**after, "classes": 0} == {**before, "classes": 0}
        assert screen.count("#select option") == 3
    screen.click("#link")
    screen.assert_at("/m/?5")


@pytest.mark.parametrize("at", ["/m/search/", "/late/"])
def test_a_search_keeps_the_focus_and_what_is_typed_meanwhile(
    screen: Screen, gates: Gates, at: str
) -> None:
    """S57, S33, B34: caret included, also of a slot with a loading state; Back brings each search back."""
    screen.hard(at)
    screen.assert_says("next")
    screen.type("#q", "n1")
    screen.evaluate("window.video = document.querySelector('#video')")
    gates.close(f"{at}?q=n1")
    screen.press("Enter")
    gates.expect_arrival(f"{at}?q=n1")
    screen.press("2")
    screen.press("ArrowLeft")
    gates.open(f"{at}?q=n1")
    screen.assert_at(f"{at}?q=n1")
    screen.assert_eventually(
        lambda: screen.count("tr"), lambda seen: seen == 11, "the list is that of n1"
    )
    assert screen.value("#q") == "n12"
    assert screen.focused() == "#q"
    assert screen.evaluate("document.activeElement.selectionStart") == 2
    screen.press("Enter")
    screen.assert_at(f"{at}?q=n12")
    screen.settle()
    assert screen.count("tr") == 1
    assert screen.evaluate("window.video === document.querySelector('#video')")
    screen.back()
    screen.assert_at(f"{at}?q=n1")
    assert screen.count("tr") == 11
    assert screen.value("#q") == "n12"
    screen.back()
    screen.assert_at(at)
    assert screen.count("tr") == 20
    assert screen.value("#q") == "n12"  # as it was when it was left
    assert screen.evaluate("window.video === document.querySelector('#video')")
    screen.forward()
    screen.forward()
    screen.assert_at(f"{at}?q=n12")
    assert screen.count("tr") == 1
    assert screen.value("#q") == "n12"


def test_a_search_that_leads_from_the_default_to_its_page(screen: Screen) -> None:
    """S57, S33: they are the same view, so what is typed meanwhile stays; Back brings the default back."""
    screen.hard("/aside/")
    screen.type("#q", "half typed")
    screen.mark()
    screen.evaluate("parallelRoutes.visit('/aside/list/?q=n12')")
    screen.assert_at("/aside/list/?q=n12")
    screen.settle()
    assert (screen.count("tr"), screen.value("#q"), screen.focused()) == (1, "half typed", "#q")
    assert screen.kept("children")
    screen.back()
    screen.assert_at("/aside/")
    screen.settle()
    assert (screen.count("tr"), screen.value("#q")) == (20, "half typed")


def test_another_page_of_a_table_is_another_list(screen: Screen) -> None:
    """S57: the form beside it keeps what is half typed; the table begins at its start."""
    screen.hard("/m/search/")
    screen.type("#q", "half")
    screen.type("#note", "a note")
    screen.click("css=tr:nth-child(3) input")
    screen.evaluate("document.querySelector('#box').scrollTop = 40")
    screen.click("#next")
    screen.assert_at("/m/search/?q=&page=2")
    screen.assert_says("n25")
    state = """() => [document.querySelector("#q").value, document.querySelector("#note").value,
        document.querySelectorAll(":checked").length, document.querySelector("#box").scrollTop]"""
    assert screen.evaluate(state) == ["half", "a note", 0, 0]
    screen.type("#note", "another note")
    screen.back()
    screen.assert_at("/m/search/")
    screen.assert_sent()
    assert screen.evaluate(state) == ["half", "a note", 1, 40]
    assert (
        screen.evaluate("document.querySelector(':checked').closest('tr').innerText").strip()
        == "n2"
    )
    screen.soft("/m/other/")
    screen.assert_at("/m/other/")
    screen.back()
    screen.assert_says("n2")
    screen.forward()
    screen.go(-1)
    assert screen.evaluate(state) == ["half", "a note", 1, 40]


def test_sorting_a_table_moves_its_rows_and_keeps_a_video_playing(screen: Screen) -> None:
    """S57: a row takes what is ticked in it along; a video goes on; the table begins at its start."""
    screen.hard("/m/search/?q=n5")
    screen.evaluate(
        """async () => {
            const canvas = document.createElement("canvas");
            const pen = canvas.getContext("2d");
            setInterval(() => pen.fillRect(0, 0, 9, 9), 20);
            window.video = document.querySelector("#video");
            window.paused = 0;
            video.addEventListener("pause", () => window.paused++);
            Object.assign(video, { muted: true, srcObject: canvas.captureStream() });
            await video.play();
            window.rows = [...document.querySelectorAll("tr")];
            document.querySelector("#box").scrollTop = 40;
        }"""
    )
    screen.click("css=tr:nth-child(2) input")  # n50
    screen.type("#note", "half")
    screen.click("#sort")
    screen.assert_at("/m/search/?q=n5&descending")
    state = """() => [[...document.querySelectorAll("tr")].map((row) => row.innerText.trim()).join(),
        document.querySelector(":checked").closest("tr").innerText.trim(),
        [...document.querySelectorAll("tr")].every((row) => rows.includes(row)),
        document.querySelector("#note").value, document.querySelector("#box").scrollTop,
        document.querySelector("#video") === video, video.paused, window.paused]"""
    names = [*(f"n{number}" for number in range(59, 49, -1)), "n5"]
    assert screen.evaluate(state) == [",".join(names), "n50", True, "half", 0, True, False, 0]
    at = screen.evaluate("video.currentTime")
    screen.assert_eventually(
        lambda: screen.evaluate("video.currentTime"), lambda now: now > at, "it plays on"
    )


def test_controls_that_belong_together_or_hide_what_a_form_has(screen: Screen) -> None:
    """S57: a choice among radio buttons is one value; controls may hide what a form has."""
    names = ["id", "style", "name", "children", "append", "remove"]
    page = """<form class={c} style="color: {c}"><input type=radio name=one value=1 id=r1 {first}>
        <input type=radio name=one value=2 id=r2 {second}>
        <input type=radio name=one value=3 id=r3>{named}</form>"""
    named = "".join(f"<input name={name} class=named>" for name in names)
    board["html"] = page.format(c="red", first="checked", second="", named=named)
    screen.hard("/m/board/")
    screen.click("#r3")
    screen.evaluate("""() => {
        window.form = document.querySelector("form.red");
        for (const control of document.querySelectorAll(".named")) control.value = "typed";
    }""")
    board["html"] = page.format(c="blue", first="", second="checked", named=named)
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_eventually(lambda: screen.count("form.blue"), bool, "it has come")
    assert screen.evaluate("document.querySelector(':checked').id") == "r3"
    assert screen.evaluate("document.querySelector('form.blue') === window.form")
    values = "[...document.querySelectorAll('.named')].map(({ value }) => value)"
    assert screen.evaluate(values) == ["typed"] * len(names)
    assert screen.evaluate("getComputedStyle(window.form).color") == "rgb(0, 0, 255)"


def test_a_choice_that_was_sent_is_given_up_though_one_button_can_not_be_chosen(
    screen: Screen,
) -> None:
    """S57: a disabled control is not sent."""
    choices = "".join(
        f"<input type=radio name=one value={value} id=r{value} {more}>"
        for value, more in {1: "checked", 2: "", 3: "disabled"}.items()
    )
    board["html"] = f"<form method=post>[token]{choices}<button>Save</button></form><p>before</p>"
    board["done"] = board["html"].replace("before", "after")
    screen.hard("/m/board/")
    screen.click("#r2")
    screen.click("Save")
    screen.assert_says("after")
    screen.settle()
    assert screen.evaluate("document.querySelector(':checked').id") == "r1"


def test_htmx_cleans_up_elements_that_a_merge_removes(screen: Screen) -> None:
    """S57: an element of a list that goes polls no more; one that stays goes on."""
    tick = "<li id={id} hx-get=/m/?{id} hx-trigger='every 30ms' hx-swap=none>{id}</li>"
    board["html"] = f"<ul>{tick.format(id='gone')}{tick.format(id='stays')}</ul>"
    sent: list[str] = []
    screen.page.on("request", lambda request: sent.append(request.url.partition("?")[2]))
    screen.open("/m/board/")
    screen.assert_eventually(lambda: sent.count("gone"), lambda count: count > 1, "it polls")
    screen.evaluate("""() => {
        window.cleaned = [];
        for (const name of ["htmx:beforeCleanupElement", "htmx:before:cleanup"])
            addEventListener(name, ({ target }) => window.cleaned.push(target.id), true);
        addEventListener("parallel-routes:leave", ({ target }) => window.cleaned.push(`leave ${target.id}`));
    }""")
    board["html"] = f"<ul>{tick.format(id='stays')}</ul>"
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_eventually(lambda: screen.count("#gone"), lambda count: not count, "it is gone")
    before = sent.count("gone")
    start = sent.count("stays")
    screen.assert_eventually(
        lambda: sent.count("stays"), lambda count: count > start + 5, "the other one polls on"
    )
    assert sent.count("gone") <= before + 1  # which was on its way
    cleaned = screen.evaluate("window.cleaned")
    assert cleaned[:1] == ["leave gone"]
    assert "stays" not in cleaned
    # When all are others, they are exchanged in one go: 1,000 rows one by one take long.
    screen.evaluate("""() => {
        window.changes = [];
        new MutationObserver((records) => {
            for (const { removedNodes, addedNodes } of records)
                changes.push([...removedNodes, ...addedNodes].map(({ id }) => id));
        }).observe(document.querySelector("ul"), { childList: true });
        addEventListener("parallel-routes:enter", ({ target }) => cleaned.push(`enter ${target.id}`));
    }""")
    board["html"] = f"<ul>{tick.format(id='one')}{tick.format(id='two')}</ul>"
    screen.evaluate("parallelRoutes.refresh()")
    for name in ("one", "two"):
        screen.assert_eventually(lambda n=name: sent.count(n), lambda count: count > 1, "it polls")
    assert screen.evaluate("window.changes") == [["stays"], ["one", "two"]]
    seen = [name for name in screen.evaluate("window.cleaned") if name and " " in name]
    assert seen == ["leave gone", "leave stays", "enter one", "enter two"]
    start = sent.count("stays")
    screen.assert_eventually(
        lambda: sent.count("two"), lambda count: count > 5, "the others poll on"
    )
    assert sent.count("stays") <= start + 1


FORMS = """<form method=post enctype=multipart/form-data id=form>[token]
    {errors}<input name=name id=name value="{name}" {invalid}> <input type=file name=file id=file>
    <input type=checkbox name=agree id=agree> <input id=unsent><ul>{rows}</ul>
    <button name={how}>Send</button>
</form>
<form id=other><input name=said id=said></form>"""


FORMSET_ROW = "<li><input name=row-{0} id=row-{0} value='{1}'><input type=file name=file-{0}></li>"
# As the script of a formset does it.
ADD_ROW = """() => {
    const row = document.querySelector("li:has(#row-0)").cloneNode(true);
    for (const input of row.querySelectorAll("input")) input.name = input.name.replace(0, 1);
    row.querySelector("input").id = "row-1";
    document.querySelector("ul:has(#row-0)").append(row);
    window.added = row;
}"""
ADDED = """() => [
    [...document.querySelectorAll("[id^=row-]")].map(({ id, value }) => `${id} ${value}`),
    added.isConnected,
    added.querySelector("[type=file]").value,
]"""


def test_a_form_keeps_its_files_with_errors_and_is_empty_after_success(screen: Screen) -> None:
    """S57, B39: files stay with errors, the form is empty after success; another form keeps its text.

    A row that a script has added to a formset is the one that comes back.
    """
    first = FORMSET_ROW.format(0, "")
    clean = {"errors": "", "name": "", "invalid": "", "how": "right", "rows": first}
    board["html"] = FORMS.format(**clean | {"how": "wrong"})
    board["done"] = FORMS.format(
        csrf="",
        errors="<ul class=errorlist><li>No</ul>",
        name="ADA",
        invalid="aria-invalid=true",
        how="right",
        rows=first + FORMSET_ROW.format(1, "SECOND"),
    )
    screen.hard("/m/board/")
    state = """() => [document.querySelector("#name").value, document.querySelector("#file").value,
        document.querySelector("#agree").checked, document.querySelector("#unsent").value,
        document.querySelector("#said").value]"""
    screen.type("#said", "other")
    screen.type("#unsent", "unsent")
    screen.click("#agree")
    file = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}
    screen.page.set_input_files("#file", files=[file])
    screen.type("#name", "ada")
    screen.evaluate(ADD_ROW)
    screen.type("#row-1", "second")
    screen.page.set_input_files("[name=file-1]", files=[file])
    screen.evaluate(LOCK)
    screen.click("Send")
    screen.assert_says("No")
    rows = ["row-0 ", "row-1 SECOND"]
    assert screen.evaluate(ADDED) == [rows, True, "C:\\fakepath\\a.txt"]
    assert screen.evaluate(BUTTON) == ["Send", "", False]
    assert screen.evaluate(state) == ["ADA", "C:\\fakepath\\a.txt", False, "unsent", "other"]
    assert screen.focused() == "#name"
    screen.evaluate("parallelRoutes.refresh()")
    screen.settle()
    assert screen.evaluate(state) == ["ADA", "C:\\fakepath\\a.txt", False, "unsent", "other"]
    board["done"] = FORMS.format(**clean)
    screen.type("#name", "Ada")
    screen.click("Send")
    screen.assert_eventually(
        lambda: screen.evaluate(state),
        lambda seen: seen == ["", "", False, "", "other"],
        "it is empty",
    )
    assert screen.count(".errorlist") == 0
    assert screen.evaluate(ADDED)[:2] == [["row-0 "], False]
    assert screen.evaluate(BUTTON) == ["Send", "", False]


# As many sites do it against double clicks: a document would bring a new button.
LOCK = """() => document.querySelector("#form").addEventListener("submit", ({ submitter }) => {
    const busy = { disabled: true, className: "busy", innerHTML: "Sending <i>…</i>" };
    setTimeout(() => Object.assign(submitter, busy));
})"""
BUTTON = """() => {
    const { innerText, className, disabled } = document.querySelector("#form button");
    return [innerText, className, disabled];
}"""

ROW = "<li{id}><details><summary>{name}</summary></details><input></li>"


@pytest.mark.parametrize("with_ids", [True, False], ids=["ids", "no-ids"])
def test_rows_that_move_appear_and_go(screen: Screen, with_ids: bool) -> None:
    """S57: each that is still there keeps its node, and what is open and typed in it."""

    def shows(names: str) -> None:
        rows = (ROW.format(name=name, id=f" id=row-{name}" if with_ids else "") for name in names)
        board["html"] = f"<ul>{''.join(rows)}</ul>"

    shows("ABCDEF")
    screen.hard("/m/board/")
    use = """() => { window.rows = {}; for (const row of document.querySelectorAll("li")) {
        const name = row.innerText.trim();
        window.rows[name] = row;
        if ("BE".includes(name)) row.querySelector("details").open = true;
        row.querySelector("input").value = name;
    } document.querySelectorAll("input")[4].focus(); }"""
    state = """() => [...document.querySelectorAll("li")].map((row) => {
        const name = row.innerText.trim();
        const isMine = window.rows[name] === row ? "same" : "new";
        return [name, isMine, row.querySelector("details").open, row.querySelector("input").value].join();
    })"""
    screen.evaluate(use)
    for names in ("EABXDF", "XFBDAE", "E"):
        shows(names)
        screen.evaluate("parallelRoutes.refresh()")
        screen.settle()
        seen = screen.evaluate(state)
        expected = [
            f"{name},new,false,"
            if name == "X"
            else f"{name},same,{str(name in 'BE').lower()},{name}"
            for name in names
        ]
        assert seen == expected
        assert screen.evaluate("document.activeElement.value") == "E"


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
    """S57: nothing else is in the box, so it stays scrolled; a stream without a URL plays on."""
    board["html"] = """<div id=box style="height: 30px; overflow: auto"><input id=half class={c}>
        <p style="height: 300px"></div><video id=video class={c}></video>"""
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

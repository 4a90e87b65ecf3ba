"""A list, table or search that is rendered again: each row keeps what was done in it (S57)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.morphs import board

pytestmark = [pytest.mark.urls("tests.urls.morphs"), pytest.mark.chromium]


@pytest.fixture(autouse=True)
def _empty_board() -> None:
    board.update(html="", done="")


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


def test_htmx_cleans_up_elements_that_a_merge_removes(screen: Screen) -> None:
    """S57: an element of a list that goes polls no more; one that stays goes on."""
    tick = "<li id={id} hx-get=/m/?{id} hx-trigger='every 30ms' hx-swap=none>{id}</li>"
    # On a hard load, htmx 4 may set its attribute before the HTML is noted: as if it were sent.
    stays = tick.format(id="stays").replace("<li ", "<li data-htmx-powered=true ")
    board["html"] = f"<ul>{tick.format(id='gone')}{stays}</ul>"
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
    # By this attribute, htmx 4 finds what it cleans up.
    assert screen.evaluate("document.querySelector('#stays').dataset.htmxPowered") == "true"
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
        const cleanUp = () => cleaned.push("clean up");
        document.querySelector("#stays").addEventListener("htmx:beforeCleanupElement", cleanUp);
        document.addEventListener("htmx:before:cleanup", cleanUp);
    }""")
    board["html"] = f"<ul>{tick.format(id='one')}{tick.format(id='two')}</ul>"
    screen.evaluate("parallelRoutes.refresh()")
    for name in ("one", "two"):
        screen.assert_eventually(lambda n=name: sent.count(n), lambda count: count > 1, "it polls")
    assert screen.evaluate("window.changes") == [["stays"], ["one", "two"]]
    seen = [name for name in screen.evaluate("window.cleaned") if name and " " in name]
    # An editor or a connection of the same name ends before the next one begins.
    assert seen == ["leave gone", "leave stays", "clean up", "enter one", "enter two"]
    start = sent.count("stays")
    screen.assert_eventually(
        lambda: sent.count("two"), lambda count: count > 5, "the others poll on"
    )
    assert sent.count("stays") <= start + 1


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


STATES = """<li>{name}<iframe srcdoc=inside></iframe><input type=file><div popover>{name}</div>
<select multiple><option>1<option>2<option selected>3</select>
<div style="height: 20px; overflow: auto"><p style="height: 200px">long</p></div></li>"""


def test_rows_without_ids_keep_what_only_the_browser_knows(screen: Screen) -> None:
    """S57: wherever they move: chosen files and options, an iframe, an open popover, what is scrolled."""
    board["html"] = f"<ul>{''.join(STATES.format(name=name) for name in 'ABC')}</ul>"
    screen.hard("/m/board/")
    screen.evaluate("""() => document.querySelectorAll("li").forEach((row, number) => {
        const files = new DataTransfer();
        files.items.add(new File(["x"], `${number}.txt`));
        row.querySelector("[type=file]").files = files.files;
        row.querySelector("iframe").contentWindow.mine = number;
        row.querySelector("select").selectedIndex = 1;
        row.lastElementChild.scrollTop = 40 + number;
        if (number === 2) row.querySelector("[popover]").showPopover();
    })""")
    board["html"] = f"<ul>{''.join(STATES.format(name=name) for name in 'CXAB')}</ul>"
    screen.evaluate("parallelRoutes.refresh()")
    screen.settle()
    assert screen.evaluate("""() => [...document.querySelectorAll("li")].map((row) => [
        row.firstChild.data, row.querySelector("[type=file]").files[0]?.name,
        row.querySelector("iframe").contentWindow.mine, row.querySelector("select").value,
        row.lastElementChild.scrollTop, row.querySelector("[popover]").matches(":popover-open"),
    ])""") == [
        ["C", "2.txt", 2, "2", 42, True],
        ["X", None, None, "3", 0, False],
        ["A", "0.txt", 0, "2", 40, False],
        ["B", "1.txt", 1, "2", 41, False],
    ]


@pytest.mark.parametrize("name", ["li", "li id=note"], ids=["no ids", "one id"])
def test_a_row_that_comes_does_not_take_what_was_typed_in_the_one_before(
    screen: Screen, name: str
) -> None:
    """S57: of two rows without ids of their own, each stays with the text that is most like its own."""
    note = f"<{name}>{{}} wrote{{}}<br><input></li>"
    group = "<details name=one><summary>{}</summary>{}</details>"
    names = ("Anna", "Bert")
    board["html"] = f"<ul>{''.join(note.format(name, '') for name in names)}</ul>" + "".join(
        group.format(number, "old") for number in range(3)
    )
    screen.hard("/m/board/")
    for place, name in enumerate(names, 1):
        screen.type(f"li:nth-child({place}) input", f"to {name}")
    screen.evaluate("document.querySelectorAll('details')[1].open = true")
    rows = "".join(note.format(name, " again") for name in names)
    board["html"] = f"<ul>{note.format('Carl', '')}{rows}</ul>" + "".join(
        group.format(number, "new") for number in range(3)
    )
    screen.evaluate("parallelRoutes.refresh()")
    screen.settle()
    typed = "[...document.querySelectorAll('li input')].map(({ value }) => value)"
    assert screen.evaluate(typed) == ["", "to Anna", "to Bert"]
    assert screen.text("details[open]").split() == ["1", "new"]


def test_what_was_typed_in_a_row_is_not_shown_in_the_row_of_something_else(screen: Screen) -> None:
    """S57: rows without ids are told apart by their links, also if they have the same words and names."""
    row = (
        "<tr><td><a href=/orders/{0}/>Order {0}</a><td>open<td><input name=amount>"
        "<td><a href=/orders/{0}/edit/>Edit</a></tr>"
    )

    def table(*numbers: int) -> str:
        return f"<table><tbody>{''.join(row.format(number) for number in numbers)}</tbody></table>"

    typed = "[...document.querySelectorAll('input')].map(({ value }) => value)"
    for after, values in (
        ((1, 9, 3, 4), ["", "", "", ""]),
        ((1, 9, 2, 3), ["", "", "two", ""]),
        ((8, 2, 9), ["", "two", ""]),
    ):
        board["html"] = table(1, 2, 3, 4)
        screen.hard("/m/board/")
        screen.type("tr:nth-child(2) input", "two")
        board["html"] = table(*after)
        screen.evaluate("parallelRoutes.refresh()")
        screen.settle()
        assert screen.evaluate(typed) == values


def test_a_row_to_which_other_rows_link_keeps_its_state(screen: Screen) -> None:
    """S57: answers link to a comment, too, so its URL is its own only when they are paired."""
    row = "<li><a href=/c/{0}/>{0}</a> {1} to <a href=/c/1/>1</a> <input></li>"

    def thread(said: str) -> str:
        return f"<ul>{''.join(row.format(number, said) for number in (1, 2, 3))}</ul>"

    board["html"] = thread("before")
    screen.hard("/m/board/")
    screen.type("li:first-child input", "typed")
    board["html"] = thread("after")
    screen.evaluate("parallelRoutes.visit('/m/board/?o=date')")
    screen.assert_says("after", "ul")
    assert screen.value("li:first-child input") == "typed"


def test_what_was_written_or_opened_in_a_row_is_not_shown_in_another_row(screen: Screen) -> None:
    """S57: rows without ids, names and links; the text of each has changed."""
    row = "<li>{} {}<div popover></div><b contenteditable></b></li>"

    def notes(said: str, *names: str) -> str:
        return f"<ul>{''.join(row.format(name, said) for name in names)}</ul>"

    shown = """[...document.querySelectorAll("li")].map((row) =>
        [row.innerText.trim(), !!row.querySelector(":popover-open")].join())"""
    board["html"] = notes("wrote a note", "Anna", "Bert", "Carl")
    screen.hard("/m/board/")
    screen.evaluate("""() => {
        document.querySelectorAll("[popover]")[0].showPopover();
        document.querySelectorAll("b")[1].textContent = "mine";
    }""")
    board["html"] = notes("wrote some note", "Dora", "Anna", "Bert", "Carl")
    screen.evaluate("parallelRoutes.refresh()")
    screen.assert_says("Dora", "ul")
    texts = ["Dora wrote some note,false", "Anna wrote some note,true"]
    texts += ["Bert wrote some notemine,false", "Carl wrote some note,false"]
    assert screen.evaluate(shown) == texts


def test_other_rows_come_at_once_and_take_no_more_time_each(screen: Screen) -> None:
    """S57: below a header that stays, rows are inserted together; twice as many take twice the work."""
    row = "<tr><td><a href=/{0}/>{0}</a><td><input type=radio name=one value={0}></tr>\n"

    def table(start: int, rows: int) -> str:
        lines = "".join(row.format(number) for number in range(start, start + rows))
        return f"<table><tbody id=body><tr id=head><th>Name<th>One</tr>\n{lines}</tbody></table>"

    counts = []
    for rows in (40, 160):
        board["html"] = table(1000, rows)
        screen.hard("/m/board/")
        screen.evaluate("""() => {
            window.reads = 0;
            window.head = document.querySelector("#head");
            const { prototype } = HTMLInputElement;
            const form = Object.getOwnPropertyDescriptor(prototype, "form");
            const get = function () { window.reads++; return form.get.call(this); };
            Object.defineProperty(prototype, "form", { ...form, get });
            window.processed = 0;
            const { process } = htmx;
            htmx.process = (...all) => { window.processed++; return process.apply(htmx, all); };
            window.records = [];
            const note = (list) => records.push(...list.map((one) => one.addedNodes.length));
            new MutationObserver(note).observe(document.querySelector("#body"), { childList: true });
        }""")
        board["html"] = table(2000, rows)
        screen.evaluate("parallelRoutes.refresh()")
        screen.settle()
        assert screen.evaluate("head.isConnected")
        assert screen.count("#body tr") == rows + 1
        assert [added for added in screen.evaluate("records") if added] == [2 * rows]
        counts.append(screen.evaluate("[window.reads, window.processed]"))
    (few, once), (many, still_once) = counts
    assert (once, still_once) == (1, 1)
    assert many <= 4 * few + 4


def test_a_field_shows_what_another_query_says_unless_the_user_is_in_it(screen: Screen) -> None:
    """S57: the server wins where it sends another value: for the row edited now, or a saved search."""
    page = """<form id=search><input name=q id=q value="{q}"><input type=radio name=by value=a {a}>
        <input type=radio name=by value=b {b}><input type=radio name=by value=c></form>
        <table><tbody><tr><td>1</tr>{two}<tr><td>3</tr>{four}</table>
        <a href="?edit=4&q=new" id=saved>saved</a>"""
    row = "<tr><td><input name=title id={id} value={id}></tr>"
    edits = {"two": row.format(id="two"), "four": "<tr><td>4</tr>"}
    board["html"] = page.format(q="", a="checked", b="", **edits)
    screen.hard("/m/board/?edit=2")
    screen.type("[name=title]", "typed")
    screen.click("css=[name=by][value=c]")
    screen.type("#q", "half")
    edits = {"two": "<tr><td>2</tr>", "four": row.format(id="four").replace("id=four", "")}
    board["html"] = page.format(q="new", a="", b="checked", **edits)
    screen.evaluate("parallelRoutes.visit('/m/board/?edit=4')")
    screen.assert_says("2", "tbody")
    values = (
        "() => ['#q', '[name=title]', ':checked'].map((one) => document.querySelector(one).value)"
    )
    assert screen.evaluate(values) == ["half", "four", "b"]
    screen.type("[name=title]", "typed")
    board["html"] = page.format(q="old", a="checked", b="", **edits)
    screen.click("#saved")
    screen.assert_at("/m/board/?edit=4&q=new")
    assert screen.evaluate(values) == ["old", "typed", "a"]


@pytest.mark.parametrize("name", ["a href", "button hx-get"])
def test_a_field_outside_forms_shows_what_another_query_says(screen: Screen, name: str) -> None:
    """S57: a link and a button are in no form either, but don't send this field."""
    page = (
        f'<input name=title value={{title}}><{name}="?edit=3" id=next'
        f' hx-target="closest [data-pr-slot]">next</{name.split()[0]}>'
    )
    board["html"] = page.format(title="two")
    screen.hard("/m/board/?edit=2")
    screen.type("[name=title]", "typed")
    board["html"] = page.format(title="three")
    screen.click("#next")
    screen.settle()
    assert screen.value("[name=title]") == "three"


def test_a_search_field_outside_forms_keeps_what_is_typed_since(screen: Screen) -> None:
    """S57: also if the user has left the field when the response arrives."""
    page = """<input id=q name=q value="{q}" hx-get hx-trigger=find hx-target="closest [data-pr-slot]">
        <p>{q}</p>"""
    board["html"] = page.format(q="")
    screen.hard("/m/board/")
    screen.type("#q", "a")
    board["html"] = page.format(q="a")
    screen.evaluate(
        """() => {
            const field = document.querySelector("#q");
            const typeOn = () => { field.value = "ab"; field.blur(); };
            for (const event of ["htmx:beforeRequest", "htmx:before:request"])
                addEventListener(event, typeOn, { once: true });
            htmx.trigger(field, "find");
        }"""
    )
    screen.assert_says("a", "p")
    assert screen.value("#q") == "ab"


def test_the_focus_stays_on_the_header_that_sorts(screen: Screen) -> None:
    """S57: its text and URL change, and so do those of the header beside it; the rows are others."""
    head = (
        "<tr><th>No<th><a href='?o={0}'>Name{1}</a><th><a href='?o={2}'>Price{3}</a><th>Date</tr>"
    )
    board["html"] = f"<table>{head.format('name', '', '-price', ' ▲')}<tr><td>1</table>"
    screen.hard("/m/board/")
    board["html"] = f"<table>{head.format('-name', ' ▲', 'price', '')}<tr><td>2</table>"
    screen.evaluate("document.querySelector('th:nth-child(2) a').focus()")
    screen.press("Enter")
    screen.assert_at("/m/board/?o=name")
    screen.assert_says("2", "table")
    assert screen.focused() == "Name ▲"

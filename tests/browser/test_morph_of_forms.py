"""A form that is rendered again: typed text stays, and sent values are replaced (S57, B39)."""

from __future__ import annotations

import pytest

from tests.browser.harness import Screen
from tests.support.gates import Gates
from tests.urls.morphs import board

pytestmark = [pytest.mark.urls("tests.urls.morphs"), pytest.mark.chromium]


@pytest.fixture(autouse=True)
def _empty_board() -> None:
    board.update(html="", done="")


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


# As many sites do it against double clicks: a document would bring a new button.
LOCK = """() => document.querySelector("#form").addEventListener("submit", ({ submitter }) => {
    const busy = { disabled: true, className: "busy", innerHTML: "Sending <i>…</i>" };
    setTimeout(() => Object.assign(submitter, busy));
})"""


BUTTON = """() => {
    const { innerText, className, disabled } = document.querySelector("#form button");
    return [innerText, className, disabled];
}"""


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


def test_controls_that_belong_together_or_hide_what_a_form_has(screen: Screen) -> None:
    """S57: a choice among radio buttons is one value; controls may hide what a form has."""
    # Not "closest" and the like: htmx itself calls those of the form.
    names = """id style name children append remove after before childNodes classList className
        contains firstChild firstElementChild focus innerHTML insertBefore isConnected isEqualNode
        localName moveBefore nextSibling nodeName nodeType nodeValue outerHTML ownerDocument
        parentNode querySelector querySelectorAll replaceChildren replaceWith
        scrollTop textContent title""".split()
    page = """<form class={c} style="color: {c}"><input type=radio name=one value=1 id=r1 {first}>
        <input type=radio name=one value=2 id=r2 {second}>
        <input type=radio name=one value=3 id=r3>{named}</form>"""
    named = "".join(f"<input name={name} class=named>" for name in names)
    board["html"] = page.format(c="red", first="checked", second="", named=named)
    screen.hard("/m/board/")
    screen.evaluate("""() => {
        document.querySelector("#r3").click();
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


def test_fields_that_a_script_disables_while_the_form_is_sent_work_again(
    screen: Screen, gates: Gates
) -> None:
    """S57: with errors, and what was disabled before stays so; after success an editor is empty, too."""

    def send() -> None:
        gates.close("POST /m/board/")
        screen.click("Send")
        disabled = "() => [...document.querySelectorAll('#form [disabled]')].length"
        screen.assert_eventually(
            lambda: screen.evaluate(disabled), lambda count: count == 3, "the script was quicker"
        )
        gates.open("POST /m/board/")

    page = """<form method=post enctype=multipart/form-data id=form>[token]{error}
        <fieldset id=set><input name=name id=name value="{name}"></fieldset>
        <input name=beside id=beside><input name=other id=other>
        <{wrapper}><input type=file name=file></{wrapper}>
        <p contenteditable id=editor></p><button name={how}>Send</button></form>"""
    clean = {"error": "", "name": "", "wrapper": "p", "how": "right"}
    board["html"] = page.format(**clean | {"how": "wrong"})
    errors = {"error": "<ul class=errorlist><li>No</ul>", "name": "Ada", "wrapper": "div"}
    board["done"] = page.format(**clean | errors)
    screen.hard("/m/board/")
    screen.evaluate("""() => {
        const by = (id) => document.getElementById(id);
        by("other").disabled = true;
        by("form").addEventListener("submit", () => setTimeout(() => {
            for (const id of ["set", "beside"]) by(id).disabled = true;
        }));
    }""")
    screen.type("#name", "Ada")
    screen.evaluate("document.querySelector('#editor').append('text')")
    file = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}
    screen.page.set_input_files("[type=file]", files=[file])
    send()
    screen.assert_says("No")
    state = """() => [[...document.querySelectorAll("#form [disabled]")].map(({ id }) => id).join(),
        document.querySelector("[type=file]").files.length, document.querySelector("#name").value,
        document.querySelector("#editor").innerText]"""
    assert screen.evaluate(state) == ["other", 1, "Ada", "text"]
    board["done"] = page.format(**clean)
    send()
    screen.assert_eventually(
        lambda: screen.evaluate(state), lambda seen: seen == ["other", 0, "", ""], "it is empty"
    )


def test_a_field_with_autofocus_that_a_click_brings_has_the_focus(screen: Screen) -> None:
    """S57: as after any other navigation, but not while the user is typing."""
    page = "<input id=q>{form}<a href='?edit=1' id=edit>edit</a>"
    form = "<form><input name=title id=title autofocus></form>"
    board["html"] = page.format(form="")
    for is_typing, focused in ((False, "#title"), (True, "#q")):
        screen.hard("/m/board/")
        board["html"] = page.format(form=form)
        if is_typing:
            screen.type("#q", "typed")
            screen.evaluate("setTimeout(() => document.querySelector('#edit').click())")
        else:
            screen.click("#edit")
        screen.assert_at("/m/board/?edit=1")
        screen.settle()
        assert screen.count("#title") == 1
        assert screen.focused() == focused
        board["html"] = page.format(form="")


def test_a_form_is_sent_again_though_its_slot_is_another_element(screen: Screen) -> None:
    """B62: as when a layout that was refreshed is not merged. What the user has entered is not lost."""
    board["html"] = (
        "<form method=post action=/m/board/>[token]<input name=t><button>Go</button></form>"
    )
    board["done"] = "<p>saved</p>"
    screen.hard("/m/board/")
    screen.type("[name=t]", "mine")
    screen.tolerate_noise("ERR_FAILED", "sendError", "Failed to fetch")
    screen.page.route("**/m/board/", lambda route: route.abort())
    screen.click("Go")
    screen.page.locator(".parallel-routes-notice").wait_for()
    screen.page.unroute("**/m/board/")
    screen.evaluate(
        """() => {
            const slot = document.querySelector("#slot-children");
            slot.replaceWith(slot.cloneNode(false));
        }"""
    )
    screen.click("Send again")
    screen.assert_says("saved")

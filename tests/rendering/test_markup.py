"""The part of a finished document that a slot shows: ``element=`` (B65)."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.rendering.markup import files_in, part_of, with_files_once
from tests.window import Window, layout, serve

HEAD = "<!doctype html><html><head><title>T &amp; T</title></head><body id='b'>"


def test_files_in_templates_are_for_another_tree() -> None:
    """B64: each shadow root has its own, and a script in a template does not run."""
    sheet = "<template><link rel=stylesheet href=a.css></template>"
    script = "<script src=a.js></script>"
    html = f"{sheet}{sheet}<template>{script}</template>{script}{script}"
    assert with_files_once(html, files_in(html)) == html.removesuffix(script)


CASES = [
    ('<main id="page">A</main>', "A"),
    ("<main class=x id=page >A</main>", "A"),
    ("<MAIN ID = 'page'>A</MAIN>x</main>", "A"),
    ('<div id="page"><div>A<br></div><img src="a>b"><div></div>B</div></div>', None),
    ('<div id="page">A<!-- </div> -->B</div>C', "A<!-- </div> -->B"),
    ('<div id="page">A<!--> B</div>C', "A<!--> B"),
    ("<div id=page><script>'</div>'</script>A</div>B", "<script>'</div>'</script>A"),
    ("<div id=page><textarea></div></textarea></div>", "<textarea></div></textarea>"),
    ('<div id=page><a title="</div>">A</a></div>', '<a title="</div>">A</a>'),
    ("<div id=page><p>A<p>B<li>C</div>D", "<p>A<p>B<li>C"),
    ("<p id=page>A</p>B", "A"),
    ("<div id=page>A</body></html>", "A"),
    ("<div id=page>A", "A"),
    ("<i id=page-x></i><i data-x=' id=page'></i><i id=a id=page></i><b id='page'>A</b>", "A"),
    ("<!-- <b id=page>no</b> --><b id=page>A</b>", "A"),
    ("<script>'<b id=page>no</b>'</script><b id=page>A</b>", "A"),
    ("<noscript><b id=page>no</b></noscript><b id=page>A</b>", "A"),
    ("<input id=page><b id=page>A</b>", "A"),
    ("<main id='&#112;age'>A</main>", "A"),
    ("<svg><title>no</title></svg><main id=page><svg><title>A</title></svg></main>", None),
    ("<main id=other>A</main>", ""),
    ("<p>a < b <main id=page>A</main>", "A"),
]
"""Documents, and what the element with the id `page` contains, as browsers see it."""


@pytest.mark.parametrize(("html", "part"), CASES)
def test_an_element_is_taken_as_browsers_find_it(html: str, part: str | None) -> None:
    if part is None:
        part = html.partition("page")[2].partition(">")[2].rpartition("</")[0]
        part = part.removesuffix("</div>")
    expected = f"<title>T &amp; T</title>{part}" if part else None
    assert part_of(HEAD + html, ["page"]) == expected


def test_several_elements_stand_in_the_order_of_the_document() -> None:
    html = "<b id=one>1<i id=three>3</i></b>-<b id=two>2</b>"
    assert part_of(HEAD + html, ["two", "three", "one"]) == (
        "<title>T &amp; T</title>1<i id=three>3</i>2"
    )
    assert part_of("<body>A</html>", []) == ""
    assert part_of("<html><body id=b>A<b></b></body></html>", ["b"]) == "A<b></b>"


def test_stylesheets_and_script_files_come_along_in_their_places() -> None:
    """B65: "title, and the stylesheets and scripts of the document's head"."""
    before = (
        '<link rel="Preload STYLESHEET" href="a.css"><style>b</style><script src=c defer></script>'
    )
    after = '<script type="module" src="d.js"></script>'
    html = (
        f"<html>{before}<link rel=icon href=i><link><script>inline()</script>"
        '<script data-src="x"></script><noscript><link rel=stylesheet href=n></noscript>'
        f"<title>T</title><title>U</title><main id=page><script>own()</script></main>{after}"
    )
    expected = f"{before}<title>T</title><script>own()</script>{after}"
    assert part_of(html, ["page"]) == expected


@pytest.mark.parametrize(
    "text", ["<", "<a ", "<script ", "<!--", "<a b='", "<title>", "<a =", "<div id=page>", "x='"]
)
def test_hostile_documents_take_linear_time(text: str) -> None:
    html = "<html>" + text * 30_000
    assert part_of(html, ["page"]) is None or "page" in text


def test_a_file_that_a_slot_brings_stands_once_on_a_page(settings: Any) -> None:
    """B64: a script of one URL runs once for the document, where it comes first; also on hard loads."""
    files = '<link rel="stylesheet" href="/a.css?x&amp;y"><script src="/a.js"></script>'
    own = '<script src="/own.js"></script>' * 2  # the layout's business
    view = layout(f"<p>a</p>{files}<script>inline()</script>")
    outer = layout(
        f"<body><link rel=stylesheet href='/a.css?x&y'>{own}{{% slot %}}{{% slot 'side' %}}"
        f"{files}<script>inline()</script>"
    )
    window = serve(
        settings, slots("", layout=outer, children=[path("", view)], side=slot([], default=view))
    )
    html = window.hard("/").content.decode()
    assert html.count("a.css") == 1
    assert html.index("a.css") < html.index("slot-children") < html.index("/a.js")
    assert (html.count("/a.js"), html.count("inline()"), html.count("/own.js")) == (1, 3, 2)


# --- In slots ---

BASE = (
    "<!doctype html><title>{name} - Site</title><link rel=stylesheet href=site.css><body>"
    "{said}<nav></nav><main id=page><h1>{name}</h1></main></body>"
)


SLOTS = "".join(f"{{% slot '{name}' %}}" for name in ("children", "side", "modal", "said"))
LAYOUT = f"<title>L</title><body>{SLOTS}"


def document(name: str, status: int = 200) -> Any:
    """A view that prints messages around its page, as base templates do."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            if "saved" in request.POST:
                messages.success(request, f"{name} & saved")
                return redirect("/")
            return HttpResponse(BASE.format(name=f"{name} is wrong", said=""), status=422)
        said = " ".join(map(str, messages.get_messages(request)))
        return HttpResponse(BASE.format(name=name, said=said), status=status)

    view.__qualname__ = name
    return view


@pytest.fixture
def window(settings: Any) -> Window:
    settings.DEBUG = False
    return serve(
        settings,
        slots(
            "",
            layout=layout(LAYOUT),
            children=slot(
                [
                    path("", document("home")),
                    path("edit/", document("edit"), name="edit"),
                    path("gone/", document("gone", 500)),
                ],
                element="page",
                error="django_parallel_routes/error.html",
            ),
            side=slot(
                [path("tab/", document("tab"))],
                layout=layout("tabs {% slot %}"),
                default=document("default"),
                element=["page"],
            ),
            modal=slot(
                [intercept("edit"), intercept("away")],
                layout="django_parallel_routes/modal.html",
                default=None,
                element="page",
            ),
            said=slot([], default=layout("{{ messages|join:' ' }}"), unmatched="refresh"),
        ),
        path("away/", document("away"), name="away"),
    )  # fmt: skip


ASSETS = "<link rel=stylesheet href=site.css>"


def test_views_of_documents_stand_in_every_kind_of_slot(window: Window) -> None:
    """B65, and B39: pages, defaults, tab groups and modals; a form with errors; an error."""
    html = window.hard("/").content.decode()
    assert html.count("<!doctype") == html.count("<nav>") == 0
    assert '<title>home - Site</title><template data-pr-layout="L"></template>' in html
    assert (window.shows["children"], window.shows["side"]) == ("home", "default")
    window.soft("/tab/")
    assert (window.shows["side.children"], window.changed) == ("tab", ["side", "said"])
    for url, name in (("/edit/", "edit"), ("/away/", "away")):
        window.soft(url)
        modal = window.slots["modal.children"]
        assert (modal.text, modal.title) == (name, f"{name} - Site")
        assert f">{ASSETS}<h1>{name}</h1></div>" in window.text
    window.hard("/edit/")
    window.soft("/edit/", method="post", source_slot="children")
    assert (window.response.status_code, window.shows["children"]) == (422, "edit is wrong")
    window.soft("/gone/")
    assert window.shows["children"].startswith("This could not be loaded.")
    assert window.hard("/away/").content.decode() == BASE.format(name="away", said="")


def test_messages_around_the_part_are_shown_by_the_layout(window: Window) -> None:
    """B67: the document around the part has printed them, and nobody has seen it."""
    window.hard("/edit/")
    window.soft("/edit/", method="post", source_slot="children", data={"saved": "1"})
    window.soft(window.response["Location"])
    assert (window.shows["children"], window.shows["said"]) == ("home", "edit & saved")
    window.soft("/tab/")
    assert window.shows["said"] == ""


def test_messages_in_the_part_are_shown_there_once(settings: Any) -> None:
    added = ["<hi>"]

    def view(request: HttpRequest) -> HttpResponse:
        while added:
            messages.info(request, added.pop())
        said = "".join(map(escape, map(str, messages.get_messages(request))))
        return HttpResponse(f"<!doctype html><div id=page>said: {said}</div>")

    children = slot([path("", view)], element="page")
    window = serve(settings, slots("", layout=layout(), children=children))
    window.hard("/")
    assert window.shows == {"children": "said: <hi>"}
    window.hard("/")
    assert window.shows == {"children": "said:"}


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("element", [(), "other"])
def test_a_document_without_such_an_element_is_reported(
    settings: Any, caplog: pytest.LogCaptureFixture, debug: bool, element: Any
) -> None:
    """W011: in the log, and on the slot's element for the browser's console."""
    settings.DEBUG = debug
    children = slot([path("p/", document("photo"))], element=element, block=element)
    html = (
        serve(settings, slots("", layout=layout(), children=children)).hard("/p/").content.decode()
    )
    said = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    has_none = "and has no block 'other' or element 'other'"
    lacks = has_none if element else "which can't stand in a slot"
    expected = (
        "photo has returned a whole document for slot 'children' of /p/, "
        f"{lacks}. Let its base template decide by "
        "request.in_slot, or give the slot block= or element= (check W011)."
    )
    assert said == ([expected] if debug else [])
    assert (f'data-pr-problem="{escape(expected)}"' in html) is debug

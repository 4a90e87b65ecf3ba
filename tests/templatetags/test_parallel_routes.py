"""``{% parallel_routes_script %}`` and the registration of the tags, for both engines."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.http import script_tag
from tests.window import Pages, layout, serve

TAG = "{% parallel_routes_script %}"


def script_of(html: str) -> dict[str, str]:
    """The attributes of the one script tag."""
    [found] = re.findall(r"<script ([^>]*)></script>", html)
    attributes = dict(re.findall(r'([\w-]+)(?:="([^"]*)")?', found))
    assert re.fullmatch(
        r"/static/django_parallel_routes/parallel-routes(\.min)?\.js", attributes["src"]
    )
    return attributes


def test_links_are_boosted_on_pages_of_slots_only(settings: Any) -> None:
    """B19: elsewhere the script is loaded, too, and does nothing."""
    window = serve(
        settings,
        slots("in/", layout=layout(TAG + "{% slot %}"), children=[path("", Pages()("home"))]),
        path("out/", layout(TAG)),
    )
    inside = script_of(window.hard("/in/").content.decode())
    assert inside["data-pr-boost"]
    assert "defer" in inside
    outside = script_of(window.hard("/out/").content.decode())
    assert "data-pr-boost" not in outside
    assert outside["src"] == inside["src"]
    assert finders.find(inside["src"].removeprefix("/static/"))


def test_the_script_is_told_that_slots_may_be_late(settings: Any) -> None:
    """S59: so that its part for them is there before the first click into the layout that has them."""
    late = slot([path("x/", Pages()("x"))], default=None, loading=Pages()("wait"))
    window = serve(
        settings,
        slots("no/", layout=layout(TAG + "{% slot %}"), children=[path("", Pages()("home"))]),
        slots(
            "",
            layout=layout(TAG + "{% slot %}"),
            children=[
                path("", Pages()("home")),
                slots(
                    "in/",
                    layout=layout("{% slot %}"),
                    children=[path("", Pages()("in"))],
                    cart=late,
                ),
            ],
        ),
    )
    assert "data-pr-late" in script_of(window.hard("/").content.decode())
    assert "data-pr-late" not in script_of(window.hard("/no/").content.decode())


def test_the_page_that_answers_a_form_says_so(settings: Any) -> None:
    """The script must know it, because the state of such a document can't be loaded again by its URL."""
    window = serve(
        settings,
        slots("", layout=layout(TAG + "{% slot %}"), children=[path("", Pages()("home"))]),
    )
    on_get = script_of(window.hard("/").content.decode())
    on_post = script_of(window.hard("/", "post").content.decode())
    assert on_post["data-pr-boost"] == "form"
    assert on_get["data-pr-boost"] != "form"


@pytest.mark.parametrize("engine", ["django", "jinja2"])
def test_the_tag_has_djangos_csp_nonce(settings: Any, engine: str) -> None:
    """B55: "nonces where Django provides them": ``csp_nonce`` in the context, escaped."""
    source = TAG if engine == "django" else "{{ parallel_routes_script() }}"

    def page(request: HttpRequest) -> HttpResponse:
        prefix = "{% load parallel_routes %}" if engine == "django" else ""
        template = engines[engine].from_string(prefix + source)
        context = {"csp_nonce": 'abc"def'} if "nonce" in request.GET else {}
        return HttpResponse(template.render(context, request))

    window = serve(settings, path("", page))
    assert script_of(window.hard("/?nonce").content.decode())["nonce"] == "abc&quot;def"
    assert "nonce" not in script_of(window.hard("/").content.decode())


def test_a_nonce_that_nobody_has_asked_for_yet_is_printed(settings: Any) -> None:
    """B55: Django's ``LazyNonce`` is false until then, and the policy's header would do without it."""

    class LazyNonce(SimpleLazyObject):
        def __bool__(self) -> bool:
            return "_wrapped" in vars(self) and self._wrapped == "abc"

    def page(request: HttpRequest) -> HttpResponse:
        template = engines["django"].from_string("{% load parallel_routes %}" + TAG)
        return HttpResponse(template.render({"csp_nonce": LazyNonce(lambda: "abc")}, request))

    window = serve(settings, path("", page))
    assert script_of(window.hard("/").content.decode())["nonce"] == "abc"


def test_nothing_that_is_printed_needs_a_loose_csp(settings: Any) -> None:
    """B55: "no inline script or style"."""
    window = serve(
        settings,
        slots("", layout=layout(TAG + "{% slot %}"), children=[path("", Pages()("home"))]),
    )
    html = window.hard("/").content.decode()
    assert "<style" not in html
    assert not re.search(r"\s(style|on\w+)=", html)
    assert re.findall(r"<script[^>]*>([^<]*)</script>", html) == [""]


@pytest.mark.parametrize("debug", [False, True])
def test_whatever_the_tag_names_is_a_static_file(settings: Any, debug: bool) -> None:
    """Minified, and readable in ``DEBUG``; likewise what the script loads later."""
    settings.DEBUG = debug
    window = serve(
        settings,
        slots("", layout=layout(TAG + "{% slot %}"), children=[path("", Pages()("home"))]),
    )
    html = window.hard("/").content.decode()
    listed = unescape(script_of(html)["data-pr-parts"]).split()[1::2]
    files = [
        *re.findall(r'/static/([^\s"]+)', html),
        *(f"django_parallel_routes/{file}" for file in listed),
    ]
    names = {"parallel-routes", *script_tag.PARTS.values()} | ({"inspector"} if debug else set())
    suffix = "" if debug else ".min"
    assert set(files) == {
        f"django_parallel_routes/{name}"
        for name in (
            f"parallel-routes{suffix}.css",
            *(f"{name}{suffix}.js" for name in names),
        )
    }
    for file in files:
        assert finders.find(file), file


class Hashing(ManifestStaticFilesStorage):
    """Names files as after ``collectstatic``, with nothing collected."""

    def stored_name(self, name: str) -> str:
        return name.replace(".min", ".min.0123456789ab")


class Signing(StaticFilesStorage):
    """Signs URLs for some time, as storages of clouds do."""

    numbers = count()

    def url(self, name: str | None) -> str:
        return f"https://cdn.example.com/{name}?signed=a/{next(self.numbers)}"


class Comparing(StaticFilesStorage):
    """Is equal to others, as classes often are that migrations name; so it has no hash."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)


def test_files_are_named_relative_to_the_script(
    settings: Any, client: Any, tmp_path: Path
) -> None:
    """Hashed names and signed URLs, which must not be older than the page."""
    serve(settings, path("", layout(TAG)))
    settings.STATIC_ROOT = tmp_path
    for storage, guard in (
        (Hashing, r"guard\.min\.0123456789ab\.js"),
        (Signing, r"guard\.min\.js\?signed=a/\d+"),
        (Comparing, r"guard\.min\.js"),
    ):
        settings.STORAGES = {"staticfiles": {"BACKEND": f"{__name__}.{storage.__name__}"}}
        html = client.get("/").content.decode()
        assert re.search(rf'data-pr-parts="data-pr-guard {guard}"', html), html
        assert (client.get("/").content.decode() == html) is (storage is not Signing)
    settings.INSTALLED_APPS = [
        app for app in settings.INSTALLED_APPS if app != "django.contrib.staticfiles"
    ]
    html = client.get("/").content.decode()
    assert script_of(html)["data-pr-parts"] == "data-pr-guard guard.min.js"


def test_outside_of_slots_the_script_guards_forms_only(settings: Any) -> None:
    """B42: forms are guarded on any page; the rest needs slots."""
    window = serve(settings, path("", layout(TAG)))
    script = script_of(window.hard("/").content.decode())
    assert script["data-pr-parts"] == "data-pr-guard guard.min.js"


def test_the_tag_says_what_the_script_prefetches(settings: Any) -> None:
    """S60: once for the site; outside of slots no link is prefetched."""
    tag = '{% parallel_routes_script prefetch="hover full" %}'
    window = serve(
        settings,
        slots("in/", layout=layout(tag + "{% slot %}"), children=[path("", Pages()("home"))]),
        path("out/", layout(tag)),
    )
    assert script_of(window.hard("/in/").content.decode())["data-pr-prefetch"] == "hover full"
    assert "data-pr-prefetch" not in script_of(window.hard("/out/").content.decode())


def test_a_tag_can_be_loaded_alone(settings: Any) -> None:
    """django-components has a ``{% slot %}``, too: ``{% load slot from parallel_routes %}`` chooses."""
    template = engines["django"].from_string("{% load slot from parallel_routes %}[{% slot %}]")

    def root(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render({}, request))

    window = serve(settings, slots("", layout=root, children=[path("", Pages()("home"))]))
    assert window.hard("/").content.startswith(b"[<div id=")


def test_what_the_script_says_is_translated(settings: Any, monkeypatch: Any) -> None:
    """B62: by Django, into the language of the page. English is in the script."""
    window = serve(
        settings,
        slots("", layout=layout(TAG + "{% slot %}"), children=[path("", Pages()("home"))]),
    )
    assert "data-pr-texts" not in window.hard("/").content.decode()
    with translation.override("de"):
        german = window.hard("/").content.decode()
    monkeypatch.setattr(script_tag, "gettext", lambda text: f"'{text}' & \"so\"")
    with translation.override("fr"):
        quoted = window.hard("/").content.decode()
    found = [re.findall(r"data-pr-texts='([^']*)'", html) for html in (german, quoted)]
    told = [json.loads(unescape(text)) for [text] in found]
    assert told[0].keys() == told[1].keys() == script_tag.TEXTS.keys()
    assert told[0]["close"] == "Schließen"
    assert told[1]["close"] == "'Close' & \"so\""


def test_the_script_has_the_same_texts_in_english() -> None:
    source = (Path(__file__).parents[2] / "js/src/parts/notices.js").read_text()
    [texts] = re.findall(r"const texts = {\n(.*?)\n  \.\.\.translated", source, re.DOTALL)
    assert dict(re.findall(r'^  (\w+): "(.*)",$', texts, re.MULTILINE)) == script_tag.TEXTS


def test_a_page_over_a_background_tells_which(settings: Any) -> None:
    """B31, B35: closing leads there, not to where the address bar is."""
    window = serve(
        settings,
        path("t/", Pages()("t"), name="t"),
        slots(
            "",
            layout=layout(TAG + "{% slot %}{% slot 'modal' %}"),
            children=[path("", Pages()("home"), name="home")],
            modal=slot([intercept("t", Pages()("m"), background="home")], default=None),
        ),
    )
    assert script_of(window.hard("/t/").content.decode())["data-pr-origin"] == "/"
    assert "data-pr-origin" not in script_of(window.hard("/").content.decode())

"""Blocks of a template that are rendered alone: ``block=`` (B65)."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import jinja2
import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader_tags
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.test import RequestFactory
from django.urls import path
from django.views.generic import TemplateView

from django_parallel_routes import slot, slots
from tests.support.system_checks import with_templates
from tests.window import Window, layout, serve, tag_of

BASE = (
    "{% load i18n %}{% get_current_language as LANGUAGE_CODE %}<!doctype html><html><head>"
    "<title>{% block title %}Site{% endblock %} - Help</title>"
    "<link rel=stylesheet href=site.css>{% block head %}<meta name=x>{% endblock %}</head>"
    "<body>{{ nav }}<main id=page>{% block content %}nothing{% endblock %}</main><footer>{{ nav }}</footer>"
    "{% block scripts %}<script>site()</script>{% endblock %}</body></html>"
)
TEMPLATES = {
    "base.html": BASE,
    "section.html": "{% extends 'base.html' %}{% block content %}<h1>Section</h1>"
    "{% block inner %}{% endblock %}{% endblock %}",
    "page.html": "{% extends 'section.html' %}{% block title %}{{ name }}{% endblock %}"
    "{% block head %}{{ block.super }}<script src=page.js></script>{% endblock %}"
    "{% block inner %}{% include './row.html' %} {{ LANGUAGE_CODE }}{% endblock %}"
    "{% block scripts %}{{ block.super }}<script>page()</script>{% endblock %}",
    "row.html": "<p>{{ name }}</p>",
    "fragment.html": "{% block content %}<p>{{ name }}</p>{% endblock %}<p>outside</p>",
    "bare.html": "<!doctype html><title>Bare</title><main>{% block content %}bare{% endblock %}</main>",
}
PAGE = (
    "<title>a & b - Help</title><link rel=stylesheet href=site.css><script src=page.js></script>"
    "<h1>Section</h1><p>a &amp; b</p> en-us"
)


@pytest.fixture
def navs() -> list[str]:
    """The navs that were rendered: the queries of a base template."""
    return []


@pytest.fixture
def context(navs: list[str]) -> dict[str, Any]:
    return {"name": "a & b", "nav": lambda: navs.append("nav") or "<nav>"}


def serve_page(settings: Any, view: Any, block: Any = "content", **options: Any) -> Window:
    children = slot([path("p/", view)], block=block, **options)
    window = serve(settings, slots("", layout=layout(), children=children))
    window.hard("/p/")
    return window


def html_of(window: Window) -> str:
    html = window.response.content.decode()
    title = window.slots["children"].title
    return f"<title>{title}</title>" + re.split("<div id=[^>]*>", html)[1].removesuffix("</div>")


def test_a_block_is_rendered_without_the_document_around_it(
    settings: Any, context: Any, navs: list[str]
) -> None:
    """B65: "the queries of a nav in the base do not run"; title and assets of the head come along."""
    with_templates(settings, TEMPLATES)
    view = TemplateView.as_view(template_name="page.html", extra_context=context)
    assert html_of(serve_page(settings, view)) == PAGE
    assert navs == []
    scripts = serve_page(settings, view, ["content", "scripts", "no-such"])
    assert html_of(scripts) == PAGE + "<script>site()</script><script>page()</script>"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("fragment.html", "<p>a &amp; b</p><p>outside</p>"),
        ("bare.html", "<title>Bare</title>bare"),
    ],
)
def test_a_fragment_stays_whole_and_a_document_needs_no_base(
    settings: Any, context: Any, template: str, expected: str
) -> None:
    with_templates(settings, TEMPLATES)
    view = TemplateView.as_view(template_name=template, extra_context=context)
    assert html_of(serve_page(settings, view)).removeprefix("<title></title>") == expected


BARE = {
    "bare.html": "<!doctype html><title>{% block title %}Site{% endblock %}</title>"
    "<link rel=stylesheet href=a.css>"
    "{% block layout %}<main>{% block content %}{% endblock %}</main>{% endblock %}",
    "bare_page.html": "{% extends 'bare.html' %}{% block title %}Page{% endblock %}"
    "{% block content %}<p>{{ nav }}</p><script src=a.js></script>{% endblock %}",
}


@pytest.mark.parametrize("engine", ["django", "jinja"])
def test_a_block_is_rendered_once_where_the_base_has_no_body_tag(
    settings: Any, context: Any, navs: list[str], engine: str
) -> None:
    """HTML lets ``<head>`` and ``<body>`` out; the search for the end of the head comes upon the block."""
    with_templates(settings, TEMPLATES | BARE)
    if engine == "jinja":
        settings.TEMPLATES = [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "NAME": "bare",
                "OPTIONS": {"loader": jinja2.DictLoader(BARE), "autoescape": True},
            },
            *settings.TEMPLATES,
        ]

    def page(request: HttpRequest) -> HttpResponse:
        nav = context["nav"]() if engine == "jinja" else context["nav"]
        return TemplateResponse(request, "bare_page.html", {"nav": nav})

    for name in ("content", "layout"):
        html = html_of(serve_page(settings, page, name))
        content = "<p>&lt;nav&gt;</p><script src=a.js></script>"
        shown = f"<main>{content}</main>" if name == "layout" else content
        assert html == f"<title>Page</title><link rel=stylesheet href=a.css>{shown}"
        assert navs.pop() == "nav"
        assert navs == []


@pytest.mark.parametrize("text", ["<p>hello</p>", "<script src=a.js></script>", ""])
def test_a_block_in_a_cached_part_of_the_base_is_cached_as_it_is(settings: Any, text: str) -> None:
    """The same entry of the cache is used where the page is a document."""
    cached = "<main>{% block content %}{% endblock %}</main>"
    base = f"{{% load cache %}}<!doctype html><title>T</title>{{% cache 9 main {len(text)} %}}{cached}"
    page = f"{{% extends 'cached.html' %}}{{% block content %}}{text}{{% endblock %}}"
    with_templates(settings, {"cached.html": base + "{% endcache %}", "cached_page.html": page})
    view = TemplateView.as_view(template_name="cached_page.html")
    for _ in range(2):
        assert html_of(serve_page(settings, view)) == f"<title>T</title>{text}"
        alone = view(RequestFactory().get("/")).render()
        assert alone.content.decode().endswith(f"<main>{text}</main>")


def test_a_template_without_the_block_is_taken_by_its_element_or_reported(
    settings: Any, context: Any, navs: list[str]
) -> None:
    """Function views that call render() give finished HTML, so a slot may name both."""
    settings.DEBUG = True
    with_templates(settings, TEMPLATES)

    def finished(request: HttpRequest) -> HttpResponse:
        return render(request, "page.html", context)

    def other(request: HttpRequest) -> TemplateResponse:
        return TemplateResponse(request, "page.html", context).render()

    whole = TemplateView.as_view(template_name="page.html", extra_context=context)
    for view, block in ((finished, "content"), (other, "content"), (whole, "no-such")):
        window = serve_page(settings, view, block)
        assert (
            "has no block"
            in tag_of(window.response.content.decode(), "children")["data-pr-problem"]
        )
        window = serve_page(settings, view, block, element="page")
        assert html_of(window) == PAGE


def test_a_response_that_renders_itself_is_left_alone(settings: Any) -> None:
    """Such as that of a REST framework; and partials, which are no documents."""

    class Own(SimpleTemplateResponse):
        @property
        def rendered_content(self) -> str:
            return "own"

    with_templates(settings, {"page.html": "{% partialdef row %}<p>row</p>{% endpartialdef %}"})
    assert html_of(serve_page(settings, lambda request: Own(None))).endswith("own")


# --- Jinja2 ---


@pytest.fixture
def jinja(settings: Any, tmp_path: Path) -> Any:
    engines = deepcopy(settings.TEMPLATES)
    engines[1]["DIRS"] = [tmp_path]
    settings.TEMPLATES = engines

    def write(**sources: str) -> None:
        for name, source in sources.items():
            (tmp_path / f"{name}.jinja").write_text(source)

    write(
        base="<!doctype html><head><title>{% block title %}{% endblock %} - Help</title></head>"
        "<body>{{ nav() }}{% block content %}nothing{% endblock %}</body>",
        section="{% extends 'base.jinja' %}{% block content %}<h1>{% block inner %}{% endblock %}</h1>"
        "{% endblock %}",
        page="{% extends 'section.jinja' %}{% set it = name %}{% block title %}{{ it }}{% endblock %}"
        "{% block inner %}{{ super() }}{{ name }}{{ csrf_input }}{% endblock %}",
        fragment="<h1>{% block content %}{{ name }}{% endblock %}</h1>",
    )
    return settings


def test_blocks_of_jinja_templates_are_rendered_alone(
    jinja: Any, context: Any, navs: list[str]
) -> None:
    page = TemplateView.as_view(template_name="page.jinja", extra_context=context)
    html = html_of(serve_page(jinja, page))
    assert html.startswith("<title>a & b - Help</title><h1>a &amp; b<input")
    assert html.endswith("></h1>")
    assert navs == []
    assert "nav" in html_of(serve_page(jinja, page, "no-such"))
    fragment = TemplateView.as_view(template_name="fragment.jinja", extra_context=context)
    assert html_of(serve_page(jinja, fragment)).endswith("<h1>a &amp; b</h1>")


def test_an_async_jinja_environment_renders_whole_documents(jinja: Any, context: Any) -> None:
    """Its blocks are coroutines. An element is taken as ever."""
    jinja.TEMPLATES[1]["OPTIONS"]["environment"] = f"{__name__}.async_environment"
    page = TemplateView.as_view(template_name="page.jinja", extra_context=context)
    assert "<h1>a &amp; b" in html_of(serve_page(jinja, page, "inner"))


def async_environment(**options: Any) -> jinja2.Environment:
    return jinja2.Environment(enable_async=True, **options)


def test_private_names_of_template_engines_are_there() -> None:
    """``rendering/blocks.py`` uses these."""
    for name in ("BLOCK_CONTEXT_KEY", "BlockContext", "BlockNode", "ExtendsNode"):
        assert hasattr(loader_tags, name)
    assert {"add_blocks", "get_block"} <= set(dir(loader_tags.BlockContext))
    assert hasattr(loader_tags.ExtendsNode, "get_parent")
    assert {"root_render_func", "blocks", "new_context"} <= set(
        dir(jinja2.Template("{% block a %}{% endblock %}"))
    )

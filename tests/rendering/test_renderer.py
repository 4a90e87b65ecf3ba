"""Which views are run, what they see, and how their pages become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path
from django.views import View

from django_parallel_routes import slot, slots
from django_parallel_routes.rendering import template_context
from tests.support.rendered_site import says, two_slots
from tests.support.system_checks import with_templates
from tests.window import Pages, layout, serve

# --- S46: only what is printed is run ---


@pytest.mark.parametrize(("query", "ran"), [("", ["home"]), ("?role=admin", ["home", "side"])])
def test_slots_that_are_not_printed_are_not_run(settings: Any, query: str, ran: list[str]) -> None:
    """S46: "Slots that the layout does not print are not executed (conditional routes by role …)"."""
    pages = Pages()
    source = "{% slot %}{% if request.GET.role == 'admin' %}{% slot 'side' %}{% endif %}"
    window = two_slots(settings, pages("home"), pages("side"), source)
    window.hard(f"/{query}")
    assert pages.called == ran
    assert list(window.slots) == ["children", "side"][: len(ran)]
    pages.forget()
    window.soft("/")
    assert pages.called == ran


def test_slots_run_in_the_order_in_which_they_are_printed(settings: Any) -> None:
    """S46: the layout runs first, because it decides which slots are printed."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", "{% slot 'side' %}{% slot %}"),
            children=[path("", pages("home"))],
            side=[path("", pages("side"))],
        ),
    )
    window.hard("/")
    assert pages.called == ["layout", "side", "home"]


@dataclass
class Greeting:
    """A view that has no hash, so nothing about it can be kept in a dictionary."""

    text: str

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(self.text)


@dataclass(frozen=True)
class Template:
    """A view that has a hash only as long as its values have one."""

    context: dict[str, str]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(self.context["text"])


@pytest.mark.parametrize("view", [Greeting("Hello"), Template({"text": "Hello"})])
def test_a_view_may_be_an_object_without_a_hash(settings: Any, view: Any) -> None:
    pages = Pages()
    with pytest.raises(TypeError):
        hash(view)
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}"),
            children=[path("", pages("home"))],
            side=slot([], default=view),
        ),
    )
    window.hard("/")
    assert window.slots["side"].text == "Hello"


@pytest.mark.parametrize(
    "source", ["{% slot %}{% slot %}", "{% slot 'side' %}{% slot %}{% slot 'side' %}"]
)
def test_a_slot_that_is_printed_twice_is_refused(settings: Any, source: str) -> None:
    """S46: a slot is one element; the message says what, where, and what to do."""
    window = two_slots(settings, "home", "side", source)
    sentence = r"The layout .* prints slot '(side|children)' more than once\. Print it once"
    with pytest.raises(ImproperlyConfigured, match=sentence):
        window.hard("/")


def test_an_unknown_slot_is_refused_with_the_names_that_there_are(settings: Any) -> None:
    """The error states the value and the choices."""
    window = two_slots(settings, "home", "side", "{% slot %}{% slot 'sid' %}")
    with pytest.raises(
        ImproperlyConfigured,
        match=r"\{% slot 'sid' %\}: there is no such slot, must be one of: children, side",
    ):
        window.hard("/")
    window = two_slots(settings, "home", "side", "{% selected_segment 'sid' %}")
    with pytest.raises(
        ImproperlyConfigured, match=r"no slot 'sid', must be one of: children, side"
    ):
        window.hard("/")


def test_a_page_prints_no_slots(settings: Any) -> None:
    """Only layouts print slots; the message says what to do instead."""
    window = two_slots(settings, layout("{% slot 'side' %}"), "side")
    with pytest.raises(ImproperlyConfigured, match="only a layout prints slots"):
        window.hard("/")


def test_a_page_that_extends_its_layout_is_told_to_leave_that_out(settings: Any) -> None:
    with_templates(
        settings,
        {
            "base.html": "{% block main %}{% endblock %}<footer>{% slot 'side' %}",
            "page.html": "{% extends 'base.html' %}{% block main %}A page{% endblock %}",
        },
    )

    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "page.html")

    window = serve(settings, slots("", layout="base.html", side=[path("", page)]))
    with pytest.raises(ImproperlyConfigured) as raised:
        window.hard("/")
    assert "A page need not extend its layout, which is around it already" in str(raised.value)


@pytest.mark.parametrize("tag", ["slot", "selected_segment", "selected_segments"])
def test_tags_outside_of_slots_are_refused(settings: Any, tag: str) -> None:
    """The message says what, where, what was got, and what to do."""
    window = serve(settings, path("", layout(f"{{% {tag} %}}")))
    with pytest.raises(ImproperlyConfigured, match=f"{tag} is used outside of a slots"):
        window.hard("/")


def test_tags_without_a_request_are_refused(settings: Any) -> None:
    """The message names the remedy: render with a request."""
    template = engines["django"].from_string("{% load parallel_routes %}{% slot %}")
    with pytest.raises(ImproperlyConfigured, match=r"Render them with a request: render\(request"):
        template.render({})


def test_text_that_looks_like_a_marker_is_text(settings: Any) -> None:
    """Markers of slots can't be guessed, so users who write into a page can't print a slot."""
    pages = Pages()
    source = "{% slot %}<!--slot:children--><!--slot:0123456789abcdef:side-->"
    window = two_slots(settings, pages("home"), pages("side"), source)
    window.hard("/")
    assert pages.called == ["home"]
    assert b"<!--slot:0123456789abcdef:side-->" in window.response.content


def test_the_page_of_a_slot_is_no_place_for_markers(settings: Any) -> None:
    """S46: a marker that a page copied from somewhere prints no slot: only layouts are looked at."""
    seen: list[str] = []

    def copying(request: HttpRequest) -> HttpResponse:
        marker = template_context.marker_pattern().pattern.replace(r"(\w+)", "side")
        seen.append(marker)
        return HttpResponse(marker)

    window = two_slots(settings, copying, "side", "{% slot %}")
    window.hard("/")
    assert list(window.slots) == ["children"]
    assert seen[0] in window.text


# --- Template names, engines ---


def test_bare_template_names_are_views(settings: Any) -> None:
    """Such a template gets the arguments that the prefix has captured."""
    pages = Pages()
    window = serve(
        settings,
        slots(
            "<slug:team>/",
            layout="unit/layout.html",
            children=[path("", pages("home"))],
            side=slot([path("s/", pages("side"))], default="unit/default.html"),
        ),
    )
    window.hard("/red/")
    assert b"<p>layout of red</p>" in window.response.content
    assert window.shows == {"children": "home", "side": "default of red at /red/"}


def test_jinja2_layouts_and_pages_work_like_djangos(settings: Any) -> None:
    """Layouts in either engine, with pages in either engine."""

    def page(request: HttpRequest, id: int) -> HttpResponse:
        return render(request, "unit_page.html", {"id": id}, using="jinja2")

    window = serve(
        settings,
        slots(
            "j/",
            layout=lambda request: TemplateResponse(request, "unit_layout.html", using="jinja2"),
            children=[path("a/<int:id>/", page)],
            team=slot([path("a/<int:id>/", layout("Django's {{ id }}"))], default=says("none")),
        ),
    )
    window.hard("/j/a/7/")
    assert window.shows == {"children": "page 7 of /j/a/7/, a", "team": "Django's 7"}
    assert '<title>7 &amp; more</title><template data-pr-layout="Jinja"></template>' in window.text
    assert "7 of a/7<div" in window.text
    assert "parallel-routes.min.js" in window.text
    window.soft("/j/a/8/")
    assert window.shows == {"children": "page 8 of /j/a/8/, a", "team": "Django's 8"}


def test_class_based_views_work_in_slots(settings: Any) -> None:
    """Views need no base class of the package."""

    class Page(View):
        def get(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse(f"get {self.request.method}")

        def post(self, request: HttpRequest) -> HttpResponse:
            return HttpResponse("post")

    window = two_slots(settings, Page.as_view(), Page.as_view())
    window.hard("/", "post")
    assert window.shows == {"children": "post", "side": "get GET"}


def test_a_response_in_another_charset_is_decoded(settings: Any) -> None:
    """S13: pages become one document, so their bytes are read in their own charset."""

    def latin(request: HttpRequest) -> HttpResponse:
        return HttpResponse("naïve", content_type="text/html; charset=iso-8859-1")

    window = two_slots(settings, latin, "side")
    window.hard("/")
    assert window.shows["children"] == "naïve"


# --- TemplateResponse and middleware ---


class AddsContext:
    """Middleware that has a say in what templates get."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.context_data = {**(response.context_data or {}), "team": "middleware's"}
        return response


def test_a_template_response_of_the_layout_passes_middleware(settings: Any) -> None:
    """The layout is rendered after ``process_template_response()``."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.rendering.test_renderer.AddsContext"]
    window = serve(
        settings,
        slots(
            "",
            layout=lambda request: TemplateResponse(request, "unit/layout.html"),
            children=[path("", says("home"))],
            side=[path("", says("side"))],
        ),
    )
    response = window.hard("/")
    assert b"<p>layout of middleware&#x27;s</p>" in response.content
    assert window.shows == {"children": "home", "side": "side"}
    assert "unit/layout.html" in [template.name for template in response.templates]


def test_a_template_response_that_is_rendered_already_is_filled_too(settings: Any) -> None:
    """A layout view may render its response itself."""
    window = serve(
        settings,
        slots(
            "",
            layout=lambda request: TemplateResponse(request, "unit/layout.html").render(),
            children=[path("", says("home"))],
            side=[path("", says("side"))],
        ),
    )
    window.hard("/")
    assert window.shows == {"children": "home", "side": "side"}


def test_a_layout_that_refuses_answers_the_request(settings: Any) -> None:
    """S46, B54: a layout is a view: its redirect or refusal is the answer, and no slot is run."""
    pages = Pages()

    def refusing(request: HttpRequest) -> HttpResponse:
        return HttpResponse("no", status=403)

    def template_refusing(request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, "unit/default.html", status=403)

    for view in (refusing, template_refusing):
        window = serve(
            settings,
            slots("", layout=view, children=[path("", pages("home"))]),
            slots(
                "n/",
                layout=layout(),
                children=[
                    slots("", layout=view, children=[path("", pages("home"))]),
                ],
            ),
        )
        assert window.hard("/").status_code == 403
        assert window.hard("/n/").status_code == 403
    assert pages.called == []


# --- Transactions ---


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_slots_view_has_a_transaction_of_its_own(
    settings: Any, transactional_db: None, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S44: "under `ATOMIC_REQUESTS` only that slot's writes are rolled back"."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    atomic: dict[str, bool] = {}

    def home(request: HttpRequest) -> HttpResponse:
        atomic["home"] = connection.in_atomic_block
        Group.objects.create(name="home")
        return HttpResponse("home")

    def broken(request: HttpRequest) -> HttpResponse:
        atomic["broken"] = connection.in_atomic_block
        Group.objects.create(name="broken")
        raise ZeroDivisionError

    @transaction.non_atomic_requests
    def free(request: HttpRequest) -> HttpResponse:
        atomic["free"] = connection.in_atomic_block
        return HttpResponse("free")

    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'free' %}{% slot 'side' %}"),
            children=[path("", home)],
            free=[path("", free)],
            side=[path("", broken)],
        ),
    )
    with pytest.raises(ZeroDivisionError):
        getattr(window.client, method)("/")
    assert atomic == {"home": True, "free": False, "broken": True}
    assert [group.name for group in Group.objects.all()] == ["home"]

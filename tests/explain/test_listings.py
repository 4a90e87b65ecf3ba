"""``manage.py slots`` prints the tree of a URLconf, and an audit of its views."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.views import LogoutView
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView, UpdateView

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.management.commands.slots import Command
from django_parallel_routes.matches import name_of
from tests.models import Note
from tests.support.slots_command import run
from tests.support.system_checks import with_templates
from tests.window import Pages, layout, serve


def test_the_tree_has_all_that_is_declared(gallery: Pages) -> None:
    """Segments, slots, whole routes, defaults and interceptions."""
    assert (
        run()
        == """\
slots /g/  layout tests.window.layout  remember=url
  children  no default: 404
    /g/in/tag/(?P<tag>\\w+)/  here:tag  tests.window.tag
    /g/in/feed/  here:feed  tests.window.feed
    /g/in/note/  tests.window.note
    slots /g/in/wall/  layout tests.window.wall_layout  namespace here
      children  no default: 404
        /g/in/wall/  here:wall  tests.window.wall
      modal  default empty  unmatched=default
        intercepts gallery:photo  /photo/<int:id>/  by tests.window.modal  opens=above
  side  default tests.window.side_default  layout tests.window.tabs  default_layout
      tests.window.other_tabs  unmatched=default
      test_func=tests.support.slots_command.gallery.<locals>.<lambda>  loading=tests.window.loading
      error=error.html  not_found=missing.html  delivery=streamed
    /g/side/  tests.window.side
  modal  default empty  layout tests.window.frame  unmatched=default
    intercepts gallery:photo  /photo/<int:id>/  by tests.window.lightbox  origin=here:feed
    intercepts raw  /raw/  by tests.window.raw_modal  background=here:feed
    intercepts plain  /plain/  by tests.window.plain_modal
        background=tests.support.slots_command.gallery.<locals>.<lambda>
Outside every slots(), but intercepted:
  /photo/<int:id>/  gallery:photo  tests.window.photo
  /plain/  plain  tests.window.plain
  /raw/  raw  tests.window.raw
"""
    )
    assert gallery.called == []


def test_the_tree_names_the_route_of_a_default(settings: Any) -> None:
    """B39: with and without a layout of the default's own."""
    tickets = [path("tickets/", Pages()("tickets"), name="tickets")]
    options: dict[str, Any]
    for options in ({}, {"default_layout": layout()}):
        side = slot(tickets, default="tickets", **options)
        serve(
            settings, slots("", layout=layout(), children=[path("", Pages()("home"))], side=side)
        )
        assert "side  default route 'tickets'" in run()


@pytest.mark.parametrize(
    ("unmatched", "said"), [({}, "  unmatched=default"), ({"unmatched": "keep"}, "")]
)
def test_the_tree_says_of_a_modal_that_it_closes(
    settings: Any, unmatched: dict[str, Any], said: str
) -> None:
    """B18: without an interception, too."""
    modal = "django_parallel_routes/modal.html"
    login = slot([path("login/", Pages()("login"))], layout=modal, default=None, **unmatched)
    serve(settings, slots("", layout=layout(), children=[path("", Pages()("home"))], modal=login))
    assert f"modal  default empty  layout {modal}{said}\n" in run()


def test_a_project_without_slots_says_so(settings: Any) -> None:
    serve(settings, path("", lambda request: HttpResponse()))
    assert run() == "The URLconf has no slots().\n"


def test_the_tree_shows_an_intercept_that_names_no_route(
    settings: Any, pages: Pages, capsys: Any
) -> None:
    """Django runs the checks before a command, and E001 must not stop this command."""
    modal = slot([intercept("no", pages("x"))], default=None)
    serve(settings, slots("", layout=layout(), children=[path("", pages("home"))], modal=modal))
    Command().run_from_argv(["manage.py", "slots"])
    assert "intercepts no  the name of no route!" in capsys.readouterr().out


def test_colours_are_those_of_the_command(gallery: Pages) -> None:
    out = io.StringIO()
    call_command("slots", stdout=out, force_color=True)
    assert "\x1b[" in out.getvalue()
    assert "\x1b[" not in run()


def test_options_of_explanations_need_a_url(gallery: Pages) -> None:
    with pytest.raises(CommandError, match="--from needs --explain URL"):
        run("--from", "/g/")
    with pytest.raises(CommandError, match="--post needs --explain URL"):
        run("--post")


def test_names_of_views() -> None:
    """The names of classes, templates, partials and instances, as a developer would search for them."""
    from functools import partial

    from django.views.generic import TemplateView

    from django_parallel_routes.matches import TemplateView as Bare

    class Callable:
        def __call__(self, request: HttpRequest) -> None: ...

    assert name_of(TemplateView.as_view()) == "django.views.generic.base.TemplateView"
    assert name_of(Bare("a.html")) == "a.html"
    assert name_of(partial(partial(redirect, "/"))) == "django.shortcuts.redirect"
    assert name_of(Callable()) == f"{__name__}.test_names_of_views.<locals>.Callable"


# --- the audit ---


TEMPLATES = {
    "base.html": "<!doctype html><head><title>{% block title %}{% endblock %}</title></head>"
    '<script>site()</script><body class="{% block class %}{% endblock %}"><form method=post></form>'
    '<div id="menu">{% block menu %}{% endblock %}</div><div id="of_{{ user }}"></div>'
    '<div id="wrapper">{% block content %}{% endblock %}</div>{% block scripts %}{% endblock %}',
    "page.html": "{% extends 'base.html' %}{% block content %}A page{% endblock %}",
    "chart.html": "{% extends 'base.html' %}{% block scripts %}<script>chart()</script>{% endblock %}",
    "form.html": "{% extends 'base.html' %}{% block title %}A{% endblock %}"
    "{% block content %}<form method=post></form>{% endblock %}",
    "account.html": "{% extends 'base.html' %}{% block content %}{% block account %}{% endblock %}"
    "<form method=post></form>{% endblock %}",
    "orders.html": "{% extends 'account.html' %}{% block account %}Orders{% endblock %}",
    "bare.html": "<!doctype html><script>bare()</script>",
    "decides.html": "{% extends request.in_slot|yesno:'part.html,base.html' %}",
    "part.html": "<p>A part</p>{% block content %}{% endblock %}",
    "decided.html": "{% extends 'decides.html' %}{% block title %}A{% endblock %}"
    "{% block scripts %}{% endblock %}",
    "named.html": "{% extends base %}{% block content %}{% include 'part.html' %}{% endblock %}",
    "alone.html": "{% extends base %}",
    "l.html": "{% slot %}",
}


def chart(request: HttpRequest) -> HttpResponse:
    return render(request, "chart.html")


def edit(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html" if request.POST else "part.html")


def form(request: HttpRequest) -> HttpResponse:
    return render(request, "form.html")


def data(request: HttpRequest) -> HttpResponse:
    return JsonResponse({})


def view(name: str) -> Any:
    return TemplateView.as_view(template_name=name)


@pytest.fixture
def audited(settings: Any) -> None:
    with_templates(settings, TEMPLATES)
    update = UpdateView.as_view(model=Note, fields=["name"], template_name="page.html")
    serve(
        settings,
        slots(
            "in/",
            layout="l.html",
            children=slot([path("", view("page.html"))], block="content"),
            side=[path("side/", view("page.html"))],
        ),
        path("admin/", include(([path("", data), path("login/", data)], "admin"))),
        path("chart/", chart, name="chart"),
        path("edit/", edit),
        path("form/", form),
        path("update/", update),
        path("orders/", view("orders.html")),
        path("logout/", LogoutView.as_view(template_name="bare.html")),
        path("bare/", view("bare.html")),
        path("decides/", view("decides.html")),
        path("decided/", view("decided.html")),
        path("named/", view("named.html")),
        path("alone/", view("alone.html")),
        path("part/", view("part.html")),
        path("data/", data),
        path("old/", RedirectView.as_view(url="/")),
    )


def test_an_audit_says_which_views_fit_and_what_to_do_about_others(audited: None) -> None:
    assert (
        run("--audit")
        == """\
Fit with a change: 5. They are whole documents on base.html.
  Let that template decide by request.in_slot.
  Or let the slot name block='content'.
    /in/side/  django.views.generic.base.TemplateView  in slot 'side'
    /chart/  chart  tests.explain.test_listings.chart
    /form/  tests.explain.test_listings.form
    /update/  django.views.generic.edit.UpdateView
    /orders/  django.views.generic.base.TemplateView
Fit with a change: 1. They are whole documents on bare.html.
  Let that template decide by request.in_slot.
    /bare/  django.views.generic.base.TemplateView
May fit: 1. They render a fragment or a whole document.
    /edit/  tests.explain.test_listings.edit
May fit: 3. They name no template: they redirect, send data, or can't be read.
    /logout/  django.contrib.auth.views.LogoutView
    /data/  tests.explain.test_listings.data
    /old/  django.views.generic.base.RedirectView
May fit: 2. They extend a template that only a request names.
    /named/  django.views.generic.base.TemplateView
    /alone/  django.views.generic.base.TemplateView
Fit as they are: 1. Their slot names the part.
    /in/  django.views.generic.base.TemplateView  in slot 'children'
Fit as they are: 2. Their base template decides.
    /decides/  django.views.generic.base.TemplateView
    /decided/  django.views.generic.base.TemplateView  without block 'scripts', without block
        'title'
Fit as they are: 1. They render fragments.
    /part/  django.views.generic.base.TemplateView
Not listed: 2 of the admin, which stay documents.
"""
    )


def test_the_tree_says_which_part_a_slot_takes(audited: None) -> None:
    assert "block=content" in run()

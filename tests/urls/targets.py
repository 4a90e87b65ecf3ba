"""Links that name a slot, in layouts within one another that have slots of the same names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils.html import format_html

from django_parallel_routes import slot, slots
from tests.urls.nav_views import html
from tests.views import View

LINK = '<a href="{}" data-pr-target="{}"{}>{}</a> '
OUTER = """{{% extends "layout.html" %}}
{{% load parallel_routes %}}
{{% block nav %}}{}<p id="{{% slot_id "team" %}}-label">outer</p>{{% endblock %}}
{{% block slots %}}{{% slot %}}{{% slot "team" %}}{{% slot "side" %}}{{% endblock %}}"""
INNER = """{{% load parallel_routes %}}<nav>{}</nav><p id="{{% slot_id "team" %}}-label">inner</p>
<p id="{{% slot_id "side" %}}-label">side</p>
{{% slot %}}{{% slot "team" %}}{{% slot "activity" %}}"""


def link(name: str, url: str, target: str, more: str = "") -> str:
    return LINK.format(url, target, f" {more}" if more else "", name)


def layout(source: str, *links: str) -> View:
    template = engines["django"].from_string(source.format("".join(links)))
    return lambda request, **kwargs: HttpResponse(template.render(kwargs, request))


def feed(request: HttpRequest) -> HttpResponse:
    """A list with links, forms and buttons for slots around it."""
    page = int(request.GET.get("page", "1"))
    more = f"""
    <input id="typed">
    {link("More", f"/g/d/activity/?page={page + 1}", "activity", "hx-push-url=false")}
    {link("Team 3", "/g/d/team/3/", "team")}
    {link("Outer team 3", "/g/team/3/", "team.team")}
    {link("Side 3", "/g/side/3/", "side")}
    {link("Nobody", "/g/d/team/3/", "nobody")}
    {link("Nameless", "/g/d/team/3/", "")}
    <form action="/g/d/activity/" data-pr-target="activity">
      <button name="page" value="7">Filter</button>
    </form>
    <div data-pr-target="team">
      <a href="/g/d/team/4/">Inherited</a>
      {link("Overridden", "/g/side/4/", "side")}
      {link("Not at all", "/g/d/both/", "false")}
      <a href="/g/d/both/" hx-target="body">All</a>
      <button hx-get="/g/d/team/5/">Button</button>
    </div>
    <a href="/g/d/both/" hx-target="#slot-nowhere">Lost</a>"""
    return HttpResponse(format_html("feed {}", page) + more)


def saying(text: str) -> View:
    return lambda request, **kwargs: HttpResponse(text.format(**kwargs))


TEAM = [path("team/<int:id>/", saying("team {id}")), path("both/", saying("team of both"))]

urlpatterns = [
    slots(
        "g/",
        layout=layout(
            OUTER,
            link("Outer", "/g/team/2/", "team"),
            link("Inner, from outside", "/g/d/team/2/", "children.team"),
            '<a href="/g/">Home</a>',
        ),
        children=[
            path("", html("home")),
            slots(
                "d/",
                layout=layout(
                    INNER,
                    link("Inner", "/g/d/team/6/", "team"),
                    link("Whole address", "/g/d/team/7/", "children.team"),
                    link("Side, from inside", "/g/side/2/", "side", "hx-push-url=false"),
                ),
                children=slot(
                    [path("", html("inner home")), path("both/", html("both"))],
                    default=html("inner default"),
                ),
                team=slot(TEAM, default=html("inner team")),
                activity=slot([path("activity/", feed)], default=feed),
            ),
        ],
        team=slot([path("team/<int:id>/", saying("outer {id}"))], default=html("outer team")),
        side=slot([path("side/<int:id>/", saying("side {id}"))], default=html("side")),
    ),
]

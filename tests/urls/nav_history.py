"""Slots of every kind side by side: nested ones, a tab group, defaults kept and not, boxes that scroll."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.clickjacking import xframe_options_exempt

from django_parallel_routes import slot, slots
from tests.urls.nav_views import html, linking, plain
from tests.views import says

TALL = "<div style='height: 4000px'></div>"
BELOW = "<p id='below' style='margin-top: 3000px'>below</p>" + TALL

urlpatterns = [
    slots(
        "h/",
        layout=linking(
            *("/h/", "/h/page/", "/h/visitors/", "/h/views/", "/h/panel/", "/h/feed/"),
            *("/h/team/1/", "/h/team/1/members/", "/h/team/1/log/", "/h/team/2/", "/plain/"),
            template="navigation/history.html",
        ),
        children=slot(
            [
                path("", html("home")),
                path("page/", html("<title>Page</title>page")),
                slots(
                    "team/<int:id>/",
                    layout="navigation/team.html",
                    children=[
                        path("", says("team {id}")),
                        path("members/", says("members of {id}")),
                    ],
                    log=slot([path("log/", says("log of {id}"))], default=says("no log of {id}")),
                ),
            ],
            default=html("home"),
        ),
        tabs=slot(
            [
                path("visitors/", html("<title>Visitors</title>visitors")),
                path("views/", html("views")),
            ],
            layout="navigation/tabs.html",
            default=html("<title>Never</title>summary"),
        ),
        panel=slot(
            [path("panel/", html("<title>Panel</title>panel"))],
            default=html("no panel"),
            unmatched="default",
        ),
        feed=slot([path("feed/", html("feed"))], default=html("no feed")),
    ),
    slots(
        "s/",
        layout=linking(
            *(
                "/s/",
                "/s/page/",
                "/s/side/",
                "/s/page/#below",
                "/s/#below",
                "/s/page/#%zz",
                "#below",
            ),
            template="navigation/scrolling.html",
        ),
        children=[
            path("", html(BELOW)),
            path("page/", html(BELOW)),
            path("kept/", html("kept")),
        ],
        side=slot([path("side/", html(f"side {TALL}"))], default=html(TALL)),
    ),
    slots(
        "b/",
        layout=linking("/b/", "/b/page/", "/b/side/", template="navigation/boxes.html"),
        children=[path("", html(TALL)), path("page/", html(TALL))],
        side=slot(
            [path("side/", html(f"side {TALL}"))],
            default=html(
                f"<div id='inner' style='height: 100px; overflow: auto'>{TALL}</div>"
                "<input aria-label='typed'><video></video><iframe src='/frame/'></iframe>"
            ),
        ),
    ),
    path("plain/", plain),
    path("frame/", xframe_options_exempt(html("a frame"))),
]

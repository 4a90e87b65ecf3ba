"""A slot inside of a slot that the user may not see is not rendered, in any kind of request (B71)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import AsyncClient, Client, override_settings
from django.urls import path
from hypothesis import given, settings as hypothesis, strategies as st

from django_parallel_routes import intercept, refresh, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve

# --- One case each ---


@dataclass
class Lounge:
    """A page with a slot that has a ``test_func``, and slots inside of that."""

    pages: Pages
    window: Window
    may: dict[str, bool] = field(default_factory=lambda: {"enter": True})


@pytest.fixture
def lounge(settings: Any, pages: Pages) -> Lounge:
    may = {"enter": True}

    def leaving(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            may["enter"] = "stay" in request.POST
            refresh(request, *request.POST.getlist("refresh"))
        return HttpResponse("home")

    inner = slots(
        "",
        layout=pages.layout("inner", "{% slot %}{% slot 'bar' %}"),
        children=[path("", pages("sofa"))],
        bar=slot([path("", pages("bar"))], unmatched="refresh"),
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'lounge' %}"),
            children=[path("", pages("home", leaving)), path("x/", pages("x"))],
            lounge=slot([inner], test_func=lambda request: may["enter"]),
        ),
    )
    window.hard("/")
    pages.forget()
    return Lounge(pages, window, may)


INSIDE = {"inner", "sofa", "bar"}

REQUESTS: dict[str, Callable[[Window], Any]] = {
    "with each answer": lambda window: window.soft("/x/"),
    "named by the URL": lambda window: window.soft("/x/?slots=refresh:lounge.children"),
    "all, by the URL": lambda window: window.soft("/x/?slots=refresh:*"),
    "a refresh": lambda window: window.refresh("lounge.bar", url="/"),
    "an element's own": lambda window: window.slot("/", "lounge.children"),
    "target_slot": lambda window: window.soft("/?a=1", target_slot="lounge.children"),
}


@pytest.mark.parametrize("kind", REQUESTS)
def test_nothing_in_a_refused_slot_is_run(lounge: Lounge, kind: str) -> None:
    """B71: "not rendered, in any kind of request": with ``refresh``, ``?slots=refresh:`` and the rest."""
    lounge.may["enter"] = False
    answer = REQUESTS[kind](lounge.window)
    assert HEADER not in answer
    assert not INSIDE.intersection(lounge.pages.called)


@pytest.mark.parametrize("names", ["lounge.children", "lounge", "bar"])
def test_a_form_that_takes_the_right_away_refreshes_nothing_in_it(
    lounge: Lounge, names: str
) -> None:
    """B71: it is asked again after the form."""
    form = {"source_slot": "children", "method": "post"}
    answer = lounge.window.soft("/", **form, data={"refresh": names, "stay": "1"})
    assert HEADER in answer
    assert INSIDE.intersection(lounge.pages.called)
    lounge.pages.forget()
    answer = lounge.window.soft("/", **form, data={"refresh": names})
    assert answer["HX-Redirect"] == "/"
    assert not INSIDE.intersection(lounge.pages.called)


def test_a_form_without_script_is_answered_without_it(lounge: Lounge) -> None:
    """B71, B41: so is a whole page, whose slots are asked for after the form."""
    answer = Client().post("/", {"refresh": "lounge"})
    assert "sofa" not in answer.content.decode()
    assert not INSIDE.intersection(lounge.pages.called)


def test_a_page_that_the_user_may_not_see_is_not_intercepted(settings: Any, pages: Pages) -> None:
    """B30, B71: neither the target's view nor another in its stead, over a page or as a document."""
    may = [True]
    vip = slot(
        [path("p/", pages("vip page"), name="photo")],
        default=None,
        test_func=lambda request: may[0],
    )
    routes = [path("", pages("home")), path("p/", pages("p"))]
    for own, frame in (((), None), ((pages("own"),), None), ((pages("own"),), layout())):
        rules = [intercept("photo", *own, background=lambda request: "/")]
        modal = slot(rules, default=None, layout=frame)
        printed = layout("{% slot %}{% slot 'vip' %}{% slot 'modal' %}")
        window = serve(settings, slots("", layout=printed, children=routes, vip=vip, modal=modal))
        may[0] = True
        window.hard("/p/")
        assert {slot.shows for slot in window.slots.values()} >= {"intercepted"}
        window.hard("/")
        assert HEADER in window.soft("/p/")
        assert HEADER in window.soft("/p/", method="post", source_slot=list(window.slots)[-1])
        may[0] = False
        pages.forget()
        window.soft("/p/", method="post", source_slot=list(window.slots)[-1])
        window.hard("/")
        assert HEADER not in window.soft("/p/")
        window.hard("/p/")
        assert window.shows["modal"] == ""
        assert set(pages.called) <= {"home", "p"}


def test_test_func_gets_the_request_of_the_layout_that_prints_the_slot(
    settings: Any, pages: Pages
) -> None:
    """S46: the slot's own URL and kwargs, whatever the request is for."""
    asked: list[tuple[str, str, dict[str, Any]]] = []

    def test(request: HttpRequest) -> bool:
        assert request.resolver_match
        asked.append((request.method or "", request.path, request.resolver_match.kwargs))
        return True

    team = slots(
        "<slug:team>/",
        layout=layout("{% slot %}{% slot 'side' %}"),
        children=[path("", pages("team")), path("<int:pk>/", pages("member"))],
        side=slot([path("", pages("side"))], default=None, test_func=test),
    )
    other = slot([path("x/", pages("x"))], default=pages("form"))
    root = layout("{% slot %}{% slot 'other' %}")
    window = serve(settings, slots("", layout=root, children=[team], other=other))
    window.hard("/red/")
    window.soft("/red/7/")
    window.soft("/x/?slots=refresh:side", target_slot="other")
    window.soft("/red/", method="post", source_slot="children.children")
    assert asked == [
        ("GET", "/red/", {"team": "red"}),
        ("GET", "/red/", {"team": "red"}),
        ("GET", "/red/", {"team": "red"}),
        ("GET", "/red/", {"team": "red"}),
    ]


@pytest.mark.django_db(transaction=True)
def test_test_func_can_read_the_user_of_an_async_page(settings: Any, pages: Pages) -> None:
    """S46, B47: ``request.user`` asks the database, which async code may not."""

    async def home(request: HttpRequest) -> HttpResponse:
        return HttpResponse("home")

    side = slot([path("", pages("side"))], test_func=lambda request: request.user.is_staff)
    printed = layout("{% slot %}{% slot 'side' %}")
    serve(settings, slots("", layout=printed, children=[path("", home)], side=side))
    client = AsyncClient()
    assert b"side</div>" not in asyncio.run(client.get("/")).content
    client.force_login(get_user_model().objects.create(username="a", is_staff=True))
    assert b"side</div>" in asyncio.run(client.get("/")).content


# --- All of them, on random trees ---

RIGHTS = "abcd"


def rights_of(request: HttpRequest) -> set[str]:
    return set(request.META["HTTP_RIGHTS"])


@dataclass
class Site:
    """Declares a random tree, and notes each view that is called without the rights around it."""

    wrong: list[str] = field(default_factory=list)
    needs: dict[str, frozenset[str]] = field(default_factory=dict)
    """By what a view prints: the rights of all slots in which it stands."""

    def view(self, needs: frozenset[str], source: str = "") -> Any:
        mark = f"[view {len(self.needs)}]"
        self.needs[mark] = needs
        show = layout(mark + source)

        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not needs <= rights_of(request):
                self.wrong.append(f"{mark} is called at {request.path}")
            if request.method == "POST":
                request.META["HTTP_RIGHTS"] = request.POST["leaves"]
                refresh(request, *request.POST.getlist("refresh"))
                self.needs[mark] = frozenset()  # it was there before
            return show(request)

        return view

    def segment(self, draw: Any, prefix: str, needs: frozenset[str], depth: int) -> Any:
        # One that stacks takes the name of a level for its own, so no two in one another share it.
        other = st.sampled_from(["st", "uv", "yz"][depth])
        names = ["children", *draw(st.lists(other, unique=True, min_size=1))]
        source = "".join(f"{{% slot '{name}' %}}" for name in names)
        children = {name: self.slot(draw, name, needs, depth) for name in names}
        remember = draw(st.sampled_from(["url", "history"]))
        return slots(prefix, layout=self.view(needs, source), remember=remember, **children)

    def slot(self, draw: Any, name: str, outer: frozenset[str], depth: int) -> Any:
        right = draw(st.sampled_from([None, *RIGHTS]))
        needs = outer | {right} if right else outer
        patterns: list[Any] = [path("p/", self.view(needs))] if draw(st.booleans()) else []
        if depth and (name == "children" or draw(st.booleans())):
            patterns.append(self.segment(draw, "", needs, depth - 1))
        else:
            patterns += [path("", self.view(needs)), path("x/", self.view(needs))]
        options: dict[str, Any] = {"default": self.view(needs)}
        if right:
            options["test_func"] = lambda request: right in rights_of(request)
        if draw(st.booleans()):
            delivery = draw(st.sampled_from(["deferred", "streamed"]))
            options |= {"loading": self.view(needs), "delivery": delivery}
        if name != "children":
            options["unmatched"] = draw(st.sampled_from(["keep", "default", "refresh"]))
            if draw(st.booleans()):
                own = (self.view(needs | {self.photo}),) if draw(st.booleans()) else ()
                opens = draw(st.sampled_from(["here", "above"]))
                background = draw(st.sampled_from([None, lambda request: "/x/"]))
                rule = intercept("photo", *own, opens=opens, background=background)
                patterns.append(rule)
        if draw(st.booleans()):
            options["layout"] = self.view(needs, "{% slot %}")
        return slot(patterns, **options)

    photo = "a"
    """The right that the page needs which may be intercepted."""

    def tree(self, draw: Any) -> Any:
        photo = slot(
            [path("photo/", self.view(frozenset(self.photo)), name="photo")],
            default=None,
            test_func=lambda request: self.photo in rights_of(request),
        )
        depth = draw(st.integers(1, 2))
        source = "{% slot %}{% slot 'main' %}{% slot 'photo' %}"
        return slots(
            "",
            layout=self.view(frozenset(), source),
            remember="url",
            children=slot([], default=self.view(frozenset())),
            main=slot([self.segment(draw, "", frozenset(), depth)], default=None),
            photo=photo,
        )


URLS = st.sampled_from(
    [
        *("/", "/x/", "/p/", "/photo/", "/x/?a=1", "/photo/?a=1"),
        *("/x/?slots=refresh:*", "/p/?slots=refresh:s,t", "/?slots=refresh:main"),
        *("/?slot.main=x/", "/?slot.main.s=p/&slot.main.children.s=x/", "/x/?slots=inline"),
    ]
)
KINDS = st.sampled_from(
    ["hard", "soft", "soft", "only", "slot", "form", "form", "refresh", "back", "post"]
)
STEPS = st.tuples(KINDS, URLS, st.integers(0, 99), st.sets(st.sampled_from(RIGHTS)))


@given(data=st.data(), steps=st.lists(STEPS, min_size=2, max_size=8))
@hypothesis(max_examples=25, deadline=None)
def test_no_kind_of_request_runs_anything_in_a_hidden_slot(data: Any, steps: list[Any]) -> None:
    """B71: on random trees, for users whose rights change in between, and during forms."""
    site = Site()
    urlconf: Any = ModuleType("tests.urls.random")
    urlconf.urlpatterns = [site.tree(data.draw)]
    with override_settings(ROOT_URLCONF=urlconf):
        window, entries = Window(Client(raise_request_exception=True)), []
        window.client.defaults["HTTP_RIGHTS"] = RIGHTS
        window.hard("/?slots=inline")
        for kind, url, number, rights in steps:
            window.client.defaults["HTTP_RIGHTS"] = "".join(sorted(rights))
            response = request_of(window, entries, kind, url, number)
            assert not site.wrong, site.wrong
            html = b"".join(parts_of(response)).decode()
            left = rights_of(response.wsgi_request)
            for mark, needs in site.needs.items():
                assert mark not in html or needs <= left, f"{mark} is there: {kind} {url}"
            if window.slots:
                entries.append(window.entry)


def request_of(window: Window, entries: list[Any], kind: str, url: str, number: int) -> Any:
    """Make one request of a kind, or of the window's last, what there is to load it."""
    if kind == "hard" or not window.slots:
        return window.hard(url)
    addresses = list(window.slots)
    address = addresses[number % len(addresses)]
    data = {"leaves": "bcd"[: number % 4], "refresh": ["*", address, "s", "main"][number % 4 :]}
    data["refresh"] = [name for name in data["refresh"] if name != "*"]
    if kind == "soft":
        return window.soft(url)
    if kind == "target_slot":
        return window.soft(url, target_slot=address)
    if kind == "slot":
        return window.slot(window.slots[address].src, address)
    if kind == "form":
        return window.soft(
            window.slots[address].src, method="post", source_slot=address, data=data
        )
    if kind == "post":
        return window.hard(url, "post", data=data)
    if kind == "back" and entries:
        return window.restore(entries[number % len(entries)])
    return window.refresh(address)


def parts_of(response: HttpResponseBase) -> Iterator[bytes]:
    if response.streaming:
        yield from response.streaming_content  # type: ignore[attr-defined]
    else:
        yield response.content  # type: ignore[attr-defined]

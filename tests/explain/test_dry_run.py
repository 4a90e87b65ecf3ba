"""The explanation equals what the server does: random walks, compared from the outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from hypothesis import event, example, given, settings as hypothesis, strategies as st

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.client.exchange import state_header
from django_parallel_routes.explain.dry_run import DryTab
from django_parallel_routes.protocol.query import INLINE, with_option
from django_parallel_routes.protocol.state import parse_state
from tests.planning.test_planner import Tree, declared, pages as pages_of_trees, trees
from tests.support.slots_command import said_of, said_to
from tests.window import ARRIVED, HEADER, OnScreen, Pages, Window, slots_in

pages = Pages()


def below(request: HttpRequest, id: int) -> str | None:
    return f"/tag/{id - 1}/" if id > 1 else None


TEAM = slots(
    "team/<slug:team>/",
    layout=pages.layout("team layout", "{% slot %}{% slot 'log' %}{% slot 'peek' %}"),
    children=[
        path("", pages("team"), name="team"),
        path("member/<int:id>/", pages("member"), name="member"),
    ],
    log=slot(
        [path("log/", pages("log"))],
        default=pages("no log"),
        unmatched="default",
        loading=pages("log loading"),
    ),
    peek=slot([intercept("member", pages("peek"))], default=None),
)
ROLES = (
    "{% parallel_routes_script %}{% slot %}{% slot 'side' %}"
    "{% if request.user.is_staff %}{% slot 'admin' %}{% endif %}"
    "{% slot 'audit' %}{% slot 'modal' %}{% slot 'toasts' %}"
)
RICH = [
    path("outside/<int:id>/", pages("outside"), name="outside"),
    path("plain/", pages("plain"), name="plain"),
    slots(
        "other/",
        layout=pages.layout("other layout", "{% slot %}{% slot 'drawer' %}"),
        remember="url",
        children=slot(
            [path("", pages("other"), name="other"), path("item/", pages("item"), name="item")],
            default=pages("other default"),
        ),
        drawer=slot(
            [path("open/", pages("drawer")), intercept("photo", pages("drawer photo"))],
            default=None,
            unmatched="keep",
        ),
    ),
    slots(
        "",
        layout=pages.layout("main layout", ROLES),
        children=slot(
            [
                path("", pages("home"), name="home"),
                path("feed/", pages("feed"), name="feed"),
                path("photo/<int:id>/", pages("photo"), name="photo"),
                path("tag/<int:id>/", pages("tag"), name="tag"),
                TEAM,
                intercept("item", pages("item instead"), origin=["feed", "home"]),
            ],
            default=pages("default"),
        ),
        side=slot(
            [path("feed/", pages("side feed")), path("side/", pages("side"))],
            default=pages("side default"),
            layout=pages.layout("side layout"),
            default_layout=pages.layout("side default layout"),
            loading=pages("side loading"),
            delivery="streamed",
        ),
        admin=slot([path("admin/", pages("admin"))], default=pages("admin default")),
        audit=slot(
            [path("audit/", pages("audit"))],
            default=pages("audit default"),
            test_func=lambda request: request.user.is_staff,
        ),
        modal=slot(
            [
                intercept("photo", pages("photo modal"), origin="feed"),
                intercept("member", opens="above"),
                intercept("outside", pages("outside modal"), opens="above"),
                intercept("tag", pages("tag modal"), opens="above", background=below),
                intercept("other", pages("other modal"), background="feed"),
            ],
            layout=pages.layout("modal layout"),
            default=None,
        ),
        toasts=slot([], default=pages("toasts"), unmatched="refresh"),
    ),
]
URLS = [
    *("/", "/feed/", "/feed/?q=1", "/side/", "/admin/", "/audit/", "/nowhere/", "/plain/"),
    *("/photo/1/", "/photo/2/?q=1", "/tag/1/", "/tag/3/", "/outside/1/", "/outside/2/"),
    *("/team/a/", "/team/a/log/", "/team/b/log/", "/team/a/member/1/", "/team/b/member/2/"),
    *("/other/", "/other/item/", "/other/open/", "/other/?slot.drawer=open/"),
    *("/feed/?slots=inline", "/feed/?slots=refresh:side,children", "/feed"),
]
NAMES = ["children", "side", "admin", "audit", "modal", "log", "children.log", "modal.modal", "no"]

Step = tuple[str, Any, Any]


def steps(urls: Any, names: list[str]) -> st.SearchStrategy[list[Step]]:
    number = st.integers(0, 30)
    step = st.one_of(
        st.tuples(st.just("hard"), urls, number),
        *(st.tuples(st.just("soft"), urls, number) for _ in range(4)),
        st.tuples(st.sampled_from(["target_slot", "source_slot"]), urls, st.sampled_from(names)),
        st.tuples(st.sampled_from(["restore", "refresh", "slot", "besides"]), urls, number),
        st.tuples(st.just("tampered"), urls, st.data()),
        st.tuples(st.just("form"), urls, number),
    )
    return st.lists(step, min_size=1, max_size=7).map(lambda rest: [("hard", None, 0), *rest])


@contextmanager
def site(urlpatterns: list[Any]) -> Iterator[None]:
    urlconf = ModuleType("tests.urls.explained")
    vars(urlconf)["urlpatterns"] = urlpatterns
    with override_settings(ROOT_URLCONF=urlconf):
        yield


def called_in(recorder: Pages) -> Counter[str]:
    return Counter(re.sub(r"\W", "_", name) for name in recorder.called)


def names(views: list[str]) -> Counter[str]:
    return Counter(view.rpartition(".")[2] for view in views)


def assert_agrees(
    said: dict[str, Any], answer: Any, called: Counter[str], *, asks_layouts: bool
) -> None:
    """Compare an explanation with the response: what it contains, and which views were called."""
    kind = said["answer"]["kind"]
    event(kind)
    views = names([*said["views"], *(one.partition(" for ")[0] for one in said["checked"])])
    if asks_layouts:  # whether they print the slot that a form, or an element, stands in
        called &= views
    if answer.streaming and HEADER in answer:  # late slots have run by now, too
        called &= views
    assert views == called
    # A stream is read to its end: when garbage collection ends one, Django sets a context variable, maybe
    # while another is set, and Python before 3.12 may crash (python/cpython issue 148891).
    html = b"".join(answer.streaming_content) if answer.streaming else answer.content
    html = html.partition(ARRIVED.encode())[0]
    if kind in ("missing", "refused"):
        assert answer.status_code == {"missing": 404, "refused": 301}[kind]
    elif kind == "document":
        assert {"HX-Redirect", "HX-Refresh"} & {*answer.headers}
    elif kind == "view":
        assert answer.content.decode() in ("outside", "plain")
    elif kind == "one_slot":
        assert HEADER not in answer
        assert slots_in(html.decode())[0].keys() <= {row["address"] for row in said["slots"]}
    else:
        assert answer.status_code == 200
        found, tops = slots_in(html.decode(), answer.get(HEADER, ""))
        assert (HEADER in answer) == (kind == "slots")
        if kind == "slots":
            assert answer[HEADER] == (said["answer"]["url"] or "stay")
        compare_slots(said["slots"], found, tops if kind == "slots" else None, html.decode())


def compare_slots(
    rows: list[dict[str, Any]], found: dict[str, OnScreen], tops: list[str] | None, html: str
) -> None:
    later = [row["address"] for row in rows if row["arrives"] != "now"]
    there = [
        row
        for row in rows
        if row["action"] not in ("keep", "hidden")
        and not any(row["address"].startswith(f"{name}.") for name in later)
    ]
    assert {row["address"]: (row["shows"], row["url"]) for row in there} == {
        address: (slot.shows, slot.src) for address, slot in found.items()
    }
    states = re.findall(r'data-pr-slot="([\w.]+)"[^>]*data-pr-state="(\w+)"', html)
    assert dict(states) == {
        row["address"]: "loading" if row["loading"] else "busy"
        for row in there
        if row["arrives"] != "now"
    }
    if tops is not None:
        kept = {row["address"] for row in rows if row["action"] == "keep"}
        assert kept.isdisjoint(found)
        assert all(not address.startswith(f"{other}.") for address in tops for other in tops)


class Walk:
    """A browser, and for each of its steps the explanation beforehand."""

    def __init__(self, recorder: Pages, who: Any = None) -> None:
        client = Client()
        if who:
            client.force_login(who)
        self.window, self.recorder = Window(client), recorder
        self.who = who
        self.entries: list[Any] = []
        self.way: list[str] | None = []
        """The URLs of ``--from``, as long as these lead to the same screen."""

    def assert_step_is_explained(self, how: str, url: str, more: Any) -> None:
        window = self.window
        if how == "hard" or not window.slots:
            self.assert_explained(url, None, lambda: window.hard(url))
            # Deferred slots arrive, as a moment later in a browser.
            window.hard(with_option(url, INLINE))
            window.url = url
            window.origin = window.origin if "slots=" not in window.origin else url
            self.way = [url]
        elif how in ("soft", "target_slot", "source_slot"):
            options = {} if how == "soft" else {how: more}
            if how == "soft" and self.way:
                self.check_way(url)
            state = self.state(**options)
            self.assert_explained(url, state, lambda: window.send(url, state))
            self.way = [*self.way, url] if self.way and how == "soft" else None
            self.follow(url)
        elif how == "form":
            state = self.state(form=True)
            self.assert_explained(
                url, state, lambda: window._request(url, state, "post", None), "POST"
            )
        elif how == "restore" and self.entries:
            entry = self.entries[more % len(self.entries)]
            wanted = {name: one.mounted for name, one in entry[1].items()}
            state = {
                "intent": "restore",
                "slots": window.mounted,
                "restore": wanted,
                "origin": entry[2],
            }
            self.assert_explained(entry[0], state, lambda: window.restore(entry))
            self.way = None
        elif how in ("refresh", "besides"):
            address = list(window.slots)[more % len(window.slots)]
            state = {
                "intent": "refresh" if how == "refresh" else "navigate",
                "slots": window.mounted,
            }
            state["refresh"] = [address]
            src = window.slots[address].src if how == "refresh" else url
            self.assert_explained(src, state, lambda: window._request(src, state, "get", None))
        elif how == "slot":
            address = list(window.slots)[more % len(window.slots)]
            state = {"intent": "slot", "source_slot": address, "slots": window.mounted}
            if any(one.home for one in window.slots.values()):
                state |= {"current_url": window.url, "origin": window.origin}
            self.assert_explained(url, state, lambda: window._request(url, state, "get", None))
        elif how == "tampered":
            header = more.draw(tampered(self.state(), window.slots))
            self.assert_explained(url, header, lambda: window._request(url, header, "get", None))
        if window.slots:
            self.entries.append(window.entry)

    def state(self, **more: Any) -> dict[str, Any]:
        """The header that the script would send."""
        window = self.window
        state: dict[str, Any] = {"intent": "navigate", "slots": window.mounted}
        if any(one.home for one in window.slots.values()):
            state |= {"current_url": window.url, "origin": window.origin}
        if again := [address for address, one in window.slots.items() if one.again]:
            state["refresh"] = again
        return {**state, **more}

    def follow(self, url: str) -> None:
        """Load the document to which a response leads."""
        if HEADER not in self.window.response:
            self.window.hard(with_option(url, INLINE))
            self.window.url = url
            if "slots=" in self.window.origin:
                self.window.origin = url

    def assert_explained(self, url: str, state: Any, ask: Any, method: str = "GET") -> None:
        header = "" if state is None else state
        header = header if isinstance(header, str) else state_header(header)
        said = said_to(header, url, self.who, method)
        self.recorder.forget()
        answer = ask()
        asks_layouts = method == "POST" or '"intent":"slot"' in header
        assert_agrees(said, answer, called_in(self.recorder), asks_layouts=asks_layouts)

    def check_way(self, url: str) -> None:
        """Compare the slots on screen after ``--from`` with those that the browser sends."""
        assert self.way
        tab = DryTab(self.who)
        for step in self.way:
            tab.open(step)
        request, answer = tab.ask(url)
        header = request.headers[HEADER]
        assert parse_state(header) == parse_state(state_header(self.state()))
        said = said_to(header, url, self.who)
        assert said.items() >= said_of(answer).items()


def tampered(state: dict[str, Any], slots_on_screen: Any) -> st.SearchStrategy[Any]:
    """A header that no script would send: with other slots, keys, URLs, words."""
    keys = [one.key for one in slots_on_screen.values()] or ["0" * 16]
    value = st.tuples(
        st.sampled_from(["page", "intercepted", "layout", "default", "empty"]),
        st.sampled_from([*URLS, "nothing", ""]),
        st.sampled_from([*keys, "0" * 16, "?"]),
    ).map(list)
    with_home = st.tuples(value, st.sampled_from(["/", "/team/a/", "/other/"])).map(
        lambda pair: [*pair[0], pair[1]]
    )
    changed = st.dictionaries(
        st.sampled_from([*slots_on_screen, "no"]), st.one_of(value, with_home), max_size=4
    )
    others = st.fixed_dictionaries(
        {},
        optional={
            "intent": st.sampled_from(["navigate", "restore", "slot", "refresh", "?"]),
            "current_url": st.sampled_from(URLS),
            "origin": st.sampled_from([*URLS, ""]),
            "target_slot": st.sampled_from(NAMES),
            "source_slot": st.sampled_from([*slots_on_screen, "no"]),
            "refresh": st.lists(st.sampled_from([*slots_on_screen, "no"]), max_size=3),
        },
    )
    wanted = {name: one.mounted for name, one in slots_on_screen.items()}
    return st.one_of(
        st.tuples(changed, others, st.booleans()).map(
            lambda drawn: {
                **state,
                **drawn[1],
                "slots": {**state["slots"], **drawn[0]},
                **({"restore": {**wanted, **drawn[0]}} if drawn[2] else {}),
            }
        ),
        st.sampled_from(["", "{", "[]", '{"intent": 1}', "null"]),
    )


@given(way=steps(st.sampled_from(URLS), NAMES), who=st.sampled_from([None, "boss"]))
@example([("hard", "/feed/", 0), ("soft", "/photo/1/", 0), ("soft", "/team/a/member/1/", 0)], None)
@example([("hard", "/tag/3/", 0), ("soft", "/outside/1/", 0), ("soft", "/side/", 0)], None)
@example([("hard", "/other/open/", 0), ("soft", "/other/item/", 0)], None)
@example([("hard", "/team/b/member/2/", 0), ("soft", "/team/a/", 0)], "boss")
@hypothesis(max_examples=50, deadline=None)
@pytest.mark.django_db
def test_the_explanation_is_what_the_server_does(way: list[Step], who: str | None) -> None:
    """The command prints the same plan that the server executes."""
    user = who and get_user_model().objects.get_or_create(username=who, is_staff=True)[0]
    with site(RICH):
        walk = Walk(pages, user)
        for how, url, more in way:
            walk.assert_step_is_explained(how, url or "/feed/", more)


@given(
    root=trees(),
    way=steps(
        st.lists(st.sampled_from("abc"), max_size=3).map(
            lambda parts: "/r/" + "".join(f"{part}/" for part in parts)
        ),
        ["children", "s", "t", "children.s"],
    ),
)
@hypothesis(max_examples=25, deadline=None)
def test_the_explanation_is_what_the_server_does_on_random_trees(
    root: Tree, way: list[Step]
) -> None:
    """S3, S4, S5, S10, S13 to S16: whatever is declared."""
    with site([declared(root)]):
        walk = Walk(pages_of_trees)
        for how, url, more in way:
            walk.assert_step_is_explained(how, url or "/r/", more)

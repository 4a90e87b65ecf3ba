"""A naive model, written without a look at the planner, agrees with it on random trees and navigations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from django.test import override_settings
from django.urls import path
from hypothesis import example, given, settings as hypothesis, strategies as st

from django_parallel_routes import slot, slots
from tests.support.planned_sites import pages
from tests.window import HEADER, Window


@dataclass
class Box:
    """A slot, as declared; ``text`` of its pages is their route, after its own name."""

    name: str
    routes: list[str]
    inner: list[Tree]
    default: str  # "unset", "none" or "view"
    unmatched: str


@dataclass
class Tree:
    name: str
    prefix: str
    boxes: list[Box]


@dataclass
class Cell:
    """A slot on screen."""

    shows: str
    src: str
    text: str
    tree: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)


class NotThere(Exception):
    pass


KIND = {"static": 3, "converter": 2, "catch-all": 1}
STATIC = ["", "a/", "b/", "a/b/"]
CONVERTERS = ["<slug:x>/", "<slug:x>/b/", "<slug:x>/<slug:y>/"]
CATCH_ALLS = ["<path:rest>", "a/<path:rest>"]


def as_regex(route: str) -> str:
    return re.sub("<slug:.>", "[a-z]+", route).replace("<path:rest>", ".+")


def best_route(box: Box, rest: str) -> str | None:
    """S5: static, converter, deeper catch-all, shallower catch-all; inside a class the first."""
    for group in (STATIC, CONVERTERS, ["a/<path:rest>"], ["<path:rest>"]):
        for route in box.routes:
            if route in group and re.fullmatch(as_regex(route), rest):
                return route
    return None


def inside(tree: Tree, rest: str) -> tuple[str, str] | None:
    """The part of a path that a tree's prefix takes, and the part that it leaves to its boxes."""
    found = re.match(as_regex(tree.prefix), rest)
    return found and (rest[: found.end()], rest[found.end() :])


def exists(tree: Tree, rest: str) -> bool:
    """S2: a page in any slot makes a URL exist."""
    parts = inside(tree, rest)
    return bool(parts) and any(
        best_route(box, parts[1]) is not None or any(exists(t, parts[1]) for t in box.inner)
        for box in tree.boxes
    )


def best_tree(box: Box, rest: str) -> Tree | None:
    """S4: the deepest wins, so a tree before any route; there is at most one for a URL."""
    return next((tree for tree in box.inner if exists(tree, rest)), None)


def enter(box: Box, url: str, done: str, rest: str) -> Cell:
    """S10, S14: page, else default, else 404."""
    if tree := best_tree(box, rest):
        taken, left = inside(tree, rest)
        cells = {inner.name: enter(inner, url, done + taken, left) for inner in tree.boxes}
        return Cell("layout", done + taken, tree.name, tree.name + done + taken, cells)
    route = best_route(box, rest)
    if route is not None:
        return Cell("page", url, f"{box.name} at {route}.")
    return default(box, url)


def default(box: Box, url: str) -> Cell:
    if box.default == "unset":
        raise NotThere
    return (
        Cell("default", url, f"{box.name} default")
        if box.default == "view"
        else Cell("empty", url, "")
    )


class Model:
    """What is on screen, by the rules alone."""

    def __init__(self, root: Tree) -> None:
        self.root = root
        self.cells: dict[str, Cell] = {}

    def hard(self, url: str) -> None:
        bare = url.partition("?")[0].removeprefix("/")
        if not exists(self.root, bare):
            raise NotThere
        done, rest = inside(self.root, bare)
        self.cells = {b.name: enter(b, url, "/" + done, rest) for b in self.root.boxes}

    def soft(self, url: str, only: str = "") -> str:
        """Return "slots", or "document" if nothing changes."""
        bare = url.partition("?")[0].removeprefix("/")
        if not exists(self.root, bare):
            raise NotThere
        done, rest = inside(self.root, bare)
        new, changes = self._walk(self.root, self.cells, url, "/" + done, rest, only, "")
        if not changes:
            return "document"
        self.cells = new
        return "slots"

    def _walk(
        self, tree: Tree, cells: Any, url: str, done: str, rest: str, only: str, above: str
    ) -> tuple[dict[str, Cell], int]:
        new, changes = {}, 0
        for box in tree.boxes:
            cell, address = cells[box.name], above + box.name
            new[box.name] = cell
            if only and not (
                only == address or only.startswith(address + ".") or address.startswith(only + ".")
            ):
                continue
            deeper = best_tree(box, rest)
            taken, left = inside(deeper, rest) if deeper else ("", "")
            if deeper and cell.tree == deeper.name + done + taken:
                inner = self._walk(
                    deeper, cell.cells, url, done + taken, left, only, address + "."
                )
                new[box.name] = Cell("layout", cell.src, cell.text, cell.tree, inner[0])
                changes += inner[1]
            elif deeper or best_route(box, rest) is not None:
                new[box.name] = enter(box, url, done, rest)
                changes += 1
            elif box.unmatched == "default" and cell.shows in ("page", "layout") and not only:
                new[box.name] = default(box, url)
                changes += 1
        return new, changes

    @property
    def screen(self) -> dict[str, tuple[str, str, str]]:
        return dict(self._flat("", self.cells))

    def _flat(self, above: str, cells: dict[str, Cell]) -> Iterator[tuple[str, Any]]:
        for name, cell in cells.items():
            yield above + name, (cell.shows, cell.src, cell.text)
            yield from self._flat(f"{above}{name}.", cell.cells)


def declared(tree: Tree) -> Any:
    """The same, in the package's words."""

    def options(box: Box) -> Any:
        patterns = [path(route, pages(f"{box.name} at {route}.")) for route in box.routes]
        values = {
            "unset": {},
            "none": {"default": None},
            "view": {"default": pages(f"{box.name} default")},
        }
        patterns += [declared(inner) for inner in box.inner]
        return slot(patterns, unmatched=box.unmatched, **values[box.default])

    printed = "".join(f"{{% slot '{box.name}' %}}" for box in tree.boxes)
    return slots(
        tree.prefix,
        layout=pages.layout(tree.name, tree.name + printed),
        **{box.name: options(box) for box in tree.boxes},
    )


@st.composite
def boxes(draw: Any, names: list[str], depth: int, where: str) -> list[Box]:
    found = []
    for name in names:
        inner = []
        if depth and draw(st.booleans()):
            prefix = draw(st.sampled_from(["a/", "b/", "<slug:n>/"]))
            inner.append(draw(trees(depth - 1, prefix, f"{where}-{name}")))
        routes = st.lists(
            st.sampled_from(STATIC + CONVERTERS + CATCH_ALLS), max_size=3, unique=True
        )
        default = draw(st.sampled_from(["view", "none", "unset"]))
        chosen = draw(routes)
        if default == "unset" and not inner and not chosen:
            chosen = [""]
        unmatched = "keep" if default == "unset" else draw(st.sampled_from(["keep", "default"]))
        found.append(Box(name, chosen, inner, default, unmatched))
    return found


@st.composite
def trees(draw: Any, depth: int = 2, prefix: str = "r/", name: str = "root") -> Tree:
    names = draw(st.sampled_from([["children"], ["children", "s"], ["s", "t"]]))
    found = draw(boxes(names, depth, name))
    if not any(box.routes or box.inner for box in found):
        found[0].routes.append("")
    return Tree(name, prefix, found)


URLS = st.builds(
    lambda parts, query: "/r/" + "".join(f"{part}/" for part in parts) + query,
    st.lists(st.sampled_from("abc"), max_size=3),
    st.sampled_from(["", "", "?q=1"]),
)
STEPS = st.one_of(
    st.tuples(st.just("soft"), URLS),
    st.tuples(st.just("soft"), URLS),
    st.tuples(st.sampled_from(["children", "s", "t", "children.s", "s.children"]), URLS),
    st.tuples(st.just("back"), st.integers(0, 9)),
    st.tuples(st.just("hard"), URLS),
)
SIMPLE = Tree("root", "r/", [Box("children", ["", "a/"], [], "unset", "keep")])


@given(root=trees(), steps=st.lists(STEPS, min_size=1, max_size=8))
@example(root=SIMPLE, steps=[("hard", "/r/"), ("soft", "/r/a/"), ("back", 0), ("back", 1)])
@hypothesis(max_examples=60, deadline=None)
def test_the_planner_agrees_with_a_naive_model(root: Tree, steps: list[tuple[str, Any]]) -> None:
    """S3, S4, S5, S10, S13, S14, S15, S16, B18, B19, S33: by the rules alone, on random trees."""
    urlconf = ModuleType("tests.urls.random")
    urlconf.urlpatterns = [declared(root)]
    with override_settings(ROOT_URLCONF=urlconf):
        window, model = Window(), Model(root)
        entries: list[Any] = []
        for how, where in steps:
            if how == "back":
                if entries and window.slots:
                    entry, cells, expected = entries[where % len(entries)]
                    if entry[1] == window.slots:
                        continue
                    model.cells = cells
                    window.restore(entry)
                    assert HEADER in window.response, "It can be restored, but was not"
                    assert screen_of(window) == expected
                continue
            url = where
            if how == "hard" or not window.slots:
                visit_hard(window, model, url)
            else:
                visit_soft(window, model, url, "" if how == "soft" else how)
            assert screen_of(window) == model.screen
            if window.slots:
                entries.append((window.entry, model.cells, model.screen))


def visit_hard(window: Window, model: Model, url: str) -> None:
    try:
        model.hard(url)
    except NotThere:
        model.cells = {}
    assert window.hard(url).status_code == (200 if model.cells else 404)


def visit_soft(window: Window, model: Model, url: str, only: str) -> None:
    try:
        expected = model.soft(url, only)
    except NotThere:
        assert window.soft(url, target_slot=only).status_code == 404
        return
    window.soft(url, target_slot=only)
    if expected == "document":
        assert window.response["HX-Redirect"] == url
        visit_hard(window, model, url)
    else:
        assert window.response.status_code == 200
        assert HEADER in window.response


def screen_of(window: Window) -> dict[str, tuple[str, str, str]]:
    return {name: (s.shows, s.src, s.text) for name, s in window.slots.items()}

"""A naive model of a site with modals, written from docs/rules.md and not from the package's code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Rule:
    """S22: a route by its pattern, and what is shown instead."""

    route: str
    shows: str
    opens_above: bool = False
    origin: str = ""
    background: str = ""


@dataclass(frozen=True)
class Box:
    """A slot. ``pages`` are named by the rest of the URL, a pattern; ``default`` is ``None`` if unset."""

    pages: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    closes: bool = False  # unmatched="default"
    inner: Segment | None = None
    rules: tuple[Rule, ...] = ()
    stacks: bool = False  # has the layout of a level


@dataclass(frozen=True)
class Segment:
    prefix: str
    name: str
    boxes: Mapping[str, Box]


TEAM = Segment(
    "team/([ab])/",
    "team layout",
    {
        "children": Box({"": "team", "members/": "members", r"member/(\d)/": "member"}),
        "log": Box({"log/": "log"}, default="no log"),
        "badge": Box({"": "badge", "members/": "members badge", r"member/(\d)/": "member badge"}),
        "peek": Box(
            default="", closes=True, rules=(Rule(r"/team/([ab])/member/(\d)/", "member peek"),)
        ),
    },
)

MAIN = Segment(
    "/",
    "main layout",
    {
        "children": Box(
            {
                "": "home",
                "feed/": "feed",
                r"photo/(\d)/": "photo",
                r"note/(\d)/": "note",
                "login/": "login",
            },
            default="default",
            inner=TEAM,
            rules=(Rule(r"/other/item/(\d)/", "item instead"),),
        ),
        "side": Box({"feed/": "side feed", "side/": "side"}, default="side default"),
        "panel": Box({"panel/": "panel"}, default="panel default", closes=True),
        "modal": Box(
            default="",
            closes=True,
            rules=(
                Rule(r"/photo/(\d)/", "photo modal"),
                Rule("/login/", "login", origin="/feed/"),
                Rule(r"/outside/(\d)/", "outside modal", opens_above=True),
                Rule(r"/note/(\d)/", "note modal", opens_above=True, background="/feed/"),
            ),
            stacks=True,
        ),
    },
)

OTHER = Segment(
    "/other/",
    "other layout",
    {
        "children": Box({"": "other", r"item/(\d)/": "item"}),
        "drawer": Box(default="", closes=True, rules=(Rule(r"/photo/(\d)/", "photo drawer"),)),
    },
)

DOCUMENTS = {r"/outside/(\d)/": "outside", "/plain/": "plain"}


# --- What is on screen ---


@dataclass(frozen=True)
class Cell:
    """A slot on screen. ``inside`` names the segment that is mounted in it, with its prefix."""

    shows: str
    text: str
    title: str = ""
    inside: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """A combination of slots. ``origin`` is the page that lies underneath what was intercepted."""

    url: str
    segment: Segment | None
    text: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    origin: str = ""
    # Which slot has intercepted the URL, and in which level of it.
    interceptor: tuple[str, int] | None = None
    # For every level that is open, the entry of the history from which it was opened, if it was,
    # and what was on screen there.
    opened: Mapping[tuple[str, int], tuple[int, Mapping[str, str]] | None] = field(
        default_factory=dict
    )

    def beneath(self, slot: str) -> dict[str, str]:
        """What is on screen but for what was intercepted."""
        spared = ("modal", "drawer", "children.peek", *([slot] if slot == "children" else []))
        return {
            name: f"{cell.shows} {cell.text}"
            for name, cell in self.flat.items()
            if not name.startswith(spared)
        }

    @property
    def flat(self) -> dict[str, Cell]:
        return dict(flattened("", self.cells))


def flattened(above: str, cells: Mapping[str, Cell]) -> Iterator[tuple[str, Cell]]:
    for name, cell in cells.items():
        yield above + name, cell
        yield from flattened(f"{above}{name}.", cell.cells)


EMPTY = Cell("empty", "")


class NotThere(Exception):
    pass


def bare(url: str) -> str:
    return url.partition("?")[0]


def page(
    name: str, found: re.Match[str], url: str, shows: str = "page", captured: str = ""
) -> Cell:
    name = "".join([name, *(f" {value}" for value in [*captured, *found.groups()])])
    return Cell(shows, f"{name} at {url}", name)


def inside(segment: Segment, rest: str) -> tuple[str, str, str] | None:
    """What the prefix takes of a path, what it leaves, and what it captures."""
    found = re.match(segment.prefix, rest)
    return found and (found[0], rest[found.end() :], "".join(found.groups()))


def best(box: Box, rest: str) -> tuple[str, re.Match[str]] | None:
    for route, name in box.pages.items():
        if found := re.fullmatch(route, rest):
            return name, found
    return None


def exists(segment: Segment, rest: str) -> bool:
    """S2: a page in any slot makes a URL exist."""
    parts = inside(segment, rest)
    return parts is not None and any(
        best(box, parts[1]) or (box.inner and exists(box.inner, parts[1]))
        for box in segment.boxes.values()
    )


def enter(box: Box, url: str, rest: str, captured: str) -> Cell:
    """S10, S14: page, else default, else 404."""
    if box.inner and exists(box.inner, rest):
        return enter_segment(box.inner, url, rest)
    if found := best(box, rest):
        return page(*found, url, captured=captured)
    return default(box, url, captured)


def default(box: Box, url: str, captured: str) -> Cell:
    if box.default is None:
        raise NotThere
    if not box.default:
        return EMPTY
    name = "".join([box.default, *(f" {value}" for value in captured)])
    return Cell("default", f"{name} at {url}")


def enter_segment(segment: Segment, url: str, rest: str) -> Cell:
    taken, left, captured = inside(segment, rest)
    cells = {name: enter(box, url, left, captured) for name, box in segment.boxes.items()}
    name = "".join([segment.name, *(f" {value}" for value in captured)])
    return Cell("layout", name, inside=taken, cells=cells)


def level(cell: Cell, below: str) -> Cell:
    """One level of a stack; the next is its ``modal``."""
    return Cell("layout", f"level over {below}", cells={"children": cell})


def hard(url: str) -> Seen:
    """S3, S10, S11: the page of a URL alone; B31: or the page in front of its background."""
    for rule_ in MAIN.boxes["modal"].rules:
        found = re.fullmatch(rule_.route, bare(url))
        if found and rule_.background:
            beneath = hard(rule_.background)
            return intercepted(beneath, url, "modal", rule_, found, 0, None)
    for pattern, name in DOCUMENTS.items():
        if found := re.fullmatch(pattern, bare(url)):
            cell = page(name, found, url)
            return Seen(url, None, cell.text)
    segment = next((each for each in (OTHER, MAIN) if exists(each, bare(url))), None)
    try:
        if segment is None:
            raise NotThere
        cells = enter_segment(segment, url, bare(url)).cells
    except NotThere:
        return Seen(url, None, f"not found at {url}")
    return Seen(url, segment, segment.name, cells, origin=url)


def soft(seen: Seen, url: str, place: str, entry: int, *, intercepts: bool = True) -> Seen | None:
    """What a click leads to; ``None`` if it is another document."""
    if seen.segment is None:
        return None
    if intercepts and url != seen.url and (new := intercept(seen, url, place, entry)):
        return new
    if not exists(seen.segment, bare(url)) or exists(OTHER, bare(url)) != (seen.segment is OTHER):
        return None
    try:
        cells = walk(seen.segment, seen.cells, url, bare(url), "")
    except NotThere:
        return None
    new = Seen(url, seen.segment, seen.text, cells, origin=url)
    # What was opened in a segment that is kept as a whole is still open.
    flat = new.flat
    opened = {
        level: opener
        for level, opener in seen.opened.items()
        if level[0] in flat and flat[level[0]] is seen.flat[level[0]]
    }
    return replace(new, opened=opened)


def walk(
    segment: Segment, cells: Mapping[str, Cell], url: str, rest: str, above: str
) -> Mapping[str, Cell]:
    """S13, S15, S16, B18: what matches changes, the rest is kept or goes back to its default."""
    _taken, left, captured = inside(segment, rest)
    new = {}
    for name, box in segment.boxes.items():
        cell = cells[name]
        if box.inner and exists(box.inner, left):
            taken, _, _ = inside(box.inner, left)
            if cell.inside == taken:
                cell = replace(cell, cells=walk(box.inner, cell.cells, url, left, f"{name}."))
            else:
                cell = enter(box, url, left, captured)
        elif best(box, left):
            cell = enter(box, url, left, captured)
        elif box.closes and cell.shows not in {"default", "empty"}:
            cell = default(box, url, captured)
        elif cell.inside and cell.cells["peek"] is not EMPTY:  # elsewhere is elsewhere (B18)
            cell = replace(cell, cells={**cell.cells, "peek": EMPTY})
        new[name] = cell
    return new


def intercept(seen: Seen, url: str, place: str, entry: int) -> Seen | None:
    """S22, S23, S25, S27, B32: which slot shows this URL instead, if one does."""
    if bare(url) == bare(seen.url):
        # "A change of the query alone keeps the variant."
        if not seen.interceptor:
            return None
        where, depth = seen.interceptor
        found = next(
            (each, match)
            for each in box_at(seen, where).rules
            if (match := re.fullmatch(each.route, bare(url)))
        )
        return intercepted(seen, url, where, *found, depth, entry)
    for where, box in reversed(list(boxes(seen))):  # the innermost segment first
        for each in box.rules:
            found = re.fullmatch(each.route, bare(url))
            if found and (not each.origin or is_beneath(seen, each.origin)):
                depth = 0
                if level_of(place) and level_of(place)[0] == where:
                    depth = level_of(place)[1] + each.opens_above
                return intercepted(seen, url, where, each, found, depth, entry)
    return None


def is_beneath(seen: Seen, url: str) -> bool:
    """The page that lies underneath is that of children, whatever other slots the address is for."""
    children = seen.cells["children"]
    return children.shows == "page" and bare(children.text.partition(" at ")[2]) == url


def level_of(place: str) -> tuple[str, int] | None:
    """Which slot has opened the level in which a place is, and how many levels are beneath."""
    if place.startswith("modal."):
        return "modal", place.count("modal") - 1
    return (place, 0) if place in {"children", "children.peek", "drawer"} else None


def boxes(seen: Seen) -> Iterator[tuple[str, Box]]:
    """Every box on screen, by its address."""
    for name, box in seen.segment.boxes.items():
        yield name, box
    if seen.cells["children"].inside:
        for name, box in TEAM.boxes.items():
            yield f"children.{name}", box


def box_at(seen: Seen, where: str) -> Box:
    return dict(boxes(seen))[where]


def intercepted(
    seen: Seen,
    url: str,
    where: str,
    rule_: Rule,
    found: re.Match[str],
    depth: int,
    entry: int | None,
) -> Seen:
    """S24: only this slot changes. With ``depth`` levels beneath, which stay."""
    cell = page(rule_.shows, found, url, "intercepted")
    if where == "children.peek":
        team = seen.cells["children"]
        new = {**seen.cells, "children": replace(team, cells={**team.cells, "peek": cell})}
    elif where == "modal":
        new = {**seen.cells, "modal": stacked(seen, seen.cells["modal"], cell, depth)}
    else:
        new = {**seen.cells, where: cell}
    opened = {
        (slot, at): opener
        for (slot, at), opener in seen.opened.items()
        if (slot != where or at <= depth) and not (where == "children" and "." in slot)
    }
    if where == "children":  # Another page: what was open over the old one closes (B18).
        opened = {level: opener for level, opener in opened.items() if level[0] == "children"}
        new = {name: cell if name != "modal" else EMPTY for name, cell in new.items()}
    opener = None if entry is None else (entry, seen.beneath(where))
    opened.setdefault((where, depth), opener)
    return replace(seen, url=url, cells=new, interceptor=(where, depth), opened=opened)


def stacked(seen: Seen, below: Cell, cell: Cell, depth: int) -> Cell:
    levels = []
    while below.shows == "layout":
        levels.append(below.cells["children"])
        below = below.cells.get("modal", EMPTY)
    levels = [*levels[:depth], cell]
    new: Cell | None = None
    for number in range(len(levels) - 1, -1, -1):
        beneath = seen.origin if number == 0 else levels[number - 1].text.partition(" at ")[2]
        new_level = level(levels[number], beneath)
        new = replace(new_level, cells={**new_level.cells, **({"modal": new} if new else {})})
    assert new
    return new


def closed(seen: Seen, level: tuple[str, int]) -> Seen:
    """What lies beneath a level that came with the document."""
    where, depth = level
    assert depth == 0
    if where == "children.peek":
        team = seen.cells["children"]
        cells = {**seen.cells, "children": replace(team, cells={**team.cells, "peek": EMPTY})}
    else:
        cells = {**seen.cells, where: EMPTY}
    return replace(seen, url=seen.origin, cells=cells, interceptor=None, opened={})


def title(seen: Seen) -> str | None:
    """S49: "intercepted page > children > named slots in order of declaration; defaults don't count"."""
    if not seen.segment:
        return seen.text.partition(" at ")[0]
    found = [cell for cell in seen.flat.values() if cell.title]
    if seen.interceptor or seen.opened:
        slot, depth = seen.interceptor or next(iter(seen.opened))
        return [
            cell.title
            for name, cell in seen.flat.items()
            if cell.shows == "intercepted" and name.startswith(slot)
        ][depth]
    return found[0].title if found else "Tests"


# --- The history ---


@dataclass
class Entry:
    seen: Seen
    document: int


class Window:
    """The history of a tab, as the model knows it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.index = -1
        self.documents = 0
        self.document = 0

    @property
    def seen(self) -> Seen:
        return self.entries[self.index].seen

    def _push(self, seen: Seen, document: int, *, replaces: bool = False) -> None:
        if replaces:
            self.entries[self.index] = Entry(seen, document)
        else:
            self.index += 1
            self.entries[self.index :] = [Entry(seen, document)]
        self.document = document

    def hard(self, url: str) -> None:
        same = self.entries and url == self.seen.url
        self.documents += 1
        self._push(hard(url), self.documents, replaces=bool(same))

    def click(self, url: str, place: str, *, intercepts: bool = True) -> None:
        new = soft(self.seen, url, place, self.index, intercepts=intercepts)
        if new:
            self._push(new, self.document, replaces=url == self.seen.url)
        else:
            self.hard(url)

    def reload(self) -> None:
        """S26: from then on, the entry is that of the full page."""
        before = self.seen
        full = hard(before.url)
        opened = {level: before.opened.get(level) for level in full.opened}
        self.entries[self.index].seen = replace(full, opened=opened)

    def close(self, place: str) -> None:
        """B35: Back if the entry beneath is ours, else the page beneath takes its place."""
        seen = self.seen
        level = level_of(place)
        if level not in seen.opened:
            return
        opener = seen.opened[level]
        if opener and opener[1] == seen.beneath(level[0]):
            self.go(opener[0] - self.index)
        else:
            self._push(closed(seen, level), self.document, replaces=True)

    def go(self, steps: int) -> bool:
        """Return whether a document has to be loaded."""
        before = self.seen
        self.index += steps
        entry = self.entries[self.index]
        loads = entry.document != self.document or entry.seen.segment is not before.segment
        if loads:
            loaded = hard(entry.seen.url)
            # S33: what was open over the page beneath comes back.
            beneath = hard(entry.seen.origin or entry.seen.url)
            if entry.seen.segment not in (loaded.segment, beneath.segment):
                entry.seen = loaded
        self.document = entry.document
        return loads

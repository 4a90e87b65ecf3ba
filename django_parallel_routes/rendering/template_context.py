"""What templates can ask: the slots of the segment that they are rendered in.

``request.parallel_routes`` of every view that is called for a ``slots()`` is a ``Scope``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from django_parallel_routes.address import slot_id
from django_parallel_routes.declarations import CHILDREN
from django_parallel_routes.location import Location
from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.plan import SlotPlan, prefix_of


@dataclass(frozen=True)
class Scope:
    """The segment that a layout belongs to, or that a slot's page stands in."""

    segment: SegmentMatch
    location: Location
    prefix: str
    """What the addresses of its slots start with: ``""`` or, for instance, ``"children."``."""
    plans: Mapping[str, SlotPlan]
    is_layout: bool
    answers_form: bool = False
    """Whether the page is the answer to an unsafe method."""
    beneath: str = ""
    """The URL of the page underneath, if it was intercepted."""
    others: frozenset[str] = frozenset()
    """The addresses of slots that are on screen, or may come there, besides those of the segment."""

    @property
    def close_url(self) -> str:
        """The URL that closing a modal leads to: of the page underneath, else of the segment."""
        return self.beneath or prefix_of(self.location.path, self.segment)

    def marker(self, name: str) -> SafeString:
        """Return what stands for a slot in the layout's HTML until the slot has run.

        Raises ``ImproperlyConfigured`` for a slot that this segment does not have.
        """
        if not self.is_layout:
            raise ImproperlyConfigured(
                f"{{% slot {name!r} %}} stands in the page of a slot; only a layout prints slots. "
                "Move it to the layout, or give the slot a layout of its own: slot([...], layout=…)."
            )
        if name not in self.segment.slots:
            raise ImproperlyConfigured(
                f"{{% slot {name!r} %}}: there is no such slot, must be one of: "
                + ", ".join(self.segment.slots)
            )
        return mark_safe(f"<!--slot:{_token(settings.SECRET_KEY)}:{name}-->")

    def segments(self, name: str) -> Selected:
        """Return the parts of the URL below the layout that the slot shows; a default has none.

        A layout in the slot has its own, whatever its slots show.

        Raises ``ImproperlyConfigured`` for a slot that no segment around has.
        """
        segment, location, addresses = self.segment, self.location, self.prefix
        while name not in segment.slots:  # A page may ask for slots of the layouts further out.
            around = self.plans.get(addresses[:-1])
            if around is None:
                if addresses:  # They are not part of this answer.
                    return Selected("")
                raise ImproperlyConfigured(
                    f"There is no slot {name!r}, must be one of: {', '.join(segment.slots)}"
                )
            # What is kept tells its own URL, not the one that the layouts around it have matched.
            location = self.location if around.action == "keep" else around.location
            segment = around.outer
            addresses = addresses[: addresses[:-1].rfind(".") + 1]
        address = addresses + name
        prefix = location.path.removesuffix(segment.rest)
        rest = self._path_shown(address).removeprefix(prefix)
        return Selected(address, tuple(part for part in rest.split("/") if part))

    def slot_id(self, name: str) -> str:
        """Return the ``id`` of the element of a slot, named as by ``data-pr-target`` (B66).

        The name is looked for in the segment, then in those around it, from the inside out. Raises
        ``ImproperlyConfigured`` for one that none of them has.
        """
        own = {self.prefix + slot.name for slot in self.segment.segment.slots}
        addresses = own | self.others
        prefix = self.prefix
        while prefix + name not in addresses:
            if not prefix:
                raise ImproperlyConfigured(
                    f"{{% slot_id {name!r} %}}: there is no such slot around this template, must be one "
                    f"of: {', '.join(sorted(addresses))}"
                )
            prefix = prefix[: prefix[:-1].rfind(".") + 1]
        return slot_id(prefix + name)

    def _path_shown(self, address: str) -> str:
        """Return the path of the page in a slot, be it in layouts inside it: children's, or the first.

        Without a page it is the prefix of the innermost layout, or ``""`` if there is none.
        """
        plan = self.plans.get(address)
        if plan is None or plan.shows not in ("page", "intercepted", "layout"):
            return ""
        if plan.shows != "layout":
            return plan.location.path
        inside = [other for other in self.plans if other.startswith(f"{address}.")]
        main = f"{address}.{CHILDREN}"
        shown = self._path_shown(main if main in inside else inside[0]) if inside else ""
        return shown or _prefix_of_layout(plan)


def _prefix_of_layout(plan: SlotPlan) -> str:
    """Return the decoded prefix of the layout in a slot."""
    if isinstance(plan.match, SegmentMatch):
        return plan.location.path.removesuffix(plan.match.rest)
    return plan.location.path  # It is kept: its URL is that of its prefix.


def scope_of(context: Any, what: str) -> Scope:
    """Return the scope of the template that is being rendered, of either engine; ``what`` asks for it."""
    request: HttpRequest | None = getattr(context, "request", None) or context.get("request")
    scope = getattr(request, "parallel_routes", None)
    if isinstance(scope, Scope):
        return scope
    remedy = (
        "Render it with a request: render(request, …) or TemplateResponse(request, …)."
        if request is None
        else "Only templates of a slots() have slots: layouts, and the pages in them."
    )
    raise ImproperlyConfigured(f"{what} is used outside of a slots(). {remedy}")


@dataclass(frozen=True)
class Selected:
    """What ``selected_segment`` and ``selected_segments`` tell of one slot (S48)."""

    address: str
    """``""``: it is not known where the slot is."""
    parts: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """The one part that counts: for children the first, for others the last; or ``""``."""
        if not self.parts:
            return ""
        return self.parts[0 if self.address.rpartition(".")[2] == CHILDREN else -1]

    @property
    def all(self) -> str:
        """All parts, as they stand in the URL."""
        return "/".join(self.parts)


LIVE = "<!--live:"


class Live(str):
    """A value that is a plain string to templates, and printed stays true on screen (S48).

    Auto-escaping prints a marker; ``with_live_values`` makes the value of it, and where the script
    can change that (in text, that is), an element that follows and shows nothing.
    """

    __slots__ = ("address", "what")
    what: str
    address: str

    def __new__(cls, value: str, what: str, address: str) -> Live:
        live = super().__new__(cls, value)
        live.what, live.address = what, address
        return live

    def __html__(self) -> str:
        return f"{live_mark()}:{self.what}:{self.address}:{quote(self, safe='')}-->"


def live_mark() -> str:
    """Return what the marker of a ``Live`` value starts with."""
    return f"{LIVE}{_token(settings.SECRET_KEY)}"


def with_live_values(html: str) -> str:
    """Return rendered HTML with what ``Live`` values have printed in the place of their markers.

    ``visitors<template data-pr-selected-segment="team" data-pr-length="8"></template>``: of which slot the 8
    code units before it tell what. (Chromium drops comments where htmx parses an answer.)
    """
    pattern, marker = _live_patterns(_token(settings.SECRET_KEY))

    def lively(found: re.Match[str]) -> str:
        if here := marker.fullmatch(found[0]):
            units = len(unquote(here[3]).encode("utf-16-le")) // 2
            tag = f'<template data-pr-{here[1]}="{here[2]}" data-pr-length="{units}"></template>'
            return _plain(here) + tag
        return marker.sub(_plain, found[0])  # in a tag, say in an attribute, or in raw text

    return pattern.sub(lively, html) if marker.search(html) else html


def with_plain_values(text: str) -> str:
    """Return a rendered text that is no part of a page (an error, JSON) with the values alone."""
    return _live_patterns(_token(settings.SECRET_KEY))[1].sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    return escape(unquote(found[3]))


@lru_cache(maxsize=8)
def _live_patterns(token: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of comments (markers too), raw text and tags, and that of markers alone.

    What is not closed goes on to the end, as in a browser. So nothing that has begun to match ever
    fails, and no character is looked at twice.
    """
    marker = rf"<!--live:{token}:([\w-]+):([\w.]+):(\S*?)-->"
    comment = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    raw = r"<(script|style|textarea|title|option)(?=[\s/>]).*?(?:</\1(?=[\s/>])[^>]*|\Z)"
    value = r"""=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))?"""
    tag = rf"<[a-z/](?:[^>=]+|{value})*(?:>|\Z)"
    return re.compile(f"{comment}|{raw}|{tag}", re.S | re.I), re.compile(marker)


@lru_cache(maxsize=8)
def marker_pattern(secret_key: str) -> re.Pattern[str]:
    """Return the pattern of the markers, the slot's name as its group."""
    return re.compile(rf"<!--slot:{_token(secret_key)}:(\w+)-->")


@lru_cache(maxsize=8)
def _token(secret_key: str) -> str:
    """Return what makes a marker unguessable for whoever can write text into a page.

    It is the same in every process, so that a layout may put ``{% cache %}`` around a slot.
    """
    return sha256(f"django_parallel_routes.marker{secret_key}".encode()).hexdigest()[:16]

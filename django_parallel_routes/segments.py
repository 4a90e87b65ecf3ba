"""What was declared: frozen values that ``slots()`` and ``slot()`` make of their arguments."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

CHILDREN = "children"
"""The name of the implicit slot, the one that ``{% slot %}`` prints."""

View = Callable[..., Any]
Patterns = Sequence[URLPattern | URLResolver]
Unmatched = Literal["keep", "default"]


class Unset(enum.Enum):
    """``default`` was not given; ``None`` already means "an empty slot"."""

    UNSET = enum.auto()

    def __repr__(self) -> str:
        return "UNSET"


UNSET = Unset.UNSET


@dataclass(frozen=True)
class TemplateView:
    """A bare template name, called as a view; like ``django.views.generic.TemplateView``.

    The template gets what the URL captured. It has no say in who may see the page: only real
    views vote on that (see ``views.SlotsView``).
    """

    template_name: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        return TemplateResponse(request, self.template_name, kwargs)


@dataclass(frozen=True, eq=False)
class Segment:
    """One ``slots()``: a layout and the slots it may print, ``children`` first.

    ``name`` tells segments apart that stand at the same URL; it is the same in every process.
    """

    name: str
    layout: View
    slots: tuple[Slot, ...]

    def __repr__(self) -> str:
        return f"<Segment {self.layout!r}: {', '.join(slot.name for slot in self.slots)}>"


@dataclass(frozen=True, eq=False)
class Slot:
    """A named slot: the routes that it answers, and what it shows when none of them matches.

    ``default`` is a view, ``None`` (nothing), ``UNSET`` (a hard load is a 404), or a segment whose
    slots all show their defaults (a default that stands inside a layout of its own).
    """

    name: str
    patterns: tuple[URLPattern | URLResolver, ...]
    default: View | Segment | Unset | None
    unmatched: Unmatched

    def __repr__(self) -> str:
        return f"<Slot {self.name!r}: {len(self.patterns)} patterns>"


@dataclass(frozen=True)
class SlotStep:
    """A step of ``Resolver404``'s ``tried`` that prints as ``@analytics`` on the debug page."""

    slot: str
    name: None = None

    @property
    def pattern(self) -> str:
        return f"@{self.slot} "

"""What template tags need to know, and the markers that they print.

The request of each view that is called for a ``slots()`` has a ``TemplateContext`` as an attribute.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.safestring import SafeString

from django_parallel_routes.conf import cached_by_settings
from django_parallel_routes.declarations import CHILDREN
from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.planning.plan import Plan, SlotPlan
from django_parallel_routes.rendering.markup import TOKENS
from django_parallel_routes.request.details import TEMPLATE_CONTEXT
from django_parallel_routes.values import NO_SLOT, Location, SlotAddress, value_class


@value_class
class TemplateContext:
    """What template tags know about the layout or the page that is rendered."""

    segment: SegmentMatch
    """The segment whose layout it is, or in whose slot the page stands."""
    location: Location
    address: SlotAddress
    """The slot that shows the layout or the page; ``""`` for the root layout."""
    plan: Plan
    """The plan of the response, with all slots that are, or may be, on screen."""
    is_layout: bool = False
    origin: str = ""
    """The URL of the page underneath, if the page is intercepted."""

    @property
    def layout(self) -> SlotAddress:
        """The slot that shows the layout of the segment; ``""`` for the root layout."""
        return self.address if self.is_layout else self.address.parent

    @property
    def close_url(self) -> str:
        """The URL to which closing a modal leads: of the page underneath, or else of the segment."""
        return self.origin or self.segment.prefix_url(self.location.path)

    def marker(self, name: str) -> SafeString:
        """Return the marker that the slot's element replaces when the slot is rendered.

        Raises ``ImproperlyConfigured`` in a page, and for a slot that this segment does not have.
        """
        if not self.is_layout:
            raise ImproperlyConfigured(
                f"{{% slot {name!r} %}} stands in the page of a slot; only a layout prints slots. Move it "
                "to the layout, or give the slot a layout of its own: slot([...], layout=…). A page need "
                "not extend its layout, which is around it already: remove {% extends %}, or let the slot "
                'take a block of the page: slot([...], block="content").'
            )
        if not name:
            raise ImproperlyConfigured(
                '{% slot %} got a variable without a value: put the name in quotes, {% slot "team" %}.'
            )
        if name not in self.segment.slots:
            raise ImproperlyConfigured(
                f"{{% slot {name!r} %}}: there is no such slot, must be one of: "
                + ", ".join(self.segment.slots)
            )
        return SafeString(f"<!--slot:{_token()}:{name}-->")

    def selected(self, name: str) -> tuple[SlotAddress, tuple[str, ...]]:
        """Return a slot, and the parts of its URL below the layout (S48). A default has none.

        A layout in the slot has its own parts, whatever its slots show. If the slot belongs to a layout that
        is not rendered now, return ``NO_SLOT``. Raises ``ImproperlyConfigured`` for a slot that neither the
        segment nor an enclosing one has.
        """
        segment, location, around = self.segment, self.location, self.layout
        while name not in segment.slots:  # A page may name slots of enclosing layouts.
            outer = self.plan.by_address.get(around)
            if outer is None or outer.outer is None:
                if around:  # The enclosing layouts are not rendered now.
                    return NO_SLOT, ()
                raise ImproperlyConfigured(
                    f"There is no slot {name!r}, must be one of: {', '.join(segment.slots)}"
                )
            # A slot that is kept has a URL of its own, for which its layouts were not matched.
            location = self.location if outer.action == "keep" else outer.location
            segment, around = outer.outer, around.parent
        address = around.child(name)
        prefix = location.path.removesuffix(segment.rest)
        rest = self._path_shown(address).removeprefix(prefix)
        return address, tuple(part for part in rest.split("/") if part)

    def slot_id(self, name: str) -> str:
        """Return the ``id`` of a slot's element. The slot is named as in ``data-pr-target``.

        The name is looked up in the segment, then in the enclosing ones, the innermost first. Raises
        ``ImproperlyConfigured`` if none of them has it.
        """
        around = self.layout
        own = [around.child(slot.name) for slot in self.segment.segment.slots]
        addresses = self.plan.addresses.union(own)
        while around.child(name) not in addresses:
            if not around:
                raise ImproperlyConfigured(
                    f"{{% slot_id {name!r} %}}: there is no such slot around this template, must be one "
                    f"of: {', '.join(sorted(addresses))}"
                )
            around = around.parent
        return around.child(name).element_id

    def _path_shown(self, address: str) -> str:
        """Return the path of the page in a slot, or of the page in the main slot of a layout in it.

        The main slot is children, or the first one. Without a page, return the prefix of the innermost
        layout. Without a layout, return ``""``.
        """
        plan = self.plan.by_address.get(address)
        if plan is None or plan.variant not in ("page", "intercepted", "layout"):
            return ""
        if plan.variant != "layout":
            return plan.location.path
        inside = [one for one in self.plan.by_address if one.startswith(f"{address}.")]
        main = f"{address}.{CHILDREN}"
        if inside and (shown := self._path_shown(main if main in inside else inside[0])):
            return shown
        # A layout that is kept has the URL of its prefix.
        match = plan.match if isinstance(plan, SlotPlan) else None
        path = plan.location.path
        return path.removesuffix(match.rest) if isinstance(match, SegmentMatch) else path


def find_template_context(context: Any) -> TemplateContext | None:
    """Return the ``TemplateContext`` of a Django or Jinja2 template, if it has one."""
    request = getattr(context, "request", None) or context.get("request")
    return getattr(request, TEMPLATE_CONTEXT, None)


def template_context_of(context: Any, tag: str) -> TemplateContext:
    """Return the ``TemplateContext`` of a template, for a ``tag`` that needs one."""
    if found := find_template_context(context):
        return found
    raise ImproperlyConfigured(
        f"{tag} is used outside of a slots(). Only layouts and the pages in them have slots. Render them "
        "with a request: render(request, …) or TemplateResponse(request, …)."
    )


LIVE = "<!--live:"


class Live(str):
    """A string that the script keeps up to date on screen if a template prints it (S48).

    To templates it is a plain string. But auto-escaping prints a marker, which ``with_live_values()``
    replaces by the value. In text, where the script can change it, an invisible element follows the value.
    """

    __slots__ = ("address", "what")
    what: str
    address: str

    def __new__(cls, value: str, what: str, address: str) -> Live:
        live = super().__new__(cls, value)
        live.what, live.address = what, address
        return live

    def __html__(self) -> str:
        token = _token()
        return f"{LIVE}{token}:{self.what}:{self.address}:{quote(self, safe='')}-->"


def with_live_values(html: str) -> str:
    """Return rendered HTML with ``Live`` values in the place of their markers.

    ``visitors<template data-pr-selected-segment="team" data-pr-length="8"></template>`` says that the 8 code
    units before it are the selected segment of the slot. (Chromium drops comments where htmx parses HTML.)
    """
    marker = _live_marker()

    def replaced(token: re.Match[str]) -> str:
        if found := marker.fullmatch(token[0]):
            units = len(unquote(found[3]).encode("utf-16-le")) // 2
            tag = f'<template data-pr-{found[1]}="{found[2]}" data-pr-length="{units}"></template>'
            return _plain(found) + tag
        return marker.sub(_plain, token[0])  # The marker stands in a tag or in raw text.

    return TOKENS.sub(replaced, html)


def has_markers(text: bytes) -> bool:
    """Tell whether a rendered text has markers of slots or of ``Live`` values."""
    return _token().encode() in text


def with_plain_values(text: str) -> str:
    """Return a text that is no part of a page (an error, JSON) with plain values and without slots.

    Users must not see the token in a marker, since with it they could write markers. If the marker is
    escaped, as JSON or HTML, only the token is found and removed.
    """
    token = _token()
    text = marker_pattern().sub("", text)
    return _live_marker().sub(_plain, text).replace(token, "")


def _plain(found: re.Match[str]) -> str:
    return escape(unquote(found[3]))


@cached_by_settings("SECRET_KEY")
def _live_marker() -> re.Pattern[str]:
    """Return the pattern of the markers of ``Live`` values."""
    return re.compile(rf"{LIVE}{_token()}:([\w-]+):([\w.]+):(\S*?)-->")


@cached_by_settings("SECRET_KEY")
def marker_pattern() -> re.Pattern[str]:
    """Return the pattern of the markers of slots. Its group is the slot's name."""
    return re.compile(rf"<!--slot:{_token()}:(\w+)-->")


@cached_by_settings("SECRET_KEY")
def _token() -> str:
    """Return the part of a marker that users who write text into a page can't guess.

    It is the same in each process, so that a layout may put ``{% cache %}`` around a slot.
    """
    return sha256(f"django_parallel_routes.marker{settings.SECRET_KEY}".encode()).hexdigest()[:16]

"""What templates can ask: the slots of the segment that they are rendered in.

``request.parallel_routes`` of every view that is called for a ``slots()`` is a ``Scope``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from django_parallel_routes.matches import SegmentMatch
from django_parallel_routes.plan import SAFE, SlotPlan
from django_parallel_routes.segments import CHILDREN
from django_parallel_routes.state import Location


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

    @property
    def close_url(self) -> str:
        """The URL that closing a modal leads to: of the page underneath, else of the segment."""
        return self.beneath or quote(self.location.path.removesuffix(self.segment.rest), safe=SAFE)

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

    def segments(self, name: str) -> tuple[str, ...]:
        """Return the parts of the URL below the layout that the slot shows; a default has none."""
        segment, location, addresses = self.segment, self.location, self.prefix
        while name not in segment.slots:  # A page may ask for slots of the layouts further out.
            around = self.plans.get(addresses[:-1])
            if around is None:
                if addresses:  # They are not part of this answer.
                    return ()
                raise ImproperlyConfigured(
                    f"There is no slot {name!r}, must be one of: {', '.join(segment.slots)}"
                )
            segment, location = around.outer, around.location
            addresses = addresses[: addresses[:-1].rfind(".") + 1]
        plan = self._innermost(addresses + name)
        if plan is None or plan.shows not in ("page", "intercepted"):
            return ()
        prefix = location.path.removesuffix(segment.rest)
        rest = plan.location.path.removeprefix(prefix)
        return tuple(part for part in rest.split("/") if part)

    def _innermost(self, address: str) -> SlotPlan | None:
        """Return the plan of the page in a slot, be it in layouts inside it: children's, or the first."""
        plan = self.plans.get(address)
        if plan is None or plan.shows != "layout":
            return plan
        inside = [other for other in self.plans if other.startswith(f"{address}.")]
        main = f"{address}.{CHILDREN}"
        if not inside:
            return None
        return self._innermost(main if main in inside else inside[0])


def scope_of(request: HttpRequest | None, what: str) -> Scope:
    """Return the scope of the template that is being rendered; ``what`` asks for it."""
    scope = getattr(request, "parallel_routes", None)
    if isinstance(scope, Scope):
        return scope
    remedy = (
        "Render it with a request: render(request, …) or TemplateResponse(request, …)."
        if request is None
        else "Only templates of a slots() have slots: layouts, and the pages in them."
    )
    raise ImproperlyConfigured(f"{what} is used outside of a slots(). {remedy}")


def selected_segment(request: HttpRequest | None, name: str) -> str | None:
    """Return the segment that the slot shows: for children the first, for others the last one."""
    found = scope_of(request, "selected_segment").segments(name)
    if not found:
        return None
    return found[0] if name == CHILDREN else found[-1]


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

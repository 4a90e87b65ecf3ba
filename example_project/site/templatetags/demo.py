"""The example's template tags: the footer of a slot, and filters for numbers."""

from __future__ import annotations

from itertools import count
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

register = template.Library()
_renderings = count(1)


@register.inclusion_tag("site/_stamp.html", takes_context=True)
def stamp(context: Context, name: str, note: bool = True) -> dict[str, Any]:
    """Show when this was rendered, and how many cards the server has rendered since it started.

    A link leads to the code of the view. With ``note``, there is an input in which you can type something,
    to see that the slot is kept.
    """
    now = timezone.now()
    return {
        "name": name,
        "time": f"{now:%H:%M:%S}.{now.microsecond // 1000:03d}",
        "number": next(_renderings),
        "note": note,
        "template": context.template.name if context.template else "",
    }


@register.filter
def signed(value: float | None) -> str:
    """Format a change in percent with its sign, such as ``+4.2%``. ``None`` becomes a dash."""
    return "–" if value is None else f"{value:+.1f}%".replace("-", "\N{MINUS SIGN}")


@register.filter
def percent_of(part: int, whole: int) -> int:
    """Return ``part`` as a percentage of ``whole``, or 0 if ``whole`` is 0."""
    return round(100 * part / whole) if whole else 0


@register.filter
def grouped(value: int) -> str:
    """Format a number with commas between thousands."""
    return f"{value:,}"

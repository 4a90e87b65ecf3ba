"""The example's own tags: the footer that shows when a slot was rendered, and numbers for people."""

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
    """Say when this was rendered, and how many cards the server has rendered since it started.

    A link leads to the code of the view. With ``note``, add an input, so that you can type something and
    see that the slot is kept.
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
    """A change in percent, with its sign: ``+4.2%``; a dash if it is unknown."""
    return "–" if value is None else f"{value:+.1f}%".replace("-", "\N{MINUS SIGN}")


@register.filter
def percent_of(part: int, whole: int) -> int:
    """``part`` as a percentage of ``whole``; 0 if there is no whole."""
    return round(100 * part / whole) if whole else 0


@register.filter
def grouped(value: int) -> str:
    """A number with commas between thousands."""
    return f"{value:,}"

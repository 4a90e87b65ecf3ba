"""The data of the panels. They are invented, and the same each time."""

from __future__ import annotations

from itertools import count
from math import sin
from random import Random
from typing import Any

DAYS = 30
LOGS = {
    "requests": [
        ("08:41", "GET /pricing", "200 in 41 ms"),
        ("08:41", "POST /signup", "302 in 118 ms"),
        ("08:40", "GET /docs/slots", "200 in 37 ms"),
        ("08:40", "GET /blog", "304 in 9 ms"),
    ],
    "errors": [
        ("07:12", "Timeout", "digest worker, second try went well"),
        ("03:55", "Connection reset", "replica 2, back after 4 s"),
    ],
    "jobs": [
        ("08:40", "weekly digest", "1,204 sent"),
        ("08:15", "thumbnails", "24 made"),
        ("06:00", "backup", "3.1 GB in 92 s"),
    ],
}
attempts = count(1)  # how often the gauge was read since the server started


def uptime() -> list[dict[str, Any]]:
    """Return the uptime of each of the last days in percent, oldest first."""
    outages = {4: 97.2, 17: 99.1, 18: 99.6}
    return [{"ago": ago, "percent": outages.get(ago, 100.0)} for ago in range(DAYS - 1, -1, -1)]


def latency() -> list[int]:
    """Return the median of each of the last 48 half hours, in milliseconds."""
    random = Random(11)
    return [round(52 + 16 * sin(index / 7) + random.uniform(-6, 9)) for index in range(48)]


def tide() -> list[float]:
    """Return the water levels of half a day, in metres."""
    return [round(2.1 + 1.3 * sin(index / 6), 2) for index in range(30)]

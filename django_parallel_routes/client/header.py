"""Writes the state header as the script does: see ``js/src/header.js``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def state_header(state: Mapping[str, Any]) -> str:
    """Return the value of the header; keys whose values are empty are left out."""
    filled = {name: value for name, value in state.items() if value or name == "slots"}
    return json.dumps(compact(filled), separators=(",", ":"))


def compact(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state whose slots are texts, with the URLs and the viewer that these name.

    >>> compact({"intent": "navigate", "slots": {"team": ["page", "/d/", "00112233aabbccdd"]}})
    {'intent': 'navigate', 'slots': {'team': 'p0.00112233aabbccdd'}, 'urls': ['/d/']}
    """
    urls: dict[str, int] = {}
    viewer = ""

    def short(slot: Sequence[str]) -> str:
        nonlocal viewer
        variant, src, key, *mount_url = slot
        viewer = viewer or key[17:]
        if viewer and key[17:] == viewer:
            key = key[:17]
        at = [urls.setdefault(url, len(urls)) for url in (src, *filter(None, mount_url))]
        return ".".join([f"{variant[0]}{at[0]}", key, *map(str, at[1:])])

    found = dict(state)
    for name in ("slots", "restore"):
        if name in found:
            found[name] = {address: short(slot) for address, slot in found[name].items()}
    if urls:
        found["urls"] = list(urls)
    if viewer:
        found["viewer"] = viewer
    return found

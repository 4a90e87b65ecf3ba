"""What a layout or page prints, as far as it can be read from its template."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

DIALOG = re.compile(r"<dialog\b[^>]*\sdata-pr-modal\b", re.IGNORECASE)
GAP = "\0"
"""Stands for what is not always printed, or not known."""


@dataclass
class Reading:
    """What was read of a template, and of those that it extends and includes."""

    always: list[str] = field(default_factory=list)
    """The slots that it always prints, in their order."""
    sometimes: set[str] = field(default_factory=set)
    is_complete: bool = True
    """Whether it surely prints no other slots."""
    has_script: bool = False
    may_load_htmx: bool = False
    templates: list[str] = field(default_factory=list)
    text: str = ""
    certain: str = ""
    """The text that it always prints."""
    base: str = ""
    """The outermost template that it extends, or itself; ``GAP`` if only a request tells."""
    blocks: dict[str, int] = field(default_factory=dict)
    """The blocks that it prints, and where in the text each one begins."""
    filled: set[str] = field(default_factory=set)
    """The blocks of its base that it fills."""
    slot_ids: list[str] = field(default_factory=list)
    """The slots that ``{% slot_id %}`` always names."""
    has_other_slot: bool = False
    """Whether it has a ``{% slot %}`` of another library."""

    @property
    def prints(self) -> set[str]:
        return {*self.always, *self.sometimes}

    @property
    def is_modal(self) -> bool:
        return bool(DIALOG.search(self.text))

    @property
    def named(self) -> list[str]:
        """The slots that it always names, by ``data-pr-target`` or ``{% slot_id %}``."""
        parser = _Targets()
        parser.feed(self.certain.replace("<![", "<!"))
        return list(dict.fromkeys([*parser.found, *self.slot_ids]))

    def add_slot(self, name: str | None, is_certain: bool) -> None:
        if name is None:
            self.is_complete = False
        elif is_certain:
            self.always.append(name)
        else:
            self.sometimes.add(name)


class _Targets(HTMLParser):
    """Finds the names in ``data-pr-target`` attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("data-pr-target", "false") or ""
        if name != "false" and GAP not in name:
            self.found.append(name)

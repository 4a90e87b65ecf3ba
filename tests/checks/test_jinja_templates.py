"""System checks of layouts that are Jinja2 templates."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.support.system_checks import (
    said,
    site,
)


@pytest.fixture
def jinja(settings: Any, tmp_path: Path) -> Any:
    """A function that says what is found with these Jinja2 templates."""
    engines = deepcopy(settings.TEMPLATES)
    engines[1]["DIRS"] = [tmp_path]
    settings.TEMPLATES = engines

    def found(**sources: str) -> list[tuple[str, str]]:
        for name, source in sources.items():
            (tmp_path / f"{name}.jinja").write_text(source)
        return said(settings, site("l.jinja"))

    return found


def test_jinja_layouts_are_read(jinja: Any) -> None:
    head = "{{ parallel_routes_script() }}{{ htmx_script() }}"
    assert jinja(l=head + "{{ slot() }}{% if x %}{{ slot('side') }}{% endif %}") == []
    assert jinja(l=head + "{{ slot() }}{{ slot(name='side') }}{{ selected_segment() }}") == []
    [(code, message)] = jinja(l=head + "{{ slot() }}")
    assert (code, "'l.jinja' does not print slot 'side'" in message) == ("W003", True)
    assert [code for code, _ in jinja(l=head + "{{ slot() }}{{ slot('sied') }}")] == [
        "W004",
        "W003",
    ]
    assert [code for code, _ in jinja(l="{{ slot() }}{{ slot('side') }}")] == ["W016"]


def test_jinja_layouts_are_read_with_what_they_extend_and_include(jinja: Any) -> None:
    base = (
        "{{ parallel_routes_script() }}{{ htmx_script() }}{{ slot() }}{% block b %}{% endblock %}"
    )
    extending = "{% extends 'base.jinja' %}{% block b %}"
    assert jinja(base=base, l=extending + "{{ slot('side') }}{% endblock %}") == []
    assert jinja(base=base, l=extending + "{% endblock %}")[0][0] == "W003"
    side = "{{ slot('side') }}{% include 'side.jinja' %}"
    assert (
        jinja(base=base, side=side, l=extending + "{% include 'side.jinja' %}{% endblock %}") == []
    )
    assert jinja(base=base, l=extending + "{% include which %}{% endblock %}") == []
    assert jinja(base=base, l=extending + "{{ tabs(slot) }}{% endblock %}") == []
    assert jinja(base=base, l=extending + "{{ slot(which) }}{% endblock %}") == []
    assert jinja(l="{% broken") == []

"""The functions for templates of Jinja2, which the tags of Django templates share."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from django_parallel_routes import jinja
from django_parallel_routes.templatetags.parallel_routes import register


def test_the_tag_knows_how_to_prefetch() -> None:
    """S60: anything else is a mistake, which says what is right."""
    with pytest.raises(ImproperlyConfigured, match=r"prefetch='always'.*'hover', 'visible'"):
        jinja.parallel_routes_script({}, prefetch="always")


def test_both_engines_have_the_same_tags() -> None:
    """Django templates and Jinja2 share one implementation."""
    assert set(register.tags) == set(jinja.GLOBALS)
    assert {"slot", "selected_segment", "selected_segments", "parallel_routes_script"} <= set(
        jinja.GLOBALS
    )


def test_jinja2_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tags of Django templates work if Jinja2 is not installed."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    # A copy: others have taken functions of the module that is there.
    spec = importlib.util.find_spec("django_parallel_routes.jinja")
    assert spec
    assert spec.loader
    without = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(without)
    assert "parallel-routes.min.js" in without.parallel_routes_script({})
    assert not hasattr(without.slot, "jinja_pass_arg")
    assert hasattr(jinja.slot, "jinja_pass_arg")

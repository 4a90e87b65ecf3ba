"""docs/recipes/components.md: django-components and django-cotton beside ``{% slot %}``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.urls import path
from django_components import registry

from django_parallel_routes import slot, slots
from django_parallel_routes.test import SlotClient
from tests.docs.recipes import files, install, use_templates
from tests.views import says
from tests.window import serve

pytestmark = pytest.mark.usefixtures("books")


@pytest.fixture(autouse=True)
def forget_components() -> Iterator[None]:
    """Each test that installs the recipe registers its component."""
    yield
    if "card" in registry.all():
        registry.unregister("card")


def test_a_component_surrounds_slots_and_stands_in_pages(settings: Any) -> None:
    client = install(settings, "components")
    page = client.load("/").content.decode()
    assert '<section class="card"' in page
    assert page.index('<section class="card"') < page.index('id="slot-children"')
    client.assert_shows("children", "Book 01")
    client.click("Book 02")
    client.assert_open("modal", "Book 02 € 2.00")
    client.assert_kept("children")
    client.load("/2/")
    client.assert_shows("children", "Book 02 € 2.00")


def test_a_component_surrounds_a_streamed_slot_and_stands_in_it(settings: Any) -> None:
    surrounded = '{% component "card" %}{% fill "content" %}{% slot "late" %}{% endfill %}{% endcomponent %}'
    [source] = [code for name, code in files("components") if name.endswith("shop/layout.html")]
    source = source.replace('{% slot "modal" %}', surrounded)
    install(settings, "components", replacing={"shop/late.html": source})
    from shop.views import BookDetail, BookList

    late = slot(
        [path("<int:pk>/", BookDetail.as_view())],
        default=None,
        loading="django_parallel_routes/loading.html",
        delivery="streamed",
    )
    pages = [path("", BookList.as_view()), path("<int:pk>/", BookList.as_view(), name="book")]
    serve(settings, slots("", layout="shop/late.html", children=pages, late=late))
    client = SlotClient()
    for step in (client.load, client.visit):
        client.load("/")
        page = step("/2/").getvalue().decode()
        assert page.index("Book 01") < page.index("€ 2.00")
        client.assert_shows("late", "Book 02 € 2.00")
        assert '<section class="card"' in client.screen.slots["late"].html


def test_a_cotton_component_surrounds_a_slot(tmp_path: Path) -> None:
    """In a process of its own: cotton and django-components change Django's templates, each its own way."""
    for name, code in [*files("index"), *files("components")]:
        if "/templates/" in name:
            file = tmp_path / name.partition("/templates/")[2]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code)
    late = '<c-card heading="Late">what came later</c-card>'
    (tmp_path / "shop" / "cotton_late.html").write_text(late)
    command = [sys.executable, "-m", "tests.third_party.cotton_page", str(tmp_path)]
    page = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert '<section class="card"><h2>Books</h2><div id="slot-children"' in page
    assert "what cotton surrounds" in page
    shown, _, streamed = page.partition("aria-busy")
    assert "what came later" not in shown
    assert '<section class="card"><h2>Late</h2>what came later</section>' in streamed


@pytest.mark.parametrize("source", ["{% slot %}", "{% slot %}{% endslot %}", '{% slot "a" / %}'])
def test_a_layout_that_loads_the_other_slot_tag_is_told(settings: Any, source: str) -> None:
    source = "{% load parallel_routes component_tags %}" + source
    use_templates(settings, {"l.html": source})
    serve(settings, slots("", layout="l.html", children=[path("", says("home"))]))
    clashes = [message for message in run_checks() if message.id == "parallel_routes.E013"]
    assert [message.msg.partition(" uses ")[2] for message in clashes] == [
        "the {% slot %} of allauth or component_tags."
    ]

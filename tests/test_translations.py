"""The package's texts, in the languages that it is shipped with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.template import Context, Template
from django.utils import translation

import django_parallel_routes

PACKAGE = Path(django_parallel_routes.__file__).parent
LANGUAGES = sorted(path.name for path in (PACKAGE / "locale").iterdir())

MARKED = re.compile(r'gettext(?:_lazy|_noop)?\(\s*"([^"]+)"|{% translate "([^"]+)"')
"""What Django's ``makemessages`` would find in the package's modules and templates."""

TEXTS = {
    one or other
    for path in PACKAGE.rglob("*")
    if path.suffix in {".py", ".html"}
    for one, other in MARKED.findall(path.read_text())
} - {"..."}  # an example in a docstring


def catalog(language: str, suffix: str) -> Catalog:
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"
    with path.open("rb") as file:
        return read_po(file, locale=language) if suffix == "po" else read_mo(file)


def texts(catalog: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalog if message.id}


def test_there_are_ten_languages_and_texts_to_translate() -> None:
    assert {"ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "zh_Hans"} <= {*LANGUAGES}
    assert {"Close", "Try again", "You are offline."} <= TEXTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_translated(language: str) -> None:
    found = texts(catalog(language, "po"))
    assert found.keys() == TEXTS
    assert [text for text, translated in found.items() if translated in ("", text)] == []
    assert not any(message.fuzzy for message in catalog(language, "po") if message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_translations_are_up_to_date(language: str) -> None:
    """After a change: ``python -m django compilemessages`` in the package's folder."""
    assert texts(catalog(language, "mo")) == texts(catalog(language, "po"))


@pytest.mark.parametrize(
    ("language", "close"), [("de", "Schließen"), ("pt-br", "Fechar"), ("zh-hans", "关闭")]
)
def test_a_stock_template_speaks_the_language_of_the_request(language: str, close: str) -> None:
    template = Template(
        '{% include "django_parallel_routes/loading.html" %}{% load i18n %}{% translate "Close" %}'
    )
    with translation.override(language):
        page = template.render(Context())
    assert close in page
    assert "Loading…" not in page

"""docs/recipes/static-files.md: WhiteNoise serves the script by names with hashes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tests.docs.recipes import install


def test_all_files_of_the_script_are_served_by_hashed_names(
    settings: Any, tmp_path: Path, db: None
) -> None:
    settings.STATIC_ROOT = tmp_path
    client = install(settings, "static-files")
    call_command("collectstatic", interactive=False, verbosity=0)
    page = client.load("/").content.decode()
    folder = "/static/django_parallel_routes/"
    [parts] = re.findall(r'data-pr-parts="([^"]*)"', page)
    urls = [
        *re.findall(rf"{folder}[\w./-]+", page),
        *(folder + file for file in parts.split()[1::2]),
    ]
    assert len(urls) > 5  # the script, the stylesheet, and the parts that are loaded later
    for url in urls:
        assert re.search(r"\.[0-9a-f]{12}\.(js|css)$", url), url
        answer = client.get(url)
        assert answer.status_code == 200
        assert "immutable" in answer["Cache-Control"]
        answer.close()

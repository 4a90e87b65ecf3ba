"""The script and stylesheet in ``static/``: built from ``js/``, and small; ``js/tests`` tests the parts."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

import pytest

import django_parallel_routes

ROOT = Path(django_parallel_routes.__file__).parent.parent
STATIC = ROOT / "django_parallel_routes" / "static" / "django_parallel_routes"
SOURCE = ROOT / "js"
TOLERANCE = 1.01 if "ng" in zlib.ZLIB_RUNTIME_VERSION else 1  # zlib-ng compresses a little less


def test_the_built_files_are_those_of_the_sources() -> None:
    """``npm run build`` in ``js/`` writes a hash of all sources into the first line; this needs no Node."""
    sources = [
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "src").rglob("*")
        if path.suffix in (".js", ".css")
    ]
    whole = hashlib.sha256()
    for name in sorted([*sources, "build.js", "linker.js", "package-lock.json"]):
        whole.update((SOURCE / name).read_bytes())
    built = [path for path in STATIC.iterdir() if path.suffix in (".js", ".css")]
    stale = [
        path.name
        for path in built
        if path.name != "panel.css"
        and whole.hexdigest()[:8] not in path.read_text().partition("\n")[0]
    ]
    assert stale == []


def test_each_script_is_there_minified_and_readable() -> None:
    names = {path.name for path in STATIC.glob("*.js")}
    readable = {name for name in names if not name.endswith(".min.js")}
    assert names == readable | {name.replace(".js", ".min.js") for name in readable}


@pytest.mark.parametrize(
    ("names", "size"),
    [
        (("parallel-routes",), 9000),
        (("parallel-routes", "dialog"), 11_000),
        (("answers",), 9500),
        (("guard",), 1545),
        (("prefetch",), 2860),
    ],
)
def test_the_scripts_are_small(names: tuple[str, ...], size: int) -> None:
    """In gzip bytes: what a page loads, also with dialogs; what shows answers, guards forms, prefetches."""
    files = [STATIC / f"{name}.min.js" for name in names]
    sizes = [len(gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)) for file in files]
    assert sum(sizes) <= size * TOLERANCE


def test_no_source_file_is_longer_than_a_reader_takes_in() -> None:
    """That is, about 350 lines, and never over 400, in the script as in the package."""
    files = [*(SOURCE / "src").rglob("*.js"), *STATIC.parents[1].rglob("*.py")]
    assert len(files) > 100
    assert [path.name for path in files if len(path.read_text().splitlines()) > 400] == []

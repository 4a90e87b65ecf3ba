"""Writes a small app that works: what ``manage.py slots --start APP`` does."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from django.core.management.base import CommandError

TEMPLATE = Path(__file__).with_name("app_template")
NAME = "example_app"
"""What the template is called, in paths and in texts."""

NEXT = """\
Created {folder}/: urls.py, views.py, templates and tests. Next:

1. Add "{name}" to INSTALLED_APPS.
2. In the root urls.py, add this to urlpatterns: path("{name}/", include("{name}.urls"))
3. Run: python manage.py test {name}
4. Run: python manage.py runserver, and open http://127.0.0.1:8000/{name}/
"""


def start_app(name: str, parent: Path) -> str:
    """Write the app into a new folder, and return what to do next. Raises ``CommandError``."""
    folder = parent / name
    if not name.isidentifier() or not name.islower():
        raise CommandError(
            f"{name!r} is no name for an app: use lower-case letters, digits and _."
        )
    if folder.exists() or find_spec(name):
        raise CommandError(f"There is a module or a folder {name!r} already. Choose another name.")
    for source in sorted(file for file in TEMPLATE.rglob("*") if file.is_file()):
        path = str(source.relative_to(TEMPLATE)).replace(NAME, name).removesuffix("-tpl")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text(encoding="utf-8").replace(NAME, name), encoding="utf-8")
    return NEXT.format(folder=name, name=name)

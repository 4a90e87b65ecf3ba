"""``manage.py slots --start APP`` writes an app that passes ``check`` and its own tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.tutorial.project import Project
from tests.tutorial.reading import File

SETTINGS = """
INSTALLED_APPS += ["django_htmx", "django_parallel_routes"]
MIDDLEWARE += [
    "django_htmx.middleware.HtmxMiddleware",
    "django_parallel_routes.middleware.ParallelRoutesMiddleware",
]
"""
URLS = """
from django.urls import include

urlpatterns += [path("shopping/", include("shopping.urls"))]
"""
OTHERS = """
from django_parallel_routes import slots

urlpatterns += [slots("other/", layout=print, children=[path("<int:pk>/", print)])]
"""


def test_the_app_passes_the_checks_and_its_own_tests(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.run("django-admin", "startproject", "mysite", ".")
    File("mysite/settings.py", "at the end", "", SETTINGS).write(tmp_path)
    said = project.run("python", "manage.py", "slots", "--start", "shopping")
    assert 'add this to urlpatterns: path("shopping/", include("shopping.urls"))' in said
    File("mysite/settings.py", "at the end", "", 'INSTALLED_APPS += ["shopping"]\n').write(
        tmp_path
    )
    File("mysite/urls.py", "at the end", "", URLS).write(tmp_path)
    assert "no issues" in project.run("python", "manage.py", "check", "--fail-level", "WARNING")
    # Whatever else the project has: here a route without an example, and views that fail.
    File("mysite/urls.py", "at the end", "", OTHERS).write(tmp_path)
    said = project.run("python", "-W", "error", "manage.py", "test", "shopping")
    assert "Ran 5 tests" in said
    assert "OK" in said
    files = [file for file in (tmp_path / "shopping").rglob("*.*") if file.suffix != ".pyc"]
    assert len(files) > 5
    assert not any("example_app" in file.read_text() for file in files)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("two words", "'two words' is no name for an app"),
        ("Shop", "'Shop' is no name for an app"),
        ("email", "There is a module or a folder 'email' already"),
        ("taken", "There is a module or a folder 'taken' already"),
    ],
)
def test_a_name_that_is_no_module_or_is_taken_is_refused(
    name: str, problem: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    with pytest.raises(CommandError, match=problem):
        call_command("slots", start=name)


def test_the_files_are_written_into_the_current_folder(
    tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    call_command("slots", start="shopping")
    assert "Created shopping/" in capsys.readouterr().out
    assert 'app_name = "shopping"' in (tmp_path / "shopping/urls.py").read_text()
    assert (tmp_path / "shopping/templates/shopping/layout.html").exists()
    assert not list(tmp_path.rglob("*-tpl"))

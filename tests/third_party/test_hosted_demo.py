"""Dockerfile and docs/how-to/hosting-the-demo.md: the example as it is hosted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PAGE = """
import django, re
django.setup()
from django.test import Client

page = Client().get("/dashboard/", headers={"host": "demo.example.com", "x-forwarded-proto": "https"})
assert page.status_code == 200, page
for url in re.findall(r'(?:src|href)="(/static/[^"#]+)', page.content.decode()):
    answer = Client().get(url, headers={"host": "demo.example.com", "x-forwarded-proto": "https"})
    assert answer.status_code == 200, url
    assert b"".join(answer.streaming_content)
print(len(page.content))
"""


def test_the_steps_of_the_dockerfile_lead_to_a_page_with_its_files(tmp_path: Path) -> None:
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "example_project.hosted",
        "DJANGO_DATABASE": str(tmp_path / "db.sqlite3"),
        "DJANGO_MEDIA": str(tmp_path / "media"),
        "DJANGO_SECRET_KEY": "x" * 30 + "abcdefghijklmnopqrstuvwxyz",
        "DEMO_HOST": "demo.example.com",
        "DEMO_STATIC": str(tmp_path / "static"),
    }

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    steps = re.findall(r"python manage\.py (\w+(?: --\w+)?)", DOCKERFILE)
    assert steps == ["collectstatic --noinput", "migrate", "seed"]
    for step in steps:
        run("manage.py", *step.split())
    run("manage.py", "check", "--deploy", "--fail-level", "ERROR")
    assert int(run("-c", PAGE)) > 10_000


def test_the_packages_of_the_image_are_those_of_the_tests() -> None:
    wanted = re.findall(r'"((?:gunicorn|whitenoise)[^"]+)"', DOCKERFILE)
    pyproject = (ROOT / "pyproject.toml").read_text()
    assert len(wanted) == 2
    assert all(f'"{one}"' in pyproject for one in wanted)

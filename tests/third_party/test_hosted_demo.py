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
VISITORS = """
import django, time, os
django.setup()
from pathlib import Path
from django.conf import settings
from django_parallel_routes.test import SlotClient

def visitor():
    client = SlotClient(headers={"host": "demo.example.com", "x-forwarded-proto": "https"})
    client.load("/login/")
    client.submit_form({"username": "admin", "password": "admin"})
    return client

ada, bo = visitor(), visitor()
ada.load("/dashboard/team/new/")
zoe = {"name": "Zoe Zimmer", "title": "Baker", "email": "zoe@example.com", "city": "Ghent"}
ada.submit_form({f"member-{name}": value for name, value in zoe.items()})
ada.load("/dashboard/team/")
ada.assert_shows("team", "Zoe Zimmer")
bo.load("/dashboard/team/")
bo.assert_shows("team", "14 people")
assert "Zoe Zimmer" not in bo.screen.html
bo.get("/", headers={"cookie": "demo-visitor=../../etc/passwd"})

folder = Path(settings.DATABASES["default"]["NAME"]).with_name("visitors")
files = sorted(folder.iterdir())
assert len(files) == 2, files
for file in files:
    os.utime(file, (1, 1))
visitor()
assert [file in files for file in folder.iterdir()] == [False]
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
    run("-c", VISITORS)


def test_the_packages_of_the_image_are_those_of_the_tests() -> None:
    wanted = re.findall(r'"((?:gunicorn|whitenoise)[^"]+)"', DOCKERFILE)
    pyproject = (ROOT / "pyproject.toml").read_text()
    assert len(wanted) == 2
    assert all(f'"{one}"' in pyproject for one in wanted)

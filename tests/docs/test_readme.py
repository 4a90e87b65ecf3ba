"""README.md, done to the letter in an empty folder, and short enough to be read."""

from __future__ import annotations

import re
from pathlib import Path

from tests.tutorial.project import ROOT, Project
from tests.tutorial.reading import Command, File, Step, things_to_do

README = (ROOT / "README.md").read_text()
MAX_LINES = 90

VISITOR = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"
django.setup()
from django.core.management import call_command
from django.test.utils import setup_test_environment
from django_parallel_routes.test import SlotClient

setup_test_environment()
call_command("check", fail_level="WARNING")
client = SlotClient()
client.load("/")
client.assert_shows("children", "Home")
client.assert_shows("stats", "Sales: 512")
client.click("Visits")
client.assert_url("/visits/")
client.assert_changed("stats")
client.assert_shows("stats", "Visits: 9,031")
client.assert_kept("children")
client.reload()
client.assert_shows("children", "Home")
client.back()
client.assert_shows("stats", "Sales: 512")
"""
MODALS = """
client.click("About")
client.assert_open("modal", "About us")
client.assert_url("/about/")
client.assert_title("About")
client.assert_kept("children")
client.back()
client.assert_closed("modal")
client.load("/about/")
client.assert_shows("children", "About us")
"""


def do(project: Project, chapter: str) -> Step:
    """Do what a chapter of the README says, to the letter."""
    [text] = re.findall(rf"^## {chapter}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    step = Step(0, chapter, things_to_do(text))
    project.take(step, promises=False)
    return step


def test_the_quick_start_and_its_modal_run_as_printed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    step = do(project, "Quick start")
    assert [type(part) for part in step.parts] == [Command, Command, File, File, File]
    project.run("python", "-c", VISITOR)
    do(project, "Modals with URLs")
    project.run("python", "-c", VISITOR + MODALS)


def test_the_readme_is_read_in_a_minute() -> None:
    assert len(README.splitlines()) <= MAX_LINES


def test_the_commands_under_try_it_are_those_of_the_makefile() -> None:
    [commands] = re.findall(
        r"^## Try it\n\n```console\n(.*?)```", README, re.MULTILINE | re.DOTALL
    )
    makefile = (ROOT / "Makefile").read_text()
    assert len(commands.splitlines()) == 2
    for target in re.findall(r"^make ([\w-]+)", commands, re.MULTILINE):
        assert f"\n{target}:" in makefile

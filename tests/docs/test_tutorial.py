"""docs/tutorial.md, done to the letter: each step works, and shows what it promises.

With ``TUTORIAL_WHEEL=dist/….whl`` in the environment, it is done with that, in an environment of its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tutorial.project import ROOT, Broken, Project, from_environment
from tests.tutorial.reading import Command, File, Output, Promise, Step, Unclear, steps

STEPS = steps()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return from_environment(tmp_path_factory.mktemp("tutorial"))


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_each_step_works_and_shows_what_it_promises(step: Step, project: Project) -> None:
    project.reach(step.number)
    assert project.done == step.number


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_each_step_ends_with_something_to_see(step: Step) -> None:
    assert any(isinstance(part, Promise) for part in step.parts)
    assert isinstance(step.parts[-1], (Promise, Output))


def test_steps_are_counted_from_1() -> None:
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


# --- how the tutorial is read: tests/tutorial/reading.py ---

SAMPLE = """# A tutorial

## 1. Files and commands

**`shop/urls.py`**

```python
urlpatterns = []
```

For people only.

**`shop/urls.py`**, below `urlpatterns = []`:

```python
x = 1
```

```console
one --option
two
```

**You should see** in the
terminal: “a line”, and “another”.

```text
a line
```

## Further reading
"""


def test_a_step_is_read_as_a_list_of_things_to_do_and_to_see() -> None:
    assert steps(SAMPLE) == [
        Step(
            1,
            "Files and commands",
            (
                File("shop/urls.py", "", "", "urlpatterns = []\n"),
                File("shop/urls.py", "below", "urlpatterns = []", "x = 1\n"),
                Command("one --option"),
                Command("two"),
                Promise("1.1", ("a line", "another")),
                Output("a line\n"),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("chapter", "complaint"),
    [
        ("```python\nx = 1\n```\n", "Where does this go"),
        ("**`a.py`**\n\nFirst this.\n\n```python\nx = 1\n```\n", "Where does this go"),
        ("**`a.py`**, somewhere:\n\n```python\nx = 1\n```\n", "What is to be done with this file"),
    ],
)
def test_a_step_that_can_not_be_followed_to_the_letter_is_refused(
    chapter: str, complaint: str
) -> None:
    with pytest.raises(Unclear, match=complaint):
        steps(f"## 1. A step\n\n{chapter}")


@pytest.mark.parametrize(
    ("where", "becomes"),
    [
        ("", "new\n"),
        ("at the beginning", "new\none\n  two\nthree\n"),
        ("at the end", "one\n  two\nthree\nnew\n"),
        ("above", "one\nnew\n  two\nthree\n"),
        ("below", "one\n  two\nnew\nthree\n"),
        ("instead of", "one\nnew\nthree\n"),
    ],
)
def test_a_file_is_changed_where_the_tutorial_says(
    where: str, becomes: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("one\n  two\nthree\n")
    File("a.txt", where, "two", "new\n").write(tmp_path)
    assert (tmp_path / "a.txt").read_text() == becomes


@pytest.mark.parametrize("content", ["one\n", "two\ntwo\n"])
def test_a_line_to_change_must_be_there_once(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(content)
    with pytest.raises(Unclear, match=r"a\.txt has [02] lines that are 'two'"):
        File("a.txt", "below", "two", "new\n").write(tmp_path)


# --- and how it is done: tests/tutorial/project.py ---


def test_output_that_differs_from_what_is_printed_is_found(tmp_path: Path) -> None:
    project = Project(tmp_path, printed="a\nnoise\nb\n")
    project.compare("a\nb\n")
    with pytest.raises(Broken, match="shows this line"):
        project.compare("b\na\n")


def test_a_command_that_fails_is_found_and_so_is_what_builds_on_it(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with pytest.raises(Broken, match="python nowhere"):
        project.take(Step(1, "A step", (Command("python nowhere.py"),)), promises=True)
    project.failed = STEPS[0]
    with pytest.raises(Broken, match="has failed before"):
        project.reach(1)


def test_with_a_wheel_it_is_done_with_that_wheel(project: Project) -> None:
    project.reach(1)
    found = project.run("python", "-c", "print(__import__('django_parallel_routes').__file__)")
    place = project.folder / ".venv" if project.wheel else ROOT
    assert Path(found.strip()).is_relative_to(place)


def test_a_broken_promise_is_found(project: Project) -> None:
    project.reach(1)
    with pytest.raises(Broken, match="“No such words” is not to be seen"):
        project.look(Promise("2.1", ("No such words",)))

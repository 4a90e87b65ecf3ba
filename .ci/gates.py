"""Every check of the project: `make test`, or `make test ONLY="ruff unit"`.

`make test-engines` runs the gates `firefox` and `webkit`, which `make test` doesn't: the browser tests
in other engines than Chromium.

Needs the standard library only; what the checks need is installed into virtual environments of
their own, one for each *leg*: a Python and a Django (legs.py). Gates that use one core run two at a
time; what a gate prints stays together. No gate begins after one has failed.
The last line counts the tests: "412 passed, 0 failed, 0 skipped".
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from legs import NEWEST_DJANGO, NEWEST_DJANGO_NEEDS, Leg, legs
from programs import ROOT, Failed, quiet, run, say
from providing import provide_packages
from running import Gate, execute, pytest, tally

notes: list[str] = []

# --- the checks ---


def ruff(leg: Leg) -> None:
    run([leg.program("ruff"), "check", "."])


def formatting(leg: Leg) -> None:
    run([leg.program("ruff"), "format", "--check", "."])


def templates(leg: Leg) -> None:
    folders = ["django_parallel_routes", "example_project", "tests"]
    files = sorted(
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*.html")
        if "jinja2" not in path.parts
    )
    run([leg.program("djade"), "--check", "--target-version", leg.django, *files])


def types(leg: Leg) -> None:
    if leg.python < (3, 11):
        say("Not run: django-stubs needs Python 3.11 or newer.")
        return
    run([leg.program("mypy")])


def example(leg: Leg) -> None:
    manage = [leg.program("python"), "-W", "error::DeprecationWarning", "manage.py"]
    run([*manage, "check", "--fail-level", "WARNING"])
    run([*manage, "makemigrations", "--check", "--dry-run"])
    # Who sees what takes half a minute, and no Django changes it.
    once = [] if leg.is_stable else ["-k", "not nobody_sees"]
    pytest(leg, "example_project/tests.py", "--ds=example_project.settings", *once)


def unit(leg: Leg) -> None:
    pytest(leg, "-m", "not browser", runner=("coverage", "run"))


def coverage(leg: Leg) -> None:
    program = leg.program("coverage")
    run([program, "combine", "--quiet"])
    run([program, "report"])


def docs(leg: Leg) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build = [leg.program("sphinx-build"), "--fail-on-warning", "--keep-going", "--quiet"]
        run([*build, "--builder", "html", "docs", folder])


def wheel(leg: Leg) -> None:
    """Build as for a release, install wheel and sdist, do the tutorial, check a typed project."""
    with tempfile.TemporaryDirectory() as folder:
        here, dist = Path(folder), Path(folder, "dist")
        # The sdist from the checkout, and the wheel from the sdist.
        quiet([leg.program("python"), "-m", "build", "--outdir", str(dist)])
        [built], [sdist] = dist.glob("*.whl"), dist.glob("*.tar.gz")
        run([leg.program("twine"), "check", "--strict", str(built), str(sdist)])
        quiet([leg.interpreter, "-m", "venv", "--without-pip", str(here / "venv")])
        python = str(here / "venv" / "bin" / "python")
        install = [leg.program("python"), "-m", "pip", "--python", python, "install"]
        try_wheel = [python, str(ROOT / ".ci" / "try_wheel.py"), str(built), str(sdist)]
        quiet([*install, str(built)])
        say(quiet(try_wheel, cwd=here).strip())
        quiet([*install, "--force-reinstall", "--no-deps", str(sdist)])
        say(quiet(try_wheel, cwd=here).strip())
        pytest(leg, "tests/docs/test_tutorial.py", TUTORIAL_WHEEL=str(built))
        if leg.python >= (3, 11):
            quiet([*install, "--group", "stubs"])
            shutil.copytree(ROOT / "tests" / "typed_project", here / "typed")
            say(quiet([python, "-m", "mypy", "."], cwd=here / "typed").strip())


def browser(leg: Leg) -> None:
    """All in the stable leg; in the newest, what a newer Django may change, since the script is the same."""
    some = [] if leg.is_stable else [f"tests/browser/test_{name}.py" for name in DJANGOS]
    pytest(leg, "-m", "browser", "--numprocesses=2", "--dist=worksteal", *some)


DJANGOS = ("answers", "conformance", "forms")


def firefox(leg: Leg) -> None:
    engine(leg, "firefox")


def webkit(leg: Leg) -> None:
    engine(leg, "webkit")


def engine(leg: Leg, name: str) -> None:
    wanted = ["-m", "browser and not chromium", "--engine", name]
    pytest(leg, *wanted, "--numprocesses=2", "--dist=worksteal")


# --- the run ---


def plan(only: list[str]) -> list[list[Gate]]:
    """The stages: lists of gates that can run at the same time. Quick ones come first, then long ones."""
    both = legs()
    stable = both[0]
    if len(both) == 1:
        needs = ".".join(map(str, NEWEST_DJANGO_NEEDS))
        notes.append(f"SKIPPED: Django {NEWEST_DJANGO}, for no Python >= {needs} was found.")
    stages = [
        [
            *[Gate(check.__name__, stable, check) for check in (ruff, formatting, templates)],
            *[Gate("unit", leg, unit) for leg in both],
            *[Gate(check.__name__, stable, check) for check in (wheel, types, docs)],
            *[Gate("example", leg, example) for leg in both],
        ],
        [Gate("coverage", stable, coverage)],
        *[[Gate("browser", leg, browser)] for leg in both],
    ]
    newest = replace(both[-1], groups=("test", "engines"))
    engines = [[Gate(check.__name__, newest, check)] for check in (firefox, webkit)]
    if not only:
        return stages
    names = dict.fromkeys(gate.name for stage in [*stages, *engines] for gate in stage)
    if unknown := set(only) - set(names):
        raise Failed(f"No check is called {', '.join(unknown)}. There are: {', '.join(names)}.")
    chosen = [[gate for gate in stage if gate.name in only] for stage in [*stages, *engines]]
    return [stage for stage in chosen if stage]


def provide(gates: list[Gate]) -> None:
    """Install what the gates need, side by side: the environments of their legs, and Debian's packages."""
    print("Preparing", *sorted({gate.leg.name for gate in gates}), flush=True)
    names = list(dict.fromkeys(gate.name for gate in gates))
    with ThreadPoolExecutor() as pool:
        environments = pool.map(Leg.install, {gate.leg for gate in gates})
        packages = pool.submit(provide_packages, names)
        list(environments)
        if note := packages.result():
            notes.append(note)


def main(only: list[str]) -> int:
    reason = None
    try:
        stages = plan(only)
        provide([gate for stage in stages for gate in stage])
        execute(stages, notes)
    except Failed as failure:
        reason = failure
        print(f"\nFailed: {reason}")
        tally.failed = tally.failed or 1
    print(f"\n{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped", flush=True)
    return 1 if reason else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

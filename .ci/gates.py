"""Every check of the project, one after the other: `make test`, or `make test ONLY="ruff unit"`.

`make test-engines` runs the gates `firefox` and `webkit`, which `make test` doesn't: the browser tests
in other engines than Chromium.

Needs the standard library only; what the checks need is installed into virtual environments of
their own, one for each *leg*: a Python and a Django. The run stops at the first check that fails.
Its last line counts the tests: "412 passed, 0 failed".
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What the browser tests need, by gate: programs, and the Debian packages that have them.
BROWSERS = {
    "browser": {"chromium": "chromium"},
    "firefox": {"firefox-esr": "firefox-esr"},
    "webkit": {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"},
}
PREFERRED_PYTHON = (3, 11)
NEWEST_DJANGO, NEWEST_DJANGO_NEEDS = "6.1", (3, 12)

# Nothing of the caller's own environment may decide what is tested.
ENVIRON = {
    name: value
    for name, value in os.environ.items()
    if name not in {"PYTHON", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"}
} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PYTHONUNBUFFERED": "1"}

Version = tuple[int, int]


class Failed(Exception):
    """A check said no, or could not be made; the message is for the person who ran it."""


@dataclass(frozen=True)
class Leg:
    """A Python and a Django to test with, in a virtual environment of their own."""

    python: Version
    interpreter: str
    django: str
    groups: tuple[str, ...]

    @property
    def name(self) -> str:
        engines = "-engines" if "engines" in self.groups else ""
        return f"py{self.python[0]}.{self.python[1]}-django{self.django}{engines}"

    @property
    def venv(self) -> Path:
        return ROOT / f".venv-test-{self.name}"

    def program(self, name: str) -> str:
        return str(self.venv / "bin" / name)

    def install(self) -> None:
        """Make the virtual environment, unless it's there and pyproject.toml is unchanged."""
        wanted = f"{self} {hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}"
        stamp = self.venv / "installed"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        quiet([self.interpreter, "-m", "venv", "--clear", "--upgrade-deps", str(self.venv)])
        groups = [word for group in self.groups for word in ("--group", group)]
        django = f"django~={self.django}.0"
        quiet([self.program("python"), "-m", "pip", "install", *groups, "--editable", ".", django])
        stamp.write_text(wanted)


@dataclass(frozen=True)
class Gate:
    """One check: a name to call it by, and what it does in which leg."""

    name: str
    leg: Leg
    check: Callable[[Leg], None]

    def __str__(self) -> str:
        return f"{self.name} ({self.leg.name})"


@dataclass
class Tally:
    """How many tests passed, failed and were skipped, over all runs of pytest."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        for suite in ET.parse(report).getroot().iter("testsuite"):
            tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            self.passed += tests - skipped - failed
            self.skipped += skipped
            self.failed += failed


tally = Tally()
notes: list[str] = []


# --- running things ---


def run(command: list[str], **environ: str) -> None:
    line = textwrap.shorten(" ".join(command).replace(f"{ROOT}/", ""), 200)
    print("$", line, flush=True)
    env = ENVIRON | environ
    code = subprocess.run(command, cwd=ROOT, env=env, stderr=subprocess.STDOUT).returncode
    if code:
        raise Failed(f"{line}\nexited with status {code}.")


def quiet(command: list[str], cwd: Path = ROOT) -> str:
    """Run and return what was printed, which is shown only if the command fails."""
    done = subprocess.run(
        command, cwd=cwd, env=ENVIRON, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


def pytest(leg: Leg, *arguments: str, runner: tuple[str, ...] = ("python",)) -> None:
    """Run tests and add them to the tally; ``runner`` is what runs the module pytest."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "junit.xml")
        command = [leg.program(runner[0]), *runner[1:], "-m", "pytest", *arguments]
        data = ROOT / f".coverage.{leg.name}"
        try:
            run([*command, f"--junit-xml={report}"], COVERAGE_FILE=str(data))
        finally:
            if report.exists():
                tally.add(report)


# --- the checks, in the order in which they run ---


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
        print("Not run: django-stubs needs Python 3.11 or newer.")
        return
    run([leg.program("mypy")])


def example(leg: Leg) -> None:
    manage = [leg.program("python"), "-W", "error::DeprecationWarning", "manage.py"]
    run([*manage, "check", "--fail-level", "WARNING"])
    run([*manage, "makemigrations", "--check", "--dry-run"])
    # Who sees what takes half a minute, and no Django changes it.
    once = [] if "dev" in leg.groups else ["-k", "not nobody_sees"]
    pytest(leg, "example_project/tests.py", "--ds=example_project.settings", *once)


def unit(leg: Leg) -> None:
    pytest(leg, "-m", "not browser", runner=("coverage", "run"))


def coverage(leg: Leg) -> None:
    program = leg.program("coverage")
    run([program, "combine", "--quiet"])
    run([program, "report"])


def browser(leg: Leg) -> None:
    """All in the stable leg; in the newest, what a newer Django may change, since the script is the same."""
    is_all = "dev" in leg.groups
    some = [] if is_all else [f"tests/browser/test_{name}.py" for name in DJANGOS]
    pytest(leg, "-m", "browser", "--numprocesses=2", "--dist=worksteal", *some)


DJANGOS = ("answers", "conformance", "forms")


def firefox(leg: Leg) -> None:
    engine(leg, "firefox")


def webkit(leg: Leg) -> None:
    engine(leg, "webkit")


def engine(leg: Leg, name: str) -> None:
    wanted = ["-m", "browser and not chromium", "--engine", name]
    pytest(leg, *wanted, "--numprocesses=2", "--dist=worksteal")


def wheel(leg: Leg) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        quiet([leg.program("python"), "-m", "build", "--outdir", str(here / "dist")])
        quiet([leg.interpreter, "-m", "venv", str(here / "venv")])
        python = str(here / "venv" / "bin" / "python")
        [built] = (here / "dist").glob("*.whl")
        [_sdist] = (here / "dist").glob("*.tar.gz")
        quiet([python, "-m", "pip", "install", str(built)])
        print(quiet([python, str(ROOT / ".ci" / "try_wheel.py"), str(built)], cwd=here), end="")


# --- what they need ---


def interpreters() -> dict[Version, str]:
    """The working Pythons of this machine."""
    command = [str(ROOT / ".ci" / "find-python"), "--all"]
    if override := os.environ.get("PYTHON"):
        command = ["env", f"PYTHON={override}", *command]
    found = {}
    for line in quiet(command).splitlines():
        version, path = line.split(" ", 1)
        major, minor = version.split(".")
        found[int(major), int(minor)] = path
    return found


def legs() -> list[Leg]:
    """Python 3.11, or what is nearest, with Django 5.2; and the newest Python and Django."""
    found = interpreters()
    stable = min(found, key=lambda version: abs(version[1] - PREFERRED_PYTHON[1]))
    newest = max(found)
    legs = [Leg(stable, found[stable], "5.2", ("dev",))]
    if newest >= NEWEST_DJANGO_NEEDS:
        legs.append(Leg(newest, found[newest], NEWEST_DJANGO, ("test",)))
    return legs


def provide(gates: list[Gate]) -> None:
    """Install what the gates need: the environments of their legs side by side, browsers, a database."""
    print("Preparing", *sorted({gate.leg.name for gate in gates}), flush=True)
    with ThreadPoolExecutor() as pool:
        list(pool.map(Leg.install, {gate.leg for gate in gates}))
    needed = {
        program: package
        for gate in gates
        for program, package in BROWSERS.get(gate.name, {}).items()
    }
    if missing := {program: needed[program] for program in needed if not shutil.which(program)}:
        provide_browsers(missing)
    if "unit" in {gate.name for gate in gates}:
        provide_postgresql()


def provide_browsers(missing: dict[str, str]) -> None:
    programs, packages = ", ".join(missing), list(missing.values())
    if not can_install():
        raise Failed(
            f"The browser tests need {programs}, not to be found here, and this user can't install\n"
            f"it. On Debian, as root: apt-get install {' '.join(packages)}. To run the other checks:\n"
            "make test ONLY='ruff formatting templates types example unit coverage wheel'"
        )
    install(packages)


def provide_postgresql() -> None:
    """Install PostgreSQL, if that can be done. Its tests start a server of their own, or are skipped."""
    debians = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debians or shutil.which("initdb"):
        return
    reason = "on Debian, as root: apt-get install postgresql"
    if can_install():
        try:
            install(["postgresql"])
        except Failed as failure:
            reason = str(failure)
        else:
            return
    notes.append(f"SKIPPED: the tests with PostgreSQL, which is not to be found here ({reason}).")


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian's packages."""
    print("Installing", *packages, flush=True)
    quiet(["apt-get", "update"])
    quiet(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", *packages])


# --- the run ---


def plan(only: list[str]) -> list[Gate]:
    both = legs()
    stable = both[0]
    if len(both) == 1:
        needs = ".".join(map(str, NEWEST_DJANGO_NEEDS))
        notes.append(f"SKIPPED: Django {NEWEST_DJANGO}, for no Python >= {needs} was found.")
    gates = [
        *[Gate(check.__name__, stable, check) for check in (ruff, formatting, templates, types)],
        *[Gate("example", leg, example) for leg in both],
        *[Gate("unit", leg, unit) for leg in both],
        Gate("coverage", stable, coverage),
        Gate("wheel", stable, wheel),
        *[Gate("browser", leg, browser) for leg in both],
    ]
    newest = replace(both[-1], groups=("test", "engines"))
    engines = [Gate(check.__name__, newest, check) for check in (firefox, webkit)]
    names = list(dict.fromkeys(gate.name for gate in [*gates, *engines]))
    if unknown := set(only) - set(names):
        raise Failed(f"No check is called {', '.join(unknown)}. There are: {', '.join(names)}.")
    return [gate for gate in [*gates, *engines] if gate.name in only] if only else gates


def execute(gates: list[Gate]) -> None:
    """Run the gates up to the first that fails, then say what ran and what didn't."""
    lines = [f"        -  not run  {gate}" for gate in gates]
    try:
        for number, gate in enumerate(gates):
            print(f"\n=== {gate}", flush=True)
            started = time.monotonic()
            outcome = "FAILED "
            try:
                gate.check(gate.leg)
                outcome = "ok     "
            finally:
                lines[number] = f"{time.monotonic() - started:7.1f} s  {outcome}  {gate}"
    finally:
        print("\n=== what ran", *lines, *notes, sep="\n")


def main(only: list[str]) -> int:
    reason = None
    try:
        gates = plan(only)
        provide(gates)
        execute(gates)
    except Failed as failure:
        reason = failure
        print(f"\nFailed: {reason}")
        tally.failed = tally.failed or 1
    print(f"\n{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped", flush=True)
    return 1 if reason else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Every check of the project, as sessions of nox. ``make test`` runs them all.

::

    nox --list                       # what there is
    nox -s ruff                      # one session
    nox -s unit-stable -- -k kept    # one session, with arguments for pytest

Three sessions make environments: ``stable`` (Python 3.11 and Django 5.2, with all tools), ``newest``
(the newest Python and Django), and ``packages`` (third-party packages that projects use). All others run
the programs of one of these, so that nothing is installed twice: ``.nox/stable/bin/python -m pytest``
works as well.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import nox

nox.needs_version = ">=2026.10"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.stop_on_first_error = True

ROOT = Path(__file__).resolve().parent

# The environment of the caller must not influence the tests.
for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"):
    os.environ.pop(name, None)
os.environ |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PYTHONUNBUFFERED": "1"}
os.environ["CI"] = "true"  # Hypothesis tries the same examples in each run.

# --- the environments ---


@dataclass(frozen=True)
class Leg:
    """A Python and a Django to test with, in a virtual environment of their own."""

    name: str
    django: str
    needs: tuple[int, int]
    """The oldest Python that this Django runs on."""
    group: str
    """The dependency group of ``pyproject.toml`` that is installed."""
    python: tuple[int, int]
    interpreter: str

    @property
    def is_stable(self) -> bool:
        return self.name == "stable"

    @property
    def is_possible(self) -> bool:
        return self.python >= self.needs

    def program(self, name: str) -> str:
        return str(ROOT / ".nox" / self.name / "bin" / name)

    def install(self, session: nox.Session) -> None:
        """Install the project and what its checks need, unless ``pyproject.toml`` is unchanged."""
        wanted = f"{self} {hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}"
        stamp = Path(session.virtualenv.location, "installed")
        if not stamp.exists() or stamp.read_text() != wanted:
            session.install("--group", self.group, "--editable", ".", f"django~={self.django}.0")
            stamp.write_text(wanted)


def legs() -> tuple[Leg, Leg, Leg]:
    """Return the legs: Django 5.2 with the Python nearest to 3.11, the newest of both, and third-party."""
    listed = subprocess.run(
        [ROOT / ".ci" / "find-python", "--all"], stdout=subprocess.PIPE, text=True, check=True
    )
    found = {}
    for line in listed.stdout.splitlines():
        version, path = line.split(" ", 1)
        major, minor = version.split(".")
        found[int(major), int(minor)] = path
    near, newest = min(found, key=lambda version: abs(version[1] - 11)), max(found)
    return (
        Leg("stable", "5.2", (3, 10), "dev", near, found[near]),
        Leg("newest", "6.1", (3, 12), "test", newest, found[newest]),
        Leg("packages", "5.2", (3, 10), "third-party", near, found[near]),
    )


STABLE, NEWEST, PACKAGES = legs()
for leg in filter(lambda leg: leg.is_possible, (STABLE, NEWEST, PACKAGES)):
    nox.session(  # The pip that comes with a Python may be too old for dependency groups.
        leg.install,
        name=leg.name,
        python=leg.interpreter,
        venv_params=["--upgrade-deps"],
        allow_parallel=True,
        default=False,
    )

# --- how a check becomes sessions ---

Check = Callable[[nox.Session, Leg], None]

CHECKS: dict[str, list[str]] = {}
"""The sessions of each check, by its name: ``{"unit": ["unit-stable", "unit-newest"], …}``."""

NOT_BY_DEFAULT = {"firefox", "webkit"}

ALONE: set[str] = set()
"""The sessions that use all cores."""


def check(*legs: Leg, after: str = "", alone: bool = False) -> Callable[[Check], Check]:
    """Make a function a session in each of these legs.

    It waits for the sessions of the check ``after``. If it runs ``alone``, it uses all cores.
    """

    def register(function: Check) -> Check:
        check = function.__name__.replace("_", "-")
        CHECKS[check] = []
        for leg in legs:
            name = f"{check}-{leg.name}" if len(legs) > 1 else check
            CHECKS[check].append(name)
            if alone:
                ALONE.add(name)

            @wraps(function)
            def run(session: nox.Session, leg: Leg = leg) -> None:
                if not leg.is_possible:
                    needs = ".".join(map(str, leg.needs))
                    session.skip(f"Django {leg.django} needs Python {needs} or newer.")
                function(session, leg)

            awaited = [
                other
                for other in CHECKS.get(after, [])
                if NEWEST.is_possible or not other.endswith(NEWEST.name)
            ]
            nox.session(
                run,
                name=name,
                venv_backend="none",
                requires=[leg.name, *awaited] if leg.is_possible else [],
                tags=[check],
                allow_parallel=not alone,
                default=check not in NOT_BY_DEFAULT,
            )
        return function

    return register


def run(session: nox.Session, leg: Leg, program: str, *arguments: str, **options: object) -> None:
    """Run a program of a leg's environment."""
    session.run(leg.program(program), *arguments, external=True, **options)


def pytest(
    session: nox.Session,
    leg: Leg,
    *arguments: str,
    runner: tuple[str, ...] = ("python",),
    **environ: str,
) -> None:
    """Run tests, and write a report if ``.ci/sessions.py`` counts them."""
    command = [*runner, "-m", "pytest", *arguments, *session.posargs]
    if folder := os.environ.get("TEST_REPORTS"):
        command.append(f"--junit-xml={folder}/{session.name}.xml")
    run(session, leg, *command, env=environ)


# --- the checks: quick ones first, then long ones ---

NPM_CI = ("npm", "ci", "--no-audit", "--no-fund", "--fetch-timeout=60000")  # milliseconds


@check(STABLE)
def ruff(session: nox.Session, leg: Leg) -> None:
    """Lint the Python code."""
    run(session, leg, "ruff", "check", ".")


@check(STABLE)
def formatting(session: nox.Session, leg: Leg) -> None:
    """Check that the Python code is formatted."""
    run(session, leg, "ruff", "format", "--check", ".")


@check(STABLE)
def templates(session: nox.Session, leg: Leg) -> None:
    """Lint the Django templates."""
    files = sorted(
        str(path.relative_to(ROOT))
        for folder in ("django_parallel_routes", "example_project", "tests")
        for path in (ROOT / folder).rglob("*.html")
        if "jinja2" not in path.parts
    )
    run(session, leg, "djade", "--check", "--target-version", leg.django, *files, log=False)


@check(STABLE)
def js(session: nox.Session, leg: Leg) -> None:
    """Lint, type-check and test the source of the script, and check that the built files are up to date."""
    if not shutil.which("npm"):
        session.skip(
            "npm is missing. tests/test_script.py still finds built files that are outdated."
        )
    with session.chdir(ROOT / "js"):
        session.run(*NPM_CI, external=True, silent=True)
        for script in ("lint", "types", "test", "check"):
            session.run("npm", "run", "--silent", script, external=True)


@check(STABLE, NEWEST)
def unit(session: nox.Session, leg: Leg) -> None:
    """Run the tests that need no browser. Coverage is measured only once, because it makes them slower."""
    if leg.is_stable:  # The session "wheel" follows the tutorial with the same Python and Django.
        options = ["--ignore", "tests/docs/test_tutorial.py"]
        pytest(session, leg, "-m", "not browser", *options, runner=("coverage", "run"))
    else:
        options = [option for path in SAME_EVERYWHERE for option in ("--ignore", path)]
        pytest(session, leg, "-m", "not browser", *options)


SAME_EVERYWHERE = (
    "tests/docs/test_docs.py",
    "tests/planning/test_planner.py",
    "tests/test_architecture.py",
    "tests/test_asserts.py",
    "tests/test_translations.py",
    "tests/test_script.py",
)
"""Tests of texts and sources, which are the same with each Python and Django. They run once."""


@check(PACKAGES)
def third_party(session: nox.Session, leg: Leg) -> None:
    """Run the recipes of the docs with the third-party packages that they use."""
    pytest(session, leg, "tests/third_party", "--ds=tests.third_party.settings")


@check(STABLE)
def wheel(session: nox.Session, leg: Leg) -> None:
    """Build as for a release, install wheel and sdist, follow the tutorial, check a typed project."""
    with tempfile.TemporaryDirectory() as folder:
        here, dist = Path(folder), Path(folder, "dist")
        # The sdist from the checkout, and the wheel from the sdist.
        run(session, leg, "python", "-m", "build", "--outdir", str(dist), silent=True)
        [built], [sdist] = dist.glob("*.whl"), dist.glob("*.tar.gz")
        run(session, leg, "twine", "check", "--strict", str(built), str(sdist))
        venv = [leg.interpreter, "-m", "venv", "--without-pip", str(here / "venv")]
        session.run(*venv, external=True)
        python = str(here / "venv" / "bin" / "python")
        install = ["python", "-m", "pip", "--python", python, "install", "--quiet"]
        try_wheel = [python, str(ROOT / ".ci" / "try_wheel.py"), str(built), str(sdist)]
        run(session, leg, *install, str(built))
        with session.chdir(here):
            session.run(*try_wheel, external=True)
        run(session, leg, *install, "--force-reinstall", "--no-deps", str(sdist))
        with session.chdir(here):
            session.run(*try_wheel, external=True)
        pytest(session, leg, "tests/docs/test_tutorial.py", TUTORIAL_WHEEL=str(built))
        if leg.python >= (3, 11):
            run(session, leg, *install, "--group", "stubs")
            shutil.copytree(ROOT / "tests" / "typed_project", here / "typed")
            with session.chdir(here / "typed"):
                session.run(python, "-m", "mypy", ".", external=True)


@check(STABLE)
def types(session: nox.Session, leg: Leg) -> None:
    """Check the types of the package."""
    if leg.python < (3, 11):
        session.skip("django-stubs needs Python 3.11 or newer.")
    run(session, leg, "mypy")


@check(STABLE)
def docs(session: nox.Session, leg: Leg) -> None:
    """Build the docs. A broken link is an error."""
    options = ["--fail-on-warning", "--keep-going", "--quiet", "--builder", "html"]
    with tempfile.TemporaryDirectory() as folder:
        run(session, leg, "sphinx-build", *options, "docs", folder)


@check(STABLE, NEWEST)
def example(session: nox.Session, leg: Leg) -> None:
    """Run the tests of the example project."""
    manage = ["python", "-W", "error::DeprecationWarning", "manage.py"]
    run(session, leg, *manage, "check", "--fail-level", "WARNING")
    run(session, leg, *manage, "makemigrations", "--check", "--dry-run")
    # This test takes a minute, and its result is the same with each Django.
    once = [] if leg.is_stable else ["--ignore", "example_project/tests/test_every_route.py"]
    pytest(session, leg, "example_project/tests", "--ds=example_project.settings", *once)


@check(STABLE, after="unit")
def coverage(session: nox.Session, leg: Leg) -> None:
    """Fail if the unit tests don't reach all lines of the package."""
    run(session, leg, "coverage", "report")


@check(STABLE, NEWEST, alone=True)
def browser(session: nox.Session, leg: Leg) -> None:
    """Run the browser tests: all with Django 5.2, and with 6.1 those that may differ, with one htmx."""
    some = [f"tests/browser/test_{name}.py" for name in ("add_related", "conformance", "forms")]
    options = [] if leg.is_stable else ["-k", "htmx4", *some]
    if leg.is_stable and shutil.which("npm"):
        with session.chdir(ROOT / "js" / "widgets"):
            session.run(*NPM_CI, external=True, silent=True)
    pytest(session, leg, "-m", "browser", *SIDE_BY_SIDE, *options)


SIDE_BY_SIDE = ("--numprocesses=3", "--dist=worksteal")
"""A browser test mostly waits for frames and responses, so three at a time use two cores fully."""


@check(NEWEST, alone=True)
def firefox(session: nox.Session, leg: Leg) -> None:
    """Run the browser tests in Firefox."""
    engine(session, leg, "firefox")


@check(NEWEST, alone=True)
def webkit(session: nox.Session, leg: Leg) -> None:
    """Run the browser tests in WebKitGTK."""
    engine(session, leg, "webkit")


def engine(session: nox.Session, leg: Leg, name: str) -> None:
    run(session, leg, "python", "-m", "pip", "install", "--quiet", "--group", "engines")
    wanted = ["-m", "browser and not chromium", "--engine", name]
    pytest(session, leg, *wanted, *SIDE_BY_SIDE)

"""The docs are true and complete: their code runs, their exchanges happen, nothing public is missing."""

from __future__ import annotations

import ast
import inspect
import os
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.views import LoginView
from django.core.checks import run_checks
from django.core.management import BaseCommand, load_command_class
from django.http import HttpResponse
from django.template import Engine
from django.test import Client
from django.urls import include, path, resolve, reverse_lazy
from django.views.decorators.cache import cache_control

import django_parallel_routes
from django_parallel_routes import intercept, jinja, refresh, slot, slots
from django_parallel_routes.http.responses import VARY
from tests.docs.exchanges import exchanges
from tests.views import says
from tests.window import HEADER, Window, layout, serve

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "django_parallel_routes"
PAGES = sorted(DOCS.rglob("*.md"))
TRIED_ELSEWHERE = {"tutorial", "recipes"}
"""Pages whose code is run as a project, by tests of their own."""
TEXT = {page: page.read_text() for page in PAGES}
ALL = "\n".join(TEXT.values())


def text_of(files: Iterable[Path]) -> str:
    return "\n".join(file.read_text() for file in sorted(files))


SOURCE = ROOT / "js" / "src"
SCRIPTS = text_of(SOURCE.rglob("*.js"))
STYLES = text_of(SOURCE.glob("css/*.css"))
# What a page is made with; the test client speaks of all that a browser knows.
TESTING = {PACKAGE / "client", PACKAGE / "test"}  # where attributes are read that htmx knows, too
PYTHON = text_of(file for file in PACKAGE.rglob("*.py") if not TESTING & {*file.parents})
PRINTED = [file for file in PACKAGE.glob("templates/*/*.html") if file.stem != "panel"]
TEMPLATES = text_of(PRINTED)


def reference(name: str) -> str:
    return TEXT[DOCS / "reference" / f"{name}.md"]


def mentions(text: str, name: str) -> bool:
    """Tell whether a text has this very name, and not only a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


# --- Nothing is missing from the reference ---


def test_each_public_name_is_in_the_reference() -> None:
    for name in django_parallel_routes.__all__:
        assert f"autofunction:: {name}\n" in reference("api"), name


@pytest.mark.parametrize("function", [slots, slot, intercept])
def test_each_option_is_in_its_functions_docstring(function: Any) -> None:
    """Which the reference prints."""
    doc = inspect.getdoc(function) or ""
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is not parameter.VAR_KEYWORD:
            assert re.search(rf"^.*``{name}``", doc, re.MULTILINE), name
    assert "ImproperlyConfigured" in doc or "raised by" in doc
    assert "::\n" in doc, "an example"


def test_each_template_tag_is_in_the_reference() -> None:
    from django_parallel_routes.templatetags import parallel_routes

    for name in jinja.GLOBALS:
        assert re.search(rf"^``{{% {name}\b", parallel_routes.__doc__ or "", re.MULTILINE), name
        assert f"autofunction:: {name}\n" in reference("tags"), name


def test_each_template_and_its_blocks_are_in_the_reference() -> None:
    for template in PRINTED:
        assert f"`django_parallel_routes/{template.name}`" in reference("tags")
    for name in re.findall(r"{% block (\w+)", TEMPLATES):
        assert f"`{name}`" in reference("tags"), name


def test_each_function_of_the_script_is_in_the_reference() -> None:
    [members] = re.findall(r"window\.parallelRoutes = {\n(.*?)\n  };", SCRIPTS, re.DOTALL)
    names = re.findall(r"^    (\w+)[:,]", members, re.MULTILINE)
    assert {"visit", "refresh", "close", "forget"} <= set(names)
    for name in names:
        assert f"`parallelRoutes.{name}(" in reference("javascript"), name


def test_each_event_is_in_the_reference() -> None:
    told = {
        f"parallel-routes:{name}" for name in re.findall(r'\bdispatch\(\s*"([\w-]+)"', SCRIPTS)
    }
    heard = set(re.findall(r'"(parallel-routes:[a-z-]+)"', SCRIPTS + PYTHON))
    assert {"parallel-routes:enter", "parallel-routes:before-leave"} <= told
    assert {"parallel-routes:forget", "parallel-routes:refresh"} <= heard
    for name in told | heard:
        assert f"| `{name}` |" in reference("javascript"), name


def attributes() -> Iterator[str]:
    """All ``data-pr-*`` attributes that the package's script, styles, templates and server know."""
    yield from re.findall(r"\bdata-[a-z]+(?:-[a-z]+)*", SCRIPTS + STYLES + TEMPLATES + PYTHON)
    used = re.findall(r"\bdataset(?:\??\.)(\w+)", SCRIPTS)
    for names in re.findall(r"(?:const|let) {([^}]*)} =\s[^;]*dataset\b", SCRIPTS):
        used.extend(re.findall(r"(?:^|,)\s*(\w+)", names))
    for name in used:
        yield "data-" + re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)


def test_each_attribute_is_in_the_reference() -> None:
    # Without htmx's, and the prefix alone.
    found = {name for name in attributes() if not name.startswith(("data-hx-", "data-htmx-"))} - {
        "data-pr"
    }
    assert all(name.startswith("data-pr-") for name in found)  # other libraries have all others
    assert {
        "data-pr-current-in",
        "data-pr-guard",
        "data-pr-close-on",
        "data-pr-add-related",
    } <= found
    for name in sorted(found):
        assert mentions(reference("attributes"), name), name


def test_each_variable_of_the_styles_is_in_the_reference() -> None:
    names = set(re.findall(r"var\(\s*(--parallel-routes-[a-z-]+)", STYLES))
    assert len(names) > 20
    for name in names:
        assert f"| `{name}` |" in reference("css"), name
    for name in re.findall(r"`(--parallel-routes-[a-z-]+)`", ALL):
        assert name in names, f"{name} is documented, and is none"


def test_each_class_of_the_styles_is_in_the_reference() -> None:
    names = set(re.findall(r"\.(parallel-routes-[a-z-]+)", STYLES))
    assert "parallel-routes-title" in names
    for name in names:
        assert mentions(reference("css"), name), name


def test_each_setting_is_in_the_reference() -> None:
    names = set(re.findall(r"\bPARALLEL_ROUTES_\w+", PYTHON))
    assert "PARALLEL_ROUTES_WATCH_QUERIES" in names
    for name in names:
        assert f"`{name}` (default: " in reference("settings"), name


def test_each_header_is_in_the_reference() -> None:
    names = {*VARY, *re.findall(r'"((?:HX|X)-[A-Z][\w-]+)"', PYTHON)}
    assert {"HX-Redirect", "HX-Request"} <= names
    for name in names:
        assert mentions(reference("headers"), name), name


def test_links_of_the_readme_and_docstrings_lead_somewhere() -> None:
    """Those between pages are Sphinx's to check."""
    readme = (ROOT / "README.md").read_text()
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", readme):
        assert (ROOT / target).exists(), target
    for text in (readme, PYTHON, SCRIPTS, STYLES, ALL):
        assert "guide.md" not in text


# --- The protocol ---


def test_the_exchanges_of_the_protocol_happen(settings: Any) -> None:
    """Each block after ``<!-- exchange: name -->`` is what is sent, and what comes back."""
    page = DOCS / "protocol.md"
    block = re.compile(
        r"(<!-- exchange: (\w+) -->\n\n)(```http\n.*?```\n\n```http\n.*?```)", re.DOTALL
    )
    made = dict(exchanges(settings))
    text = block.sub(lambda found: found[1] + made[found[2]], page.read_text())
    assert {found[1] for found in block.findall(text)} == set(made)
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(text)
    assert page.read_text() == text


# --- Its code works ---


def blocks(language: str) -> list[Any]:
    """The fenced blocks of a language, each named by its page and line."""
    found = []
    for page, text in TEXT.items():
        if TRIED_ELSEWHERE & {page.stem, page.parent.name}:
            continue
        for match in re.finditer(
            rf"^([ ]*)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL
        ):
            line = text.count("\n", 0, match.start()) + 1
            name = f"{page.relative_to(DOCS)}:{line}"
            found.append(pytest.param(textwrap.dedent(match[2]), id=name))
    return found


class Anything:
    """Stands for the project's own views, models and functions in an example."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        view: Any = says(name)
        view.__module__, view.__name__, view.__qualname__ = "views", name, name
        view.as_view = lambda **kwargs: view
        return view


def names_of_the_examples() -> dict[str, Any]:
    """What an example of the docs need not import: Django's best known names, and the project's own."""
    import asyncio

    from django import forms, shortcuts
    from django.contrib import messages
    from django.contrib.auth.decorators import login_required
    from django.http import Http404
    from django.template.loader import render_to_string
    from django.test import TestCase
    from django.views import generic

    known: dict[str, Any] = {name: getattr(generic, name) for name in generic.__all__}
    known |= {
        name: getattr(shortcuts, name) for name in ("render", "redirect", "get_object_or_404")
    }
    known |= {"slots": slots, "slot": slot, "intercept": intercept, "refresh": refresh}
    known |= {"path": path, "include": include, "reverse_lazy": reverse_lazy, "asyncio": asyncio}
    known |= {
        "HttpResponse": HttpResponse,
        "Http404": Http404,
        "forms": forms,
        "messages": messages,
    }
    known |= {"Client": Client, "TestCase": TestCase, "login_required": login_required}
    known |= {"render_to_string": render_to_string, "LoginView": LoginView}
    model = get_user_model()
    known |= dict.fromkeys(("Member", "Photo", "Team", "Book", "Author", "Article"), model)
    return {**known, "views": Anything()}


def missing(module: str) -> bool:
    try:
        __import__(module)
    except ImportError:
        return True
    return False


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_examples_of_the_docs_run(code: str, request: pytest.FixtureRequest) -> None:
    ast.parse(code)
    if "comparison" in request.node.name:
        return
    for module in re.findall(r"^from (\S+) import", code, re.MULTILINE):
        if missing(module):
            assert module.startswith("django_parallel_routes.") or django.VERSION < (6,), module
            return
    # Not in a class's, but in a module's own names, as in a file.
    space: dict[str, Any] = {"__name__": "example", **names_of_the_examples()}
    code = re.sub(r"fields = \[[^]]*\]", 'fields = ["email"]', code)
    exec(compile(code, request.node.name, "exec"), space)


def use_templates(settings: Any, templates: dict[str, str]) -> None:
    """Let the project have these templates, and those of the package; none of the tests."""
    django_templates, *others = settings.TEMPLATES
    loaders = [
        ("django.template.loaders.locmem.Loader", templates),
        ("django.template.loaders.filesystem.Loader", [PACKAGE / "templates"]),
    ]
    options = {**django_templates["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**django_templates, "APP_DIRS": False, "OPTIONS": options}, *others]


@pytest.mark.parametrize("code", blocks("python"))
def test_urlconfs_pass_the_checks(
    code: str, settings: Any, request: pytest.FixtureRequest
) -> None:
    if "urlpatterns = " not in code:
        return
    space: dict[str, Any] = {"__name__": "example", **names_of_the_examples()}
    exec(code, space)
    use_templates(settings, {})
    serve(settings, *space["urlpatterns"])
    found = [message.id for message in run_checks() if "parallel" in message.id]
    found = [code for code in found if code != "parallel_routes.E009"]  # templates of nobody
    if any(page in request.node.name for page in ("declaring", "command")):  # which say so
        found = [code for code in found if code != "parallel_routes.W005"]
    assert found == []


ENGINE = Engine(
    libraries={
        "cache": "django.templatetags.cache",
        "i18n": "django.templatetags.i18n",
        "static": "django.templatetags.static",
        "django_htmx": "django_htmx.templatetags.django_htmx",
        "parallel_routes": "django_parallel_routes.templatetags.parallel_routes",
        "component_tags": "tests.support.other_slot_tag",  # as django-components has it
    },
    builtins=["django.templatetags.i18n", "django_parallel_routes.templatetags.parallel_routes"],
)


@pytest.mark.parametrize("source", blocks("django"))
def test_the_template_examples_of_the_docs_parse(source: str) -> None:
    assert ENGINE.from_string(source).nodelist


def test_what_a_newcomer_copies_loads_the_htmx_that_is_advised() -> None:
    """The FAQ says: take htmx 2 for now."""
    documents = (ROOT / "README.md", *PAGES, ROOT / "examples" / "gallery.py")
    layouts = PACKAGE / "management" / "app_template" / "templates"
    text = text_of((*documents, *layouts.rglob("*.html")))
    tags = re.findall(r"(?<!`){% htmx_script[^%]*%}", text)  # without those in sentences
    assert {*tags} == {"{% htmx_script %}"}


@pytest.mark.parametrize("source", blocks("js"))
def test_scripts_name_only_what_there_is(source: str) -> None:
    for name in re.findall(r"parallelRoutes\.(\w+)", source):
        assert name in {"visit", "refresh", "close", "forget"}
    for name in re.findall(r"parallel-routes:[a-z-]+", source):
        assert f"| `{name}` |" in reference("javascript")


# --- Its recipes do what they say ---


def on_page(name: str, language: str, containing: str) -> str:
    """The one block of a page with a text in it."""
    fences = re.findall(
        rf"^[ ]*```{language}\n(.*?)^[ ]*```$", TEXT[DOCS / name], re.MULTILINE | re.DOTALL
    )
    [found] = [block for block in fences if containing in block]
    return str(found)


def site(settings: Any, name: str, containing: str, **templates: str) -> Window:
    """Serve the URLconf of an example, with these templates and those that the page shows."""
    space: dict[str, Any] = {"__name__": "example", **names_of_the_examples()}
    exec(on_page(name, "python", containing), space)
    shown = re.findall(
        r"^```django\n({# ([\w/]+\.html).*?)^```$", TEXT[DOCS / name], re.MULTILINE | re.DOTALL
    )
    known = {f"{file}.html": source for file, source in templates.items()}
    use_templates(settings, {**known, **{file: source for source, file in shown}})
    return serve(settings, *space["urlpatterns"])


def test_the_first_example_opens_a_photo_over_the_feed(settings: Any) -> None:
    window = site(settings, "index.md", "urlpatterns = ")
    window.hard("/")
    assert window.shows == {"children": "feed", "modal": ""}
    window.soft("/photos/7/")
    assert window.changed == ["modal"]
    assert window.shows["modal.children"] == "photo_modal"
    window.hard("/photos/7/")
    assert window.shows == {"children": "photo", "modal": ""}


def test_the_table_of_which_slot_shows_what(settings: Any) -> None:
    space: dict[str, Any] = {"__name__": "example", **names_of_the_examples()}
    exec(on_page("topics/declaring.md", "python", "analytics=slot(\n            [path("), space)
    serve(settings, *space["urlpatterns"])
    rows = re.findall(
        r"^\| `(/[^`]*)` \| (.*) \| (.*) \| (.*) \|$",
        TEXT[DOCS / "topics/declaring.md"],
        re.MULTILINE,
    )
    assert len(rows) == 3
    for url, *cells in rows:
        slots_of: Any = resolve(url).func
        shown = {
            name: slots_of.match.slots.get(name) for name in ("children", "team", "analytics")
        }
        for match, cell in zip(shown.values(), cells, strict=True):
            assert (match is None) == (cell == "*nothing matches*")
            if match:
                answer = match.view(None).content.decode()
                assert answer == f"<p>{cell}</p>"


def test_the_recipe_for_a_login_in_a_modal_works(settings: Any, db: None) -> None:
    """Wrong passwords are shown in the modal; the right one leads the window on."""
    settings.LOGIN_REDIRECT_URL = "/"
    get_user_model().objects.create_user("ada", password="secret")
    base = '{% load parallel_routes %}<title>Site</title>{% slot %}{% slot "modal" %}'
    window = site(settings, "how-to/auth.md", 'intercept("login")', base=base)
    window.hard("/")
    window.soft("/login/")
    assert window.changed == ["modal"]
    assert "Log in" in window.shows["modal.children"]

    form = {"source_slot": "modal.children", "method": "post"}
    window.soft("/login/", data={"username": "ada", "password": "wrong"}, **form)
    assert window.changed == ["modal.children"]
    assert "correct username" in window.shows["modal.children"]

    answer = window.soft("/login/", data={"username": "ada", "password": "secret"}, **form)
    assert answer["HX-Redirect"] == "/"


def test_the_recipe_for_permissions_works(settings: Any, db: None) -> None:
    """A refusal is shown in the slot, without a link to try again; the others work."""
    space: dict[str, Any] = {"__name__": "example", **names_of_the_examples()}
    exec(on_page("how-to/auth.md", "python", "reports_slot"), space)
    everywhere = layout("{% slot %}{% slot 'reports' %}")
    patterns = slots(
        "", layout=everywhere, children=[path("", says("home"))], reports=space["reports_slot"]
    )
    window = serve(settings, patterns)
    assert window.hard("/").status_code == 200
    assert window.shows == {"children": "home", "reports": "You may not see this."}
    assert "data-pr-retry" not in window.text


ROWS = re.findall(r"^\| (`max-age.*) \| (.*) \| (.*) \|$", TEXT[DOCS / "how-to/caching.md"], re.M)


@pytest.mark.parametrize(("one", "other", "page"), ROWS)
def test_the_table_of_cache_control_is_true(
    settings: Any, one: str, other: str, page: str
) -> None:
    def saying(cell: str, view: Any) -> Any:
        if cell == "nothing":
            return view
        said = (part.partition("=") for part in cell.strip("`").split(", "))
        return cache_control(**{name.replace("-", "_"): value or True for name, _, value in said})(
            view
        )

    children = [path("", saying(other, says("home")))]
    window = serve(settings, slots("", layout=saying(one, layout()), children=children))
    expected = None if page == "nothing" else page.strip("`")
    assert window.hard("/").get("Cache-Control") == expected


def test_the_question_for_a_cdn_is_answered_with_a_redirect(settings: Any) -> None:
    """docs/how-to/cdn.md: who tells of no slots gets the document."""
    [state] = re.findall(rf"-H '{HEADER}: (.*?)'", TEXT[DOCS / "how-to/cdn.md"])
    window = serve(settings, slots("", layout=layout(), children=[path("", says("home"))]))
    headers = {"HX-Request": "true", HEADER: state}
    assert window.client.get("/", headers=headers)["HX-Redirect"] == "/"


def test_vary_fits_into_the_cache_of_nginx(settings: Any) -> None:
    """docs/how-to/cdn.md: with what Django's own middleware adds, it is no longer than 128 bytes."""
    assert len(", ".join(VARY)) == 55
    assert len(", ".join([*VARY, "Cookie", "Accept-Language", "Accept-Encoding"])) <= 128


# --- The command (what it prints: tests/management/commands/test_slots.py) ---


def test_each_option_of_the_command_is_in_the_reference() -> None:
    parser = load_command_class("django_parallel_routes", "slots").create_parser("", "slots")
    django = {*BaseCommand().create_parser("", "slots")._option_string_actions}
    options = set(parser._option_string_actions) - django
    assert "--from" in options
    for name in options:
        assert re.search(rf"^\| `{name}\b", reference("command"), re.MULTILINE), name


# --- Its source is readable ---

MAX_PROSE = 200
"""The longest line of prose, in characters. Rows of tables can't be broken."""
SOURCES = sorted((*PAGES, *ROOT.glob("*.md"), ROOT / "benchmarks" / "README.md"))


@pytest.mark.parametrize("page", SOURCES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_line_of_prose_is_too_long(page: Path) -> None:
    prose = re.sub(r"^ *(```+).*?^ *\1$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    long = [
        line[:60]
        for line in prose.splitlines()
        if len(line) > MAX_PROSE and not line.lstrip().startswith("|")
    ]
    assert not long, f"break these lines, they have more than {MAX_PROSE} characters"

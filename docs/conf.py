"""Sphinx's configuration: ``python -m sphinx -W --keep-going -b html docs …``. Needs no network."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
settings.configure(
    SECRET_KEY="only for the docs",
    INSTALLED_APPS=["django.contrib.contenttypes", "django_htmx", "django_parallel_routes"],
)
django.setup()

import django_parallel_routes  # noqa: E402 - the apps have to be there

project = "django-parallel-routes"
author = "The django-parallel-routes contributors"
copyright = author
release = version = django_parallel_routes.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
if find_spec("sphinx_copybutton"):  # of the dependency group `docs`; the text is the same without
    extensions.append("sphinx_copybutton")
myst_enable_extensions = ["deflist", "colon_fence", "attrs_block"]
myst_heading_anchors = 3  # links to headings, as GitHub makes them

nitpicky = True
autodoc_typehints = "none"  # docstrings say what an argument takes
autodoc_preserve_defaults = True
autodoc_member_order = "bysource"
autodoc_mock_imports = ["debug_toolbar"]

html_theme = "furo"
html_title = "django-parallel-routes"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_copy_source = False
REPOSITORY = "https://github.com/django-parallel-routes/django-parallel-routes"
html_theme_options = {
    "navigation_with_keys": False,
    "source_repository": f"{REPOSITORY}/",  # links to edit and view the source of each page
    "source_branch": "main",
    "source_directory": "docs/",
    "footer_icons": [
        {"name": "Repository", "url": REPOSITORY, "html": "Repository", "class": ""},
    ],
}
copybutton_prompt_text = "$ "  # which is not copied
pygments_style = "friendly"
pygments_dark_style = "github-dark"

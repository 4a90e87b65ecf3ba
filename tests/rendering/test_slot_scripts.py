"""``{% slot_scripts %}``: the place in a layout for the scripts of its slots."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import path

from django_parallel_routes import slot, slots
from django_parallel_routes.rendering.markup import SCRIPTS, move_scripts
from tests.window import layout, serve

LAYOUT = (
    "<body>{% slot %}{% slot 'side' %}<script src=/jquery.js></script>{% slot_scripts %}</body>"
)


def page(name: str) -> Any:
    return layout(
        f"<p>{name}</p><script src='/jquery.js'></script><script type='module'>{name}()</script>"
        f"{{{{ data|json_script:'{name}' }}}}"
    )


@pytest.mark.parametrize("engine", ["django", "jinja2"])
def test_scripts_of_slots_stand_where_the_layout_says(settings: Any, engine: str) -> None:
    """B64: in order, after the libraries; a file once. Data stay in their place."""
    source = LAYOUT
    if engine == "jinja2":
        source = LAYOUT.replace("{% slot %}", "{{ slot() }}").replace(
            "{% slot 'side' %}", "{{ slot('side') }}"
        )
        source = source.replace("{% slot_scripts %}", "{{ slot_scripts() }}")
    window = serve(
        settings,
        slots(
            "",
            layout=layout(source, engine),
            children=[path("", page("main"))],
            side=slot([], default=page("side")),
        ),
    )
    html = window.hard("/").content.decode()
    end = html.partition("<script src=/jquery.js></script>")[2]
    assert (
        end == "<script type='module'>main()</script><script type='module'>side()</script></body>"
    )
    assert html.count("jquery") == 1
    assert html.index("<p>main</p>") < html.index("application/json")
    soft = window.soft("/").content.decode()
    assert "parallel-routes-scripts" not in soft


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        ("<p>A</p>", ""),
        ("<SCRIPT>a</SCRIPT>", "<SCRIPT>a</SCRIPT>"),
        ("<script type=''>a</script>", "<script type=''>a</script>"),
        ("<script type='text/JavaScript'>a</script>", "<script type='text/JavaScript'>a</script>"),
        ("<script type='text/x-template'>a</script>", ""),
        ("<template><template></template><script>a</script></template>", ""),
        ("<!-- <script>a</script> --><textarea><script>b</script></textarea>", ""),
    ],
)
def test_only_what_would_run_is_moved(html: str, scripts: str) -> None:
    parts = ["<p>", html, SCRIPTS]
    move_scripts(parts)
    assert parts == ["<p>", html.replace(scripts, "") if scripts else html, scripts]

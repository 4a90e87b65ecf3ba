"""The wire format, and what becomes of headers that the script would never send (B53)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from django.test import Client, override_settings
from django.urls import path
from hypothesis import example, given, settings as hypothesis, strategies as st

import django_parallel_routes
from django_parallel_routes import slot, slots
from django_parallel_routes.client.exchange import state_header
from django_parallel_routes.protocol.state import (
    HEADER,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_SLOTS,
    BadState,
    Intent,
    MountedSlot,
    State,
    parse_state,
)
from tests.window import Pages, Window, layout, serve

KEY = "00112233aabbccdd"
SLOT = ["page", "/d/?q=1", KEY]
SCRIPTS = Path(django_parallel_routes.__file__).parent / "static" / "django_parallel_routes"

# --- The format ---


def test_a_state_is_parsed_to_values() -> None:
    """B53: what the script sends, as documented in ``state.py``."""
    state = parse_state(
        state_header(
            {
                "intent": "restore",
                "slots": {"children.team": SLOT, "a": ["layout", "/d/%20x/", KEY]},
                "source_slot": "children.team",
                "target_slot": "a",
                "restore": {"a": ["empty", "/", KEY]},
            }
        )
    )
    assert state == State(
        "restore",
        {
            "children.team": MountedSlot("page", "/d/?q=1", KEY),
            "a": MountedSlot("layout", "/d/%20x/", KEY),
        },
        source_slot="children.team",
        target_slot="a",
        restore={"a": MountedSlot("empty", "/", KEY)},
    )
    assert state.slots["a"].path == "/d/ x/"
    assert parse_state('{"intent": "slot"}') == State("slot")


def test_slots_are_texts_that_name_their_urls_and_the_viewer() -> None:
    """B53: as the script writes it, in few bytes."""
    one, two = f"{KEY}-12345678", f"{KEY}-87654321"
    slots = {"a": ["page", "/d/", one], "b": ["empty", "/", KEY, "/d/"], "c": ["layout", "/", two]}
    state = {"intent": "restore", "slots": slots, "restore": {"d": ["intercepted", "/x/?q", one]}}
    header = state_header(state)
    assert json.loads(header) == {
        "intent": "restore",
        "slots": {"a": f"p0.{KEY}-", "b": f"e1.{KEY}.0", "c": f"l1.{two}"},
        "restore": {"d": f"i2.{KEY}-"},
        "urls": ["/d/", "/", "/x/?q"],
        "viewer": "12345678",
    }
    parsed = parse_state(header)
    assert (*parsed.slots.values(), *parsed.restore.values()) == (
        MountedSlot("page", "/d/", one),
        MountedSlot("empty", "/", KEY, "/d/"),
        MountedSlot("layout", "/", two),
        MountedSlot("intercepted", "/x/?q", one),
    )


@pytest.mark.parametrize("viewer", ["", "-12345678"])
def test_a_slot_takes_40_bytes_at_most(viewer: str) -> None:
    """B53: a header is bounded, so each slot takes little of it."""
    names = [f"children.panel{number}" for number in range(MAX_SLOTS)]
    slots = {name: ["page", "/dashboard/", KEY + viewer, "/dashboard/"] for name in names}
    longest = max(map(len, names)) - len("panel63")
    size = len(state_header({"intent": "navigate", "slots": slots}))
    assert size - MAX_SLOTS * longest <= 40 * MAX_SLOTS


def _short(slot: str = f"p0.{KEY}", **more: Any) -> str:
    return json.dumps({"intent": "navigate", "slots": {"a": slot}, "urls": ["/"], **more})


def _slots(src: Any = "/d/?q=1", key: str = KEY, address: str = "a") -> str:
    slots = {address: f"p0.{key}"}
    return json.dumps({"intent": "navigate", "slots": slots, "urls": [src]})


BAD = {
    "empty": "",
    "no JSON": "{",
    "text": "navigate",
    "a number": "7",
    "infinity": "Infinity",
    "null": "null",
    "a list": '["navigate"]',
    "no intent": "{}",
    "unknown intent": '{"intent": "steal"}',
    "intent is a list": '{"intent": ["navigate"]}',
    "intent is an object": '{"intent": {}}',
    "slots is a list": '{"intent": "navigate", "slots": []}',
    "slots is null": '{"intent": "navigate", "slots": null}',
    "a slot is an object": '{"intent": "navigate", "slots": {"a": {}}}',
    "a slot is a list": json.dumps({"intent": "navigate", "slots": {"a": SLOT}}),
    "no key": _slots(key=""),
    "a text without a key": _short("p0"),
    "a text of an unknown variant": _short(f"s0.{KEY}"),
    "a text with a key in upper case": _short(f"p0.{KEY.upper()}"),
    "a text with more after it": _short(f"p0.{KEY}.0.0"),
    "a text with a newline": _short(f"p0.{KEY}\n"),
    "a text with other digits": _short(f"p\u0660.{KEY}"),
    "a text of no URL": _short(f"p1.{KEY}"),
    "a text of a URL before the first": _short(f"p-1.{KEY}"),
    "a text printed for no URL": _short(f"p0.{KEY}.1"),
    "a text without the viewer": _short(f"p0.{KEY}-"),
    "a viewer that is no text": _short(viewer=12345678),
    "a viewer that is no viewer": _short(f"p0.{KEY}-", viewer="1234567g"),
    "urls is an object": _short(urls={"0": "/"}),
    "urls has a number": _short(urls=[0]),
    "urls has an empty one": _short(urls=[""]),
    "urls has another origin": _short(urls=["//evil.example/"]),
    "too many urls": _short(urls=["/"] * (4 * MAX_SLOTS + 1)),
    "a key in upper case": _slots(key=KEY.upper()),
    "a key with a newline": _slots(key=KEY + "\n"),
    "a long key": _slots(key=KEY + "0"),
    "src of another origin": _slots(src="https://evil.example/d/"),
    "src without a scheme": _slots(src="//evil.example/d/"),
    "src with backslashes": _slots(src="/\\evil.example/d/"),
    "src with escaped backslashes": _slots(src="/%5Cevil.example/d/"),
    "src is relative": _slots(src="d/"),
    "src is empty": _slots(src=""),
    "src is a script": _slots(src="javascript:alert(1)"),
    "src with a null byte": _slots(src="/d/\x00"),
    "src with an escaped null byte": _slots(src="/d/%00"),
    "src with a newline": _slots(src="/d/\r\nSet-Cookie: a=b"),
    "src with an escaped newline": _slots(src="/d/%0d%0a"),
    "src with a space": _slots(src="/d/ x"),
    "src that is not ASCII": _slots(src="/d/é"),
    "src with a lone surrogate": '{"intent": "navigate", "slots": {}, "urls": ["/\\ud800"]}',
    "src that goes up": _slots(src="/d/../admin/"),
    "src that goes up, escaped": _slots(src="/d/%2e%2e/admin/"),
    "src that goes up at the end": _slots(src="/d/.."),
    "src that stays": _slots(src="/d/./x/"),
    "src is a number": _slots(src=1),
    "address with a script": _slots(address="<script>"),
    "address with a dot at the end": _slots(address="a."),
    "address with two dots": _slots(address="a..b"),
    "address with a newline": _slots(address="a\n"),
    "address that is not ASCII": _slots(address="é"),
    "address of Python's": _slots(address="__class__"),
    "too deep an address": _slots(address=".".join(["a"] * (MAX_DEPTH + 1))),
    "from is a number": '{"intent": "navigate", "source_slot": 1}',
    "from is null": '{"intent": "navigate", "source_slot": null}',
    "only is no address": '{"intent": "navigate", "target_slot": "a b"}',
    "want is a list": '{"intent": "restore", "restore": [1]}',
    "reads is a list": '{"intent": "navigate", "tables": []}',
    "reads of a number": '{"intent": "navigate", "tables": {"a": 1}}',
    "reads of an empty address": '{"intent": "navigate", "tables": {"": "00ff"}}',
    "reads of no address": '{"intent": "navigate", "tables": {"a b": "00ff"}}',
    "again is an object": '{"intent": "refresh", "refresh": {}}',
    "again has no addresses": '{"intent": "refresh", "refresh": [1]}',
    "again has an empty address": '{"intent": "refresh", "refresh": ["a", ""]}',
    "again is too long": json.dumps({"intent": "refresh", "refresh": ["a"] * (MAX_SLOTS + 1)}),
    "too many slots": json.dumps(
        {
            "intent": "navigate",
            "slots": {f"s{n}": f"p0.{KEY}" for n in range(MAX_SLOTS + 1)},
            "urls": ["/"],
        }
    ),
    "too deep lists": "[" * 4000,
    "too deep objects": '{"a":' * 800,
    "a huge number": "1" * 4096,
    "4,097 bytes": json.dumps({"intent": "navigate", "x": ""}).replace('""', '"%s"')
    % ("x" * (MAX_LENGTH + 1 - len(json.dumps({"intent": "navigate", "x": ""})))),
}


@pytest.mark.parametrize("header", BAD.values(), ids=BAD.keys())
def test_a_header_that_the_script_would_not_send_is_bad_state(header: str) -> None:
    """B53: "parsed defensively, bounded in size and depth"."""
    with pytest.raises(BadState):
        parse_state(header)


def test_the_bounds_are_inclusive() -> None:
    """B53: exactly so long, so many and so deep is still fine."""
    assert parse_state(_slots(address=".".join(["a"] * MAX_DEPTH)))
    many = {f"s{number}": ["page", "/", KEY] for number in range(MAX_SLOTS)}
    assert len(parse_state(state_header({"intent": "navigate", "slots": many})).slots) == MAX_SLOTS
    padding = "x" * (MAX_LENGTH - len('{"intent": "navigate", "x": ""}'))
    header = '{"intent": "navigate", "x": "%s"}' % padding
    assert len(header) == MAX_LENGTH
    assert parse_state(header) == State("navigate")
    assert len(BAD["4,097 bytes"]) == 4097


def test_of_duplicate_keys_the_last_one_counts() -> None:
    """B53: JSON's duplicates are not two slots, and each is checked as any other."""
    one, two = f'"a": "p0.{KEY}"', f'"a": "d1.{KEY}"'
    state = parse_state(
        '{"intent": "navigate", "intent": "slot", "slots": {%s, %s}, "urls": ["/", "/x/"]}'
        % (one, two)
    )
    assert state.intent == "slot"
    assert state.slots["a"].src == "/x/"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["intent", "slots", "restore", "a"]) | st.text(max_size=5), inner
        )
    ),
    max_leaves=12,
)
WORDS = st.sampled_from(["page", "layout", "default", "empty", "navigate", KEY, "/d/", "a.b", ""])
ANY_TEXT = st.from_regex(r"\A[pilde]?[0-9]{0,2}\.[0-9a-f]{16}-?(\.[0-9])?\Z") | st.text()
ANY_SLOT = ANY_TEXT | st.lists(WORDS | st.text(max_size=12) | JSON, min_size=2, max_size=4)
ANY_SLOTS = st.dictionaries(
    st.sampled_from(["a", "a.b", "children", "a..b"]) | st.text(max_size=6), ANY_SLOT, max_size=4
)
STATES = st.fixed_dictionaries(
    {"intent": st.sampled_from(["navigate", "restore", "slot", "refresh"])},
    optional={
        "refresh": st.lists(WORDS | JSON, max_size=3) | JSON,
        "slots": ANY_SLOTS | JSON,
        "restore": ANY_SLOTS | JSON,
        "urls": st.lists(WORDS | JSON, max_size=3) | JSON,
        "viewer": st.sampled_from(["12345678", ""]) | JSON,
        "source_slot": WORDS | JSON,
        "target_slot": WORDS | JSON,
    },
)


@given(st.one_of(st.text(), JSON.map(json.dumps), STATES.map(json.dumps)))
@example("{")
@example(_short())
@hypothesis(max_examples=120, deadline=None)
def test_any_header_is_a_state_or_bad_state(header: str) -> None:
    """B53: "parsed defensively": a ``State`` with nothing but plain values in it, or ``BadState``."""
    try:
        state = parse_state(header)
    except BadState:
        return
    assert state.intent in get_args(Intent)
    for address, mounted in {**state.slots, **state.restore}.items():
        assert address == "" or re.fullmatch(r"\w+(\.\w+)*", address, re.ASCII)
        assert mounted.variant in ("page", "intercepted", "layout", "default", "empty")
        assert re.fullmatch("/(?!/)[!-~]*", mounted.src)
        assert re.fullmatch("[0-9a-f]{16}(-12345678)?", mounted.key)
        assert ".." not in mounted.path.split("/")


def test_no_slot_has_an_empty_address() -> None:
    """B53: "can name nothing": an empty address is no slot, only the absence of one."""
    with pytest.raises(BadState):
        parse_state(_slots(address=""))


# --- Script and server agree ---


def test_the_script_knows_the_same_protocol() -> None:
    """The protocol is defined in one module; the script repeats two constants."""
    script = (SCRIPTS / "parallel-routes.js").read_text()  # the readable one
    assert f'HEADER = "{HEADER}"' in script
    assert re.search(r"MAX_LENGTH = (\d+)", script)[1] == str(MAX_LENGTH)
    for word in get_args(Intent):
        assert f'"{word}"' in script


# --- The whole stack ---

pages = Pages()
TREE = slots(
    "d/",
    layout=pages.layout(
        "layout", "{% slot %}{% if request.GET.staff %}{% slot 'staff' %}{% endif %}"
    ),
    children=[
        path("", pages("home")),
        path("a/", pages("a")),
        slots(
            "n/<slug:id>/",
            layout=pages.layout("inner", "{% slot %}{% slot 'x' %}"),
            children=[path("", pages("n"))],
            x=slot([path("x/", pages("x"))], default=pages("x default")),
        ),
        path("<path:rest>", pages("rest")),
    ],
    staff=slot(
        [path("", pages("staff")), path("a/", pages("staff a"))],
        default=pages("staff default"),
        unmatched="default",
    ),
)
URLCONF = ModuleType("tests.urls.hostile")
URLCONF.urlpatterns = [
    TREE,
    slots("other/", layout=layout(), children=[path("", pages("other"))]),
    path("plain/", pages("plain")),
]


@pytest.fixture
def window(settings: Any) -> Window:
    settings.ROOT_URLCONF = URLCONF
    pages.forget()
    return Window()


@pytest.mark.parametrize("kind", ["empty", "too deep lists", "src of another origin"])
@pytest.mark.parametrize("url", ["/d/a/", "/d/n/1/"])
def test_bad_state_is_answered_with_the_full_page(window: Window, url: str, kind: str) -> None:
    """B53: "Malformed, outdated or hostile state falls back to a full load, never to a 500"."""
    plain = window.client.get(url)
    answer = window.client.get(url, headers={HEADER: BAD[kind], "HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.content == plain.content
    assert HEADER not in answer


HOSTILE_SRC = st.sampled_from(
    [
        "/d/",
        "/d/a/",
        "/d/n/1/",
        "/d/n/1/x/",
        "/d/n/%ff/",
        "/d/%2F%2F/",
        "/d/%25%30%30/",
        "/other/",
        "/plain/",
        "/d/?a=%00&b=%ff",
        "/?" + "&" * 1100,
        "/gone/",
        "/d/a/?" + "a=1&" * 200,
        "/%E2%80%AE",
        "/d/" + "n/1/" * 100,
    ]
)
ADDRESSES = st.sampled_from(
    [
        "children",
        "staff",
        "children.x",
        "children.children",
        "nobody",
        "staff.x",
        "x.y.z",
        "layout",
    ]
)


@st.composite
def hostile(draw: Any) -> dict[str, Any]:
    """Valid in form, with keys that were given out for this very page or another, or made up."""
    keys = st.sampled_from([*draw(st.just(KEYS)), "0" * 16])
    a_slot = st.tuples(st.sampled_from(["page", "layout", "default", "empty"]), HOSTILE_SRC, keys)
    some = st.dictionaries(ADDRESSES, a_slot, max_size=5)
    return {
        "intent": draw(st.sampled_from(["navigate", "restore", "slot"])),
        "slots": draw(some),
        "restore": draw(some),
        "source_slot": draw(ADDRESSES | st.just("")),
        "target_slot": draw(ADDRESSES | st.just("")),
    }


def _keys() -> list[str]:
    found = set()
    with override_settings(ROOT_URLCONF=URLCONF):
        for url in ("/d/", "/d/?staff=1", "/d/a/", "/d/n/1/", "/d/n/2/", "/other/"):
            window = Window()
            window.hard(url)
            found |= {slot.key for slot in window.slots.values()}
    return sorted(found)


KEYS: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def _collect_keys() -> None:
    KEYS[:] = _keys()


@given(
    st.data(),
    st.sampled_from(["/d/", "/d/a/", "/d/n/1/", "/d/n/1/x/", "/d/n/%ff/", "/other/", "/d/%00/"]),
    st.sampled_from(["get", "post", "head", "put", "options"]),
)
@hypothesis(max_examples=120, deadline=None)
def test_no_state_makes_a_500(data: Any, url: str, method: str) -> None:
    """B53: "Malformed, outdated or hostile state falls back to a full load, never to a 500"."""
    header = data.draw(st.text(st.characters(codec="ascii")) | hostile().map(state_header))
    with override_settings(ROOT_URLCONF=URLCONF):
        pages.forget()
        sent = {HEADER: header, "HX-Request": "true"}
        answer = getattr(Client(raise_request_exception=True), method)(url, headers=sent)
    assert answer.status_code in (200, 400, 404)


def test_a_slot_that_no_layout_printed_is_never_run(window: Window) -> None:
    """B53, S46: state "can name nothing that the user could not GET": without its key, no slot is run."""
    window.hard("/d/")
    mounted = window.mounted
    assert list(mounted) == ["children"]
    foreign = {
        "made up": KEY,
        "of another slot": mounted["children"][2],
        "of another segment": Window()
        .hard("/other/")
        .content.decode()
        .split('data-pr-key="')[1][:16],
    }
    for name, key in foreign.items():
        state = {**mounted, "staff": ["page", "/d/", key]}
        for send in (
            {"intent": "navigate", "slots": state},
            {"intent": "navigate", "slots": state, "target_slot": "staff"},
            {"intent": "restore", "slots": state, "restore": {"staff": state["staff"]}},
            {"intent": "slot", "slots": state, "source_slot": "staff"},
        ):
            for method in ("get", "post"):
                pages.forget()
                answer = getattr(window.client, method)(
                    "/d/a/", headers={HEADER: json.dumps(send), "HX-Request": "true"}
                )
                assert answer.status_code < 500
                assert not {"staff", "staff a", "staff default"} & set(pages.called), (name, send)


def test_a_slot_that_was_printed_is_run_with_its_key(window: Window) -> None:
    """B53: the counterpart of the test above: it is the key that makes the difference."""
    window.hard("/d/?staff=1")
    pages.forget()
    window.soft("/d/a/")
    assert pages.called == ["a", "staff a"]


@pytest.mark.parametrize("address", ["nobody", "children.nobody", "staff.x", "layout"])
def test_unknown_slots_are_ignored(window: Window, address: str) -> None:
    """B53: "unknown slots": they are as good as not there."""
    window.hard("/d/")
    key = window.mounted["children"][2]
    pages.forget()
    state = {"intent": "navigate", "slots": {**window.mounted, address: ["page", "/d/", key]}}
    window.send("/d/a/", {**state, "source_slot": address})
    assert (window.changed, pages.called) == (["children"], ["a"])
    window.send("/d/a/", {**state, "target_slot": address})
    if address == "children.nobody":  # inside children: the slot that would hold it changes
        assert window.changed == ["children"]
    else:
        assert window.response["HX-Redirect"] == "/d/a/"


def test_a_key_is_of_one_address_segment_and_prefix(window: Window) -> None:
    """B53: a key for ``n/1/`` is none for ``n/2/``, one of a slot none for its sibling."""
    window.hard("/d/n/1/")
    one = window.mounted
    window.hard("/d/n/2/")
    two = window.mounted
    assert one["children"][2] == two["children"][2]
    assert one["children.x"][2] != two["children.x"][2]
    assert len({key for _, _, key in [*one.values(), *two.values()]}) == 5


def test_keys_depend_on_the_secret(window: Window, settings: Any) -> None:
    """B53: a key is a signature: nobody without ``SECRET_KEY`` makes one."""
    window.hard("/d/")
    before = window.mounted
    for secret in ("another secret", b"\xff bytes"):
        settings.SECRET_KEY = secret
        window.hard("/d/")
        assert window.mounted["children"][2] != before["children"][2]
        assert (
            window.send("/d/a/", {"intent": "navigate", "slots": before})["HX-Redirect"] == "/d/a/"
        )


def test_htmxs_own_headers_are_not_believed(window: Window) -> None:
    """B53: ``HX-Current-URL`` does not say what is on screen, least of all that of another origin."""
    window.hard("/d/")
    for current in ("https://evil.example/d/n/1/", "javascript:alert(1)", "\x01", "//", "/d/n/1/"):
        pages.forget()
        sent = {"HX-Current-URL": current, "HX-Target": "slot-staff", "HX-Trigger": "x"}
        window.soft("/d/a/", headers=sent)
        assert (window.changed, pages.called) == (["children"], ["a"])
        assert "evil" not in str(window.response.headers)


def test_a_history_restore_request_of_htmx_gets_the_full_page(window: Window) -> None:
    """B52: "One URL, two representations": htmx asks for the document, and gets it, whatever the state."""
    plain = window.hard("/d/a/").content
    pages.forget()
    response = window.soft("/d/a/", headers={"HX-History-Restore-Request": "true"})
    assert response.content == plain
    assert HEADER not in response
    assert "layout" in pages.called


def test_an_htmx_request_without_state_gets_the_full_page(window: Window) -> None:
    """B52: only the state header makes an answer a soft one."""
    plain = window.hard("/d/a/").content
    response = window.client.get("/d/a/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert response.content == plain


def test_a_restored_slot_may_not_leave_slots(window: Window) -> None:
    """B53: what is wanted is shown only if its URL leads to that very slot of a ``slots()``."""
    window.hard("/d/")
    shows, _, key = window.mounted["children"]
    for src in ("/plain/", "/other/", "/gone/", "/d/%2e/", "/", "/d"):
        pages.forget()
        want = {"children": [shows, src, key]}
        response = window.send(
            "/d/", {"intent": "restore", "slots": window.mounted, "restore": want}
        )
        if response.status_code == 200 and "HX-Redirect" in response:
            assert response["HX-Redirect"] == "/d/"
        else:
            assert HEADER not in response  # not well-formed: the full page
        assert not {"plain", "other"} & set(pages.called), src


def test_markup_in_urls_is_escaped_in_the_page(settings: Any) -> None:
    """B53: what a URL holds can't break out of the state's attributes."""
    window = serve(
        settings, slots("", layout=layout(), children=[path("<path:rest>", pages("rest"))])
    )
    response = window.hard("/%22%3E%3Cscript%3E/?q=\"><script>&x='")
    assert b"<script>" not in response.content
    assert window.slots["children"].src == response.wsgi_request.get_full_path()

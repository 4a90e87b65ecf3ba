"""URLs that lead elsewhere than they seem to: nothing that is printed or sent leaves the site (B53)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from tests.http.test_responses import answering, plain, two
from tests.window import HEADER, Pages, Window, layout, serve


def urls_of(answer: Any) -> list[str]:
    """Every value of a header, and every value of an attribute, that an answer has."""
    text = answer.getvalue().decode() if answer.streaming else answer.content.decode()
    return [*answer.headers.values(), *re.findall(r'"([^"]*)"', text)]


def assert_stays(answer: Any) -> None:
    for value in urls_of(answer):
        for url in re.split(r"url=|;\s*", value):
            assert not re.match(r"[/\\]{2}", url), value


@pytest.fixture
def window(settings: Any, pages: Pages) -> Window:
    """Any path is a page, beside a slot that comes later, and one in which ``b/…`` opens."""
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not name.endswith("CommonMiddleware")
    ]
    close = "{% load parallel_routes %}<a href='{% close_url %}'>x</a>"
    modal = layout(f"{close}{{% slot %}}".replace("'", '"'))
    return serve(
        settings,
        slots(
            "<path:start>/-/",
            layout=layout("{% slot %}"),
            children=slot([path("<path:rest>", pages("inner"))], default=pages("inner default")),
        ),
        slots(
            "",
            layout=layout(
                "{% parallel_routes_script %}{% slot %}{% slot 'late' %}{% slot 'modal' %}<body>"
            ),
            children=slot(
                [
                    path("", pages("home")),
                    path("<path:rest>/photo/", pages("photo"), name="photo"),
                    path("<path:rest>", pages("page")),
                ],
            ),
            late=slot([], default=pages("late"), loading=pages("loading"), unmatched="refresh"),
            modal=slot([intercept("photo", pages("m"))], layout=modal, default=None),
        ),
    )


PATHS = [
    *("/%2Fevil.example/", "/%2Fevil.example", "/%2F/evil.example/", "/%2F%2Fevil.example/a/"),
    *("/%5Cevil.example/", "/%2F%5Cevil.example/", "/%2F@evil.example/", "/%2Fevil.example:80/"),
]


@pytest.mark.parametrize("url", PATHS)
def test_a_path_that_begins_with_two_slashes_is_no_host(window: Window, url: str) -> None:
    """Without JavaScript, the page would otherwise be refreshed to another site."""
    page = window.hard(url)
    assert page.status_code == 200
    assert_stays(page)
    assert window.slots["children"].src == url.replace("%2F%2F", "%2F/")
    assert "url=/%2F" in page.content.decode() or "%5C" in url
    inner = window.client.get(f"{url.rstrip('/')}/-/x/")
    assert_stays(inner)


@pytest.mark.parametrize("url", PATHS)
def test_no_soft_answer_leads_to_another_host(window: Window, url: str) -> None:
    """Nor does any header of a response to the script."""
    window.hard("/home/")
    home = window.entry
    photo = f"{url.rstrip('/')}/photo/"
    for answer in (
        window.soft(url),
        window.soft(photo),
        window.restore(home),
        window.soft(url),
        window.refresh("children"),
        window.soft(url, method="post", source_slot="children"),
        window.slot(url, "children"),
        window.send(url, {"intent": "navigate", "slots": {}}),
        window.send(url, {"intent": "refresh", "slots": {}, "refresh": ["children"]}),
        window.send(url, "{"),
        window.client.get(url, headers={"HX-Request": "true"}),
    ):
        assert_stays(answer)
    assert window.hard(url).status_code == 200


def test_a_slot_of_such_a_url_comes_back_like_any_other(window: Window) -> None:
    """S33, S38: its URL is the one that the script says."""
    window.hard("/%2Fevil.example/")
    entry = window.entry
    assert window.soft("/x/")[HEADER] == "/x/"
    assert window.restore(entry)[HEADER] == "/%2Fevil.example/"
    assert window.shows["children"] == "page"
    assert window.soft("/%2Fevil.example/b/")[HEADER] == "/%2Fevil.example/b/"
    assert window.refresh("children")[HEADER] == "stay"


def test_a_modal_over_a_page_at_two_slashes_closes_to_it(window: Window) -> None:
    """B35: the link that closes it leads to the page beneath."""
    window.hard("/%2Fevil.example/")
    answer = window.soft("/x/photo/")
    assert b'href="/%2Fevil.example/"' in answer.content


def test_a_redirect_relative_to_such_a_url_stays(settings: Any, db: None) -> None:
    """B54: a login leads back to it."""
    window = serve(
        settings,
        slots(
            "", layout=layout(), children=[path("<path:rest>", login_required(plain), name="any")]
        ),
        path("accounts/login/", plain),
    )
    url = "/%2Fevil.example/"
    answer = window.client.get(url, headers={HEADER: "{}"})
    assert answer["HX-Redirect"] == "/accounts/login/?next=/%252Fevil.example/"
    window.client.force_login(get_user_model().objects.create_user("ada"))
    state = '{"intent": "navigate", "slots": {}}'
    assert window.client.get(url, headers={HEADER: state})["HX-Redirect"] == url


# --- Redirects that no script should follow ---


def raw(location: str) -> Any:
    """A view that redirects, unchecked."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=302, headers={"Location": location})

    return view


LOCATIONS = [
    *(
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
    ),
    *("\x01javascript:alert(1)", "data:text/html,<script>1</script>", "vbscript:x"),
    *("mailto:a@example.com", "app://callback", "http://[::1", "https://a]b/", "//[::1"),
]


@pytest.mark.parametrize("location", LOCATIONS)
def test_a_redirect_to_no_web_page_is_left_to_the_browser(settings: Any, location: str) -> None:
    """htmx would run ``HX-Redirect: javascript:…``. A malformed IPv6 address is no 500, either."""
    window = two(settings, raw(location))
    window.hard("/x/")
    _, _, key = window.mounted["children"]
    state = {"slots": window.mounted, "restore": {"children": ["page", "/", key]}}
    assert window.client.get("/")["Location"] == location
    for ask in ("navigate", "restore"):
        answer = window.send("/", {"intent": ask, **state})
        assert (answer.status_code, answer["HX-Redirect"]) == (200, "/")
    assert window.send("/", "{")["HX-Redirect"] == "/"
    for answer in (
        window.soft("/", method="post", source_slot="children"),
        window.slot("/", "children"),
    ):
        assert (answer.status_code, answer["Location"]) == (302, location)
        assert "HX-Redirect" not in answer


def test_a_redirect_to_no_web_page_refreshes_nothing(settings: Any) -> None:
    """Nor is it a 500 if the view of the form has called ``refresh()``."""

    def view(request: HttpRequest) -> HttpResponse:
        refresh(request, "side")
        return raw("http://[::1")(request)  # type: ignore[no-any-return]

    window = two(settings, view)
    window.hard("/x/")
    answer = window.soft("/", method="post", source_slot="children")
    assert (answer.status_code, answer["Location"]) == (302, "http://[::1")


def test_a_refusal_to_redirect_is_said(settings: Any, caplog: Any) -> None:
    """Nothing is swallowed: the terminal tells of it."""
    window = two(settings, raw("javascript:alert(1)"))
    window.hard("/x/")
    window.soft("/")
    assert "redirects to 'javascript:alert(1)', which is no http(s) URL" in caplog.text


@pytest.mark.parametrize(
    ("schemes", "location", "expected"),
    [
        (["app"], "app://callback?code=1", "app://callback?code=1"),
        (["mailto"], "mailto:a@example.com", "mailto:a@example.com"),
        (["javascript"], "javascript:alert(1)", None),
    ],
)
def test_a_scheme_that_a_response_allows_is_followed(
    settings: Any, schemes: list[str], location: str, expected: str | None
) -> None:
    """B61: as without JavaScript, also after a form; a script is none of them."""

    class Redirect(HttpResponseRedirect):
        allowed_schemes = schemes

    window = two(settings, lambda request: Redirect(location))
    window.hard("/x/")
    answer = window.soft("/", method="post", source_slot="children")
    assert answer.get("HX-Redirect") == expected


# --- URLs that views and visitors write ---


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("//evil.example/", "stay"),
        ("https://evil.example/", "stay"),
        ("javascript:alert(1)", "stay"),
        ("http://[::1", "stay"),
        ("http://testserver/x/?a=1", "/x/?a=1"),
        ("http://testserver//x/", "/%2Fx/"),
        ("?page=2", "/?page=2"),
        ("\\\\evil.example/", "/%5C%5Cevil.example/"),
        ("true", "/"),
    ],
)
def test_the_address_bar_shows_no_url_of_another_site(
    settings: Any, said: str, expected: str
) -> None:
    """B19: a view's ``HX-Push-Url`` is a URL of this site; the browser would throw an error."""
    for name in ("HX_Push_Url", "HX_Replace_Url"):
        window = two(settings, answering(**{name: said}))
        window.hard("/x/")
        assert window.soft("/")[HEADER] == expected


def test_a_line_break_in_a_url_is_no_header(window: Window) -> None:
    """B53: what a browser has quoted stays so in every header."""
    url = "/a%0dX-Evil:%201/"  # no converter takes a line feed
    window.hard("/x/")
    for answer in (window.soft(url), window.send(url, "{"), window.client.get(url)):
        assert "X-Evil" not in answer
    window.hard("/x/")
    assert window.soft(url)[HEADER] == "/a%0DX-Evil:%201/"

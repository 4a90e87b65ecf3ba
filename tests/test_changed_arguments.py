"""Arguments of a URL that middleware or a decorator changes are changed for all its views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import CO_COROUTINE
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from django_parallel_routes import slot, slots
from tests.support.decorated_includes import decorating
from tests.window import Pages, layout, serve

ALL = "{% slot %}{% slot 'side' %}"


def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("view")


def drops_and_adds(get_response: Callable[..., Any]) -> Any:
    """Middleware as projects with a tenant in the URL have it."""

    class Drops:
        def __call__(self, request: HttpRequest) -> Any:
            return get_response(request)

        def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
            request.tenant = kwargs.pop("tenant")  # type: ignore[attr-defined]
            kwargs["year"] += 1
            kwargs["added"] = True

    return Drops()


def test_what_middleware_changes_in_the_arguments_holds_for_all_views(settings: Any) -> None:
    """B54: each view is called as it would be alone."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.drops_and_adds"]
    pages = Pages()
    window = serve(
        settings,
        path(
            "<slug:tenant>/",
            include(
                [
                    slots(
                        "<int:year>/",
                        layout=pages.layout("layout", ALL + "{% slot 'most' %}"),
                        children=[path("<int:id>/", pages("page"))],
                        side=slot([path("<str:word>/", pages("side"))], default=None),
                        most=slot(
                            [path("most/read/", pages("most"), name="most")], default="most"
                        ),
                    )
                ]
            ),
        ),
    )
    window.hard("/red/26/7/")
    assert pages.kwargs["most"] == {"year": 27, "added": True}
    assert pages.kwargs["layout"] == {"year": 27, "added": True}
    assert pages.kwargs["page"] == {"year": 27, "added": True, "id": 7}
    assert pages.kwargs["side"] == {"year": 27, "added": True, "word": "7"}


def test_the_test_of_an_enclosing_slot_sees_what_middleware_has_changed(settings: Any) -> None:
    """B54, B71: as the layout around it, which prints it."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.drops_and_adds"]
    pages, asked = Pages(), []

    def test(request: HttpRequest) -> bool:
        assert request.resolver_match
        asked.append(request.resolver_match.kwargs)
        return True

    window = serve(
        settings,
        path(
            "<slug:tenant>/",
            include(
                [
                    slots(
                        "<int:year>/",
                        layout=pages.layout("layout", "{% slot %}"),
                        children=slot(
                            [
                                slots(
                                    "in/",
                                    layout=pages.layout("inner", "{% slot %}"),
                                    children=[path("<int:id>/", pages("page"))],
                                )
                            ],
                            test_func=test,
                        ),
                    )
                ]
            ),
        ),
    )
    assert window.hard("/red/26/in/7/").status_code == 200
    assert pages.kwargs["page"] == {"year": 27, "added": True, "id": 7}
    assert asked == [{"year": 27, "added": True}]


def test_a_decorator_around_an_included_urlconf_gets_the_pages_arguments(settings: Any) -> None:
    """B54: what it adds to them goes to all views; with it, the middleware knows the composite view."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django_parallel_routes.middleware.ParallelRoutesMiddleware",
    ]
    pages = Pages()
    got: list[Any] = []

    def decorated(inner: Any) -> Any:
        # As decorators look for async functions: a slots() is no function.
        assert not (hasattr(inner, "__code__") and inner.__code__.co_flags & CO_COROUTINE)

        @wraps(inner)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            got.append((args, kwargs))
            return inner(request, *args, tenant="t", **kwargs)

        return wrapper

    window = serve(
        settings,
        decorating(
            path(
                "<slug:shop>/",
                include(
                    [
                        slots(
                            "s/",
                            layout=pages.layout("layout", ALL),
                            children=[path("<int:id>/", pages("page"), name="page")],
                            side=slot([path("z/", pages("side"))], default=pages("default")),
                        )
                    ]
                ),
            ),
            decorated,
        ),
    )
    window.hard("/red/s/7/")
    assert got == [((), {"shop": "red", "id": 7})]
    assert pages.kwargs["page"] == {"shop": "red", "id": 7, "tenant": "t"}
    assert pages.kwargs["layout"] == pages.kwargs["default"] == {"shop": "red", "tenant": "t"}
    window.soft("/red/s/z/")
    assert window.changed == ["side"]
    assert len(got) == 2


def test_a_decorator_around_an_include_in_a_slot_is_asked(settings: Any) -> None:
    """B54: "Every composed view passes the same decorators"."""
    pages = Pages()

    def refuses(inner: Any) -> Any:
        return lambda request, *args, **kwargs: HttpResponse("no", status=403)

    nested = slots("n/", layout=layout(), children=[path("<int:id>/", pages("page"))])
    children = [decorating(path("in/", include([path("x/", pages("x"))])), refuses)]
    window = serve(
        settings,
        slots("", layout=layout(), children=[*children, decorating(nested, refuses)]),
    )
    assert window.hard("/in/x/").status_code == 403
    assert window.hard("/n/7/").status_code == 403
    assert pages.called == []
    # A user who passes gets the whole page of such a slots(), because one view is decorated.
    passes = decorating(
        slots("p/", layout=layout("{% slot %}"), children=[path("<int:id>/", pages("page"))]),
        lambda inner: lambda *args, **kwargs: inner(*args, **kwargs),
    )
    window = serve(settings, slots("<int:id>/", layout=layout(), children=[passes]))
    assert window.client.get("/5/p/7/").status_code == 200
    assert pages.kwargs["page"] == {"id": 7}

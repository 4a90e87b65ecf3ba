"""A slot that shows a layout is refreshed with its layout and the slots in it (S38, S58)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots
from django_parallel_routes.test import SlotClient
from tests.window import Pages, Window, layout, serve


class Site:
    """``L{children: M{children: "", x/, form/, deep/ N{children, side, late}; side; late}; modal}``.

    ``printed`` has the names of the slots that each of the inner layouts prints.
    """

    def __init__(self, settings: Any, pages: Pages, remember: Any = "history") -> None:
        self.pages = pages
        self.printed = {"middle": ["children", "side"], "deepest": ["children", "side"]}
        deepest = slots(
            "deep/",
            layout=self.layout("deepest"),
            remember=remember,
            children=[path("", pages("deep")), path("form/", self.form("deep form"))],
            side=slot([path("x/", pages("deep side x"))], default=pages("deep side")),
            late=slot([path("form/", pages("deep late"))], default=pages("deep late default")),
        )
        middle = slots(
            "in/",
            layout=self.layout("middle"),
            remember=remember,
            children=slot(
                [
                    path("", pages("home")),
                    path("x/", pages("x")),
                    path("form/", self.form("form")),
                    deepest,
                ],
                default=pages("inner default"),
            ),
            side=slot([path("y/", pages("side y"))], default=pages("side")),
            late=slot(
                [path("", pages("late home")), path("y/", pages("late y"))],
                default=pages("late default"),
            ),
        )
        modal = slot(
            [intercept("photo", self.form("photo"))],
            layout=pages.layout("frame", "{% slot %}"),
            default=None,
        )
        self.window = serve(
            settings,
            slots(
                "",
                layout=layout("{% slot %}{% slot 'modal' %}"),
                children=[middle, path("photo/", pages("photo page"), name="photo")],
                modal=modal,
            ),
        )

    def layout(self, name: str) -> Any:
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            tags = "".join(f"{{% slot {one!r} %}}" for one in self.printed[name])
            return layout(f"{name} {tags}")(request)

        return self.pages(name, view)

    def form(self, name: str) -> Any:
        def view(request: HttpRequest) -> HttpResponse:
            if request.method != "POST":
                return HttpResponse(name)
            refresh(request, *request.POST.getlist("refresh"))
            to = request.POST.get("to")
            return HttpResponseRedirect(to) if to else HttpResponse("sent")

        return self.pages(name, view)

    def refresh(self, *addresses: str) -> None:
        """Ask for slots as the script does, with the URL in the address bar and the one beneath."""
        window = self.window
        state = {"intent": "refresh", "slots": window.mounted, "refresh": list(addresses)}
        window.send(window.url, {**state, "current_url": window.url, "origin": window.origin})

    def send(self, from_: str, **data: Any) -> None:
        """Send the form at the URL of a slot, and follow its redirect."""
        window = self.window
        state = {"intent": "navigate", "slots": window.mounted, "form": True, "source_slot": from_}
        state |= {"current_url": window.url, "origin": window.origin}
        response = window.send(window.slots[from_].src, state, "post", data=data)
        if response.status_code == 302:
            window.soft(response["Location"])


@pytest.fixture
def site(settings: Any, pages: Pages) -> Site:
    return Site(settings, pages)


@pytest.fixture
def window(site: Site) -> Window:
    return site.window


Shown = dict[str, tuple[str, str]]


def shown(window: Window, prefix: str = "") -> Shown:
    """The text of slots, and the URL that each is for."""
    return {
        name: (slot.text, slot.src)
        for name, slot in window.slots.items()
        if name.startswith(prefix)
    }


def opened(site: Site) -> Window:
    """A modal over ``/in/``, while the layout beneath has one slot more to print."""
    window = site.window
    window.hard("/in/")
    window.soft("/photo/")
    assert window.slots["modal.children"].shows == "intercepted"
    site.printed["middle"].append("late")
    site.pages.forget()
    return window


def test_a_slot_that_nothing_fills_stays_empty(settings: Any, pages: Pages) -> None:
    """S38: a layout prints a slot for the first time, while its URL has no page and no default for it."""
    printed = ["children"]

    def middle(request: HttpRequest) -> HttpResponse:
        return layout("".join(f"{{% slot {name!r} %}}" for name in printed))(request)

    children = [path("", pages("home")), path("x/", pages("x"))]
    inner = slots("in/", layout=middle, children=children, must=[path("", pages("must"))])
    window = serve(settings, slots("", layout=layout("{% slot %}"), children=[inner]))
    window.hard("/in/")
    window.soft("/in/x/")
    printed.append("must")
    for address in "children", "children.must", "children":
        assert window.refresh(address, url="/in/x/").status_code == 200
        assert window.slots["children.must"].shows == "empty"


# --- A modal is open ---


def test_a_layout_beneath_a_modal_prints_what_the_url_beneath_shows(site: Site) -> None:
    """S38: the URL in the address bar is the modal's; "a modal stays a modal"."""
    window = opened(site)
    site.refresh("children", "modal")
    assert sorted(window.changed) == ["children", "modal"]
    assert window.shows["children.late"] == "late home"
    assert window.slots["modal.children"].shows == "intercepted"
    assert shown(window, "modal.") == {"modal.children": ("photo", "/photo/")}
    assert (window.url, window.origin) == ("/photo/", "/in/")


def test_a_form_in_a_modal_refreshes_all_and_is_shown_in_its_frame(site: Site) -> None:
    """S38, S58: the frame is a layout; it is rendered with what the form has answered."""
    window = opened(site)
    site.send("modal.children")
    assert sorted(window.changed) == ["children", "modal"]
    assert window.slots["modal.children"].shows == "intercepted"
    assert window.shows["modal.children"] == "sent"
    assert window.shows["children.late"] == "late home"
    assert site.pages.called.count("frame") == 1
    assert window.url == "/photo/"


def test_a_form_beneath_a_modal_keeps_that_open(site: Site) -> None:
    """S38: "a modal stays a modal", for its own URL."""
    window = site.window
    window.hard("/in/form/")
    window.soft("/photo/")
    site.pages.forget()
    site.send("children.children")
    assert sorted(window.changed) == ["children", "modal"]
    assert window.shows["children.children"] == "sent"
    assert window.slots["modal.children"].shows == "intercepted"
    assert shown(window, "modal.") == {"modal.children": ("photo", "/photo/")}
    assert (
        "photo page" in site.pages.called
    )  # what the target refuses, a modal does not show (B30)


def test_a_redirect_that_closes_the_modal_brings_the_layout_beneath(site: Site) -> None:
    """S40: with the page that the form leads to, all in one answer."""
    window = opened(site)
    site.send("modal.children", to="/in/x/")
    assert window.slots["modal"].shows == "empty"
    assert "modal.children" not in window.slots
    assert window.shows["children.children"] == "x"
    assert window.shows["children.late"] == "late default"
    assert site.pages.called.count("middle") == 1


# --- Slots keep what they show ---


def test_kept_slots_in_a_refreshed_layout_stay_for_their_own_urls(
    site: Site, window: Window
) -> None:
    """S38: "each for *its* URL and variant": those that were kept, and those that show a default."""
    window.hard("/in/x/?q=1")
    window.soft("/in/y/?p=2")
    before = shown(window)
    site.pages.forget()
    site.refresh("children")
    assert shown(window) == before
    assert before["children.children"] == ("x", "/in/x/?q=1")
    assert before["children.side"] == ("side y", "/in/y/?p=2")
    assert sorted(site.pages.called) == ["middle", "side y", "x"]
    assert site.pages.requests["x"].get_full_path() == "/in/x/?q=1"


def test_a_slot_that_is_printed_no_more_goes_with_its_view(site: Site, window: Window) -> None:
    """S38: what the layout does not print is not rendered, and is not told of any more."""
    window.hard("/in/form/")
    site.printed["middle"].remove("side")
    site.pages.forget()
    site.refresh("children")
    assert sorted(window.slots) == ["children", "children.children", "modal"]
    assert "side" not in site.pages.called
    window.hard("/in/form/")
    site.printed["middle"].append("side")
    window.hard("/in/form/")
    site.printed["middle"].remove("side")
    site.pages.forget()
    site.send("children.children", refresh=["children"])
    assert window.shows == {"children": "middle", "children.children": "sent", "modal": ""}
    assert "side" not in site.pages.called


# --- Layouts in one another ---


def test_layouts_in_one_another_are_refreshed_with_the_outermost(
    site: Site, window: Window
) -> None:
    """S38: two deep, with kept slots and with one that the innermost layout prints anew."""
    window.hard("/in/deep/form/")
    window.soft("/in/deep/x/")
    window.soft("/in/y/")
    before = shown(window)
    assert before["children.children.children"] == ("deep form", "/in/deep/form/")
    site.pages.forget()
    site.refresh("children")
    assert shown(window) == before
    expected = ["deep form", "deep side x", "deepest", "middle", "side y"]
    assert sorted(site.pages.called) == expected
    site.printed["deepest"].append("late")
    site.refresh("children")
    # A hard load of /in/y/ would not show this layout, so that the URL of a page in it counts.
    assert shown(window, "children.children.late") == {
        "children.children.late": ("deep late", "/in/deep/form/")
    }


@pytest.mark.parametrize("names", [[], ["children"], ["children", "children.children"]])
def test_a_form_two_layouts_deep_refreshes_both(
    site: Site, window: Window, names: list[str]
) -> None:
    """S58: the outermost layout that is meant, once, with what the form answers inside."""
    window.hard("/in/deep/form/")
    site.printed["deepest"].append("late")
    site.pages.forget()
    site.send("children.children.children", refresh=names)
    assert window.changed == ["children"]
    assert window.shows["children.children.children"] == "sent"
    assert window.shows["children.children.late"] == "deep late"
    assert [site.pages.called.count(name) for name in ("middle", "deepest")] == [1, 1]


def test_an_inner_layout_may_be_refreshed_alone(site: Site, window: Window) -> None:
    """S38: the layout around it stays."""
    window.hard("/in/deep/form/")
    site.pages.forget()
    site.send("children.children.children", refresh=["children.children"])
    assert window.changed == ["children.children"]
    assert "middle" not in site.pages.called


# --- remember="url" ---


def test_a_new_slot_shows_what_the_query_remembers(settings: Any, pages: Pages) -> None:
    """S38, B37: as a reload would, when the URL in the address bar says what the slot showed."""
    site = Site(settings, pages, remember="url")
    window = site.window
    window.hard("/in/form/?slot.children.late=y/&slot.children.side=y/")
    assert window.shows["children.side"] == "side y"
    site.printed["middle"].append("late")
    site.refresh("children")
    assert shown(window, "children.late") == {"children.late": ("late y", "/in/y/")}
    assert shown(window, "children.side") == {"children.side": ("side y", "/in/y/")}
    window.hard(window.url)
    assert window.shows["children.late"] == "late y"
    site.printed["middle"].remove("late")
    window.hard(window.url)
    site.printed["middle"].append("late")
    site.send("children.children", refresh=["children"])
    assert shown(window, "children.late") == {"children.late": ("late y", "/in/y/")}
    assert window.shows["children.children"] == "sent"


# --- Back to an entry that does not know a slot ---


def test_a_slot_that_an_entry_does_not_know_shows_what_a_hard_load_would(
    site: Site, window: Window
) -> None:
    """S33, S38: it was printed later, so the entry has nothing else for it than its URL."""
    window.hard("/in/")
    entry = window.entry
    window.soft("/in/y/")
    site.printed["middle"].append("late")
    site.refresh("children")
    assert window.shows["children.late"] == "late y"
    site.pages.forget()
    window.restore(entry)
    assert sorted(window.changed) == ["children.late", "children.side"]
    assert shown(window, "children.late") == {"children.late": ("late home", "/in/")}
    assert "middle" not in site.pages.called
    window.restore(entry)
    assert window.changed == []


def test_with_a_modal_it_shows_what_the_url_beneath_would(site: Site, window: Window) -> None:
    """S33, S38: the URL in the address bar is the modal's. Without any URL for it, it is kept."""
    window.hard("/in/")
    window.soft("/photo/")
    url, slots_then, origin = window.entry
    window.soft("/in/y/")
    site.printed["middle"].append("late")
    site.refresh("children")
    window.restore((url, slots_then, ""))
    assert window.shows["children.late"] == "late y"
    window.restore((url, slots_then, origin))
    assert window.shows["children.late"] == "late home"
    assert window.slots["modal.children"].shows == "intercepted"


def test_a_slot_is_kept_if_a_hard_load_has_nothing_for_it(settings: Any, pages: Pages) -> None:
    """S33: it has no default, so a hard load would be a 404."""
    printed = ["children"]

    def inner(request: HttpRequest) -> HttpResponse:
        return layout("".join(f"{{% slot {name!r} %}}" for name in printed))(request)

    inside = slots(
        "in/",
        layout=inner,
        children=slot([path("", pages("home"))], default=pages("default")),
        late=[path("y/", pages("late y"))],
    )
    window = serve(settings, slots("", layout=layout("{% slot %}"), children=[inside]))
    window.hard("/in/")
    entry = window.entry
    window.hard("/in/y/")
    printed.append("late")
    state = {"intent": "refresh", "slots": window.mounted, "refresh": ["children"]}
    window.send("/in/y/", {**state, "at": window.url, "origin": window.origin})
    assert window.shows["children.late"] == "late y"
    window.restore(entry)
    assert window.shows == {"children": "", "children.children": "home", "children.late": "late y"}


@pytest.mark.urls("tests.urls.refreshed_layouts")
def test_from_then_on_the_entry_knows_the_slot() -> None:
    """S33: a second step back to it needs no request; so do the script and ``SlotClient``."""
    client = SlotClient()
    client.load("/r/in/")
    client.visit("/r/in/y/")
    client.cookies["late"] = "1"
    client.refresh("children")
    client.assert_shows("late", "late y")
    client.back()
    assert client.screen.slots["children.late"].text == "late"
    assert client.screen.requests == ("soft GET /r/in/",)
    client.visit("#bottom")
    client.back()
    assert client.screen.slots["children.late"].text == "late"
    assert client.screen.requests == ()

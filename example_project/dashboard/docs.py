"""The tree of documentation pages that ``docs/<path:rest>`` serves; each page is a template."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: its path below docs/, its title, and the folder under which the contents list it."""

    path: str
    title: str
    folder: str = ""

    @property
    def template(self) -> str:
        """The body, without title and navigation."""
        return f"dashboard/docs/{self.path or 'index'}.html"

    def get_absolute_url(self) -> str:
        """The page's URL: the catch-all's, or for the first page that of docs/ itself."""
        return reverse("docs", args=[self.path]) if self.path else reverse("docs-home")


TREE = (
    Page(path="", title="What you are looking at"),
    Page(path="concepts/slots", title="Slots", folder="Concepts"),
    Page(path="concepts/kept-slots", title="Kept slots", folder="Concepts"),
    Page(path="concepts/defaults", title="Defaults", folder="Concepts"),
    Page(path="guides/tabs", title="Tab groups", folder="Guides"),
    Page(path="guides/loading", title="Slow and broken slots", folder="Guides"),
    Page(path="guides/modals", title="Modals", folder="Guides"),
    Page(path="guides/forms", title="Forms", folder="Guides"),
    Page(path="guides/without-javascript", title="Without JavaScript", folder="Guides"),
)


def find(path: str) -> Page:
    """The page at ``path``; raises Http404 if there is none."""
    for page in TREE:
        if page.path == path:
            return page
    raise Http404(f"No page of the docs at {path!r}.")


def neighbours(page: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after this one, in the order of the contents."""
    index = TREE.index(page)
    before = TREE[index - 1] if index else None
    after = TREE[index + 1] if index + 1 < len(TREE) else None
    return before, after

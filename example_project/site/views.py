"""The pages that belong to no part of the site, among them two that every page shows as a modal."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout, views as auth
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from django.views.generic.base import ContextMixin
from django_htmx.http import HttpResponseClientRedirect

from .code import excerpts
from .context_processors import ROLES
from .forms import DisplayForm


def start(request: HttpRequest) -> HttpResponse:
    """The top page: what to click, and what to watch."""
    return render(request, "site/start.html")


class LeadsBack(ContextMixin):
    """Tells the template where to lead the visitor afterwards.

    The links to these views say nothing of it: they stand in the outermost layout, which is not rendered
    again while slots navigate. The Referer names what the visitor sees at the click, be it for a new tab.
    """

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``next``."""
        return super().get_context_data(**kwargs) | {"next": _came_from(self.request)}


class Login(LeadsBack, auth.LoginView):
    """Django's own, as a page; ``template_name`` makes it the modal."""

    template_name = "site/login.html"
    redirect_authenticated_user = True  # who goes back to it has no use for it


class Account(LeadsBack, LoginRequiredMixin, TemplateView):
    """Who one is, and the button to log out: a page, or a modal."""

    template_name = "site/account.html"


class Display(LeadsBack, FormView):
    """How the site looks: a page, or a drawer."""

    form_class = DisplayForm
    template_name = "site/display.html"

    def get_initial(self) -> dict[str, Any]:
        """Begin with what was chosen."""
        return DisplayForm.chosen(self.request)

    def form_valid(self, form: DisplayForm) -> HttpResponse:
        """Save the choices, and load a document: they change what stands around all slots."""
        redirect = super().form_valid(form)
        response = HttpResponseClientRedirect(redirect.url) if self.request.htmx else redirect
        form.save(self.request, response)
        return response

    def get_success_url(self) -> str:
        """Where one was."""
        return _came_from(self.request)


def code(request: HttpRequest, card: str, template: str = "site/code.html") -> HttpResponse:
    """The code of a card, which is named by its template: a page, or a drawer."""
    found = excerpts(card)
    if not found:
        raise Http404(f"No view of the example shows {card!r}.")
    return render(request, template, {"card": card, "excerpts": found})


@require_POST
def choose_role(request: HttpRequest) -> HttpResponse:
    """Become somebody else, and go back to where one is.

    Nobody asks for a password here, so that one can watch panels come and go. This is for the demo: there
    is no such thing without DEBUG.
    """
    if not settings.DEBUG:
        raise Http404
    role = request.POST.get("role", "")
    if role not in ROLES:
        return HttpResponseBadRequest(f"No role {role!r} here; choose one of {list(ROLES)}.")
    if ROLES[role]:
        login(request, get_object_or_404(get_user_model(), username=ROLES[role]))
    else:
        logout(request)
    return HttpResponseRedirect(_came_from(request))


def _came_from(request: HttpRequest) -> str:
    """The page that ``next`` names, else the one that the visitor has come from."""
    if url := request.POST.get("next") or request.GET.get("next"):
        return _allowed(request, url)
    referer = _allowed(request, request.headers.get("Referer", ""))
    is_own = urlsplit(referer).path == request.path  # a form that was sent, or the page itself
    return reverse("start") if is_own else referer


def _allowed(request: HttpRequest, url: str) -> str:
    """``url`` if it is one of this site, else the start page."""
    hosts, secure = {request.get_host()}, request.is_secure()
    allowed = url_has_allowed_host_and_scheme(url, allowed_hosts=hosts, require_https=secure)
    return url if allowed else reverse("start")

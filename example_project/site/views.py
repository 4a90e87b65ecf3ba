"""The pages outside the three parts of the site. All but the first open in modals and drawers, too."""

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
    """Show the start page."""
    return render(request, "site/start.html")


class LeadsBack(ContextMixin):
    """Adds ``next`` to the context: the URL to which the form leads.

    The links to these views can't contain it. They are in the outermost layout, which is not rendered
    again while slots navigate. The Referer header has the URL of the page with the link.
    """

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ``next``."""
        return super().get_context_data(**kwargs) | {"next": _came_from(self.request)}


class Login(LeadsBack, auth.LoginView):
    """Django's login view. ``template_name`` decides whether it is a page or a modal."""

    template_name = "site/login.html"
    redirect_authenticated_user = True  # after Back, for example


class Account(LeadsBack, LoginRequiredMixin, TemplateView):
    """The user's account, with a button to log out: a page, or a modal."""

    template_name = "site/account.html"


class Display(LeadsBack, FormView):
    """The display settings: a page, or a drawer."""

    form_class = DisplayForm
    template_name = "site/display.html"

    def get_initial(self) -> dict[str, Any]:
        """Begin with the visitor's choices."""
        return DisplayForm.chosen(self.request)

    def form_valid(self, form: DisplayForm) -> HttpResponse:
        """Save the choices, and load a document, because they change ``<html>`` and the scripts."""
        redirect = super().form_valid(form)
        response = HttpResponseClientRedirect(redirect.url) if self.request.htmx else redirect
        form.save(self.request, response)
        return response

    def get_success_url(self) -> str:
        """Return the URL of the page before."""
        return _came_from(self.request)


def code(request: HttpRequest, card: str, template: str = "site/code.html") -> HttpResponse:
    """Show the code of the card with this template: a page, or a drawer."""
    found = excerpts(card)
    if not found:
        raise Http404(f"No view of the example shows {card!r}.")
    return render(request, template, {"card": card, "excerpts": found})


@require_POST
def choose_role(request: HttpRequest) -> HttpResponse:
    """Log in as the user of a role, and go back to the page.

    This view asks for no password, so that you can see at once which panels each role has. It exists only
    with ``DEBUG``.
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
    """Return the URL in ``next``, or else the page from which the visitor came."""
    if url := request.POST.get("next") or request.GET.get("next"):
        return _allowed(request, url)
    referer = _allowed(request, request.headers.get("Referer", ""))
    is_own = urlsplit(referer).path == request.path  # after an invalid form, or a reload
    return reverse("start") if is_own else referer


def _allowed(request: HttpRequest, url: str) -> str:
    """Return the URL if it belongs to this site, or else that of the start page."""
    hosts, secure = {request.get_host()}, request.is_secure()
    allowed = url_has_allowed_host_and_scheme(url, allowed_hosts=hosts, require_https=secure)
    return url if allowed else reverse("start")

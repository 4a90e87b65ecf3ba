"""The forms of the dashboard that generic views don't create by themselves."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.http import urlencode

from .models import Comment, Member, Role


class CommentForm(forms.ModelForm):
    """A line in a discussion."""

    class Meta:
        model = Comment
        fields = ["text"]
        labels = {"text": "Your comment"}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class MemberForm(forms.ModelForm):
    """A member of the team. In a modal, the first field gets the focus.

    The prefix makes names and ids different from those of other forms on the page.
    """

    prefix = "member"

    class Meta:
        model = Member
        fields = ["name", "title", "role", "email", "city", "bio"]
        widgets = {
            "name": forms.TextInput(attrs={"autofocus": True}),
            "bio": forms.Textarea(attrs={"rows": 2}),
        }


class MemberFilter(forms.Form):
    """Filters the list of members by the query."""

    name = forms.CharField(
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "aria-label": "Name", "placeholder": "Name"}
        ),
    )
    role = forms.ChoiceField(
        choices=[("", "All roles"), *Role.choices],
        required=False,
        widget=forms.Select(attrs={"aria-label": "Role"}),
    )

    def find(self, members: QuerySet[Member]) -> QuerySet[Member]:
        """Return the members that match. An unknown role is ignored."""
        self.full_clean()
        if name := self.cleaned_data.get("name"):
            members = members.filter(name__icontains=name)
        if role := self.cleaned_data.get("role"):
            members = members.filter(role=role)
        return members

    @property
    def query(self) -> str:
        """Return the part of the query that links to other pages of the list repeat."""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})

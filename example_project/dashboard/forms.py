"""The forms that generic views don't make by themselves."""

from __future__ import annotations

from django import forms

from .models import Comment


class CommentForm(forms.ModelForm):
    """A line in a discussion."""

    class Meta:
        model = Comment
        fields = ["text"]
        labels = {"text": "Your comment"}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

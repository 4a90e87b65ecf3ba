"""The forms of the gallery."""

from __future__ import annotations

from django import forms

from .models import Comment, Photo


class PhotoForm(forms.ModelForm):
    """The texts about a photo."""

    class Meta:
        model = Photo
        fields = ["title", "caption", "place", "author"]
        labels = {"author": "Photographer"}
        widgets = {
            "title": forms.TextInput(attrs={"autofocus": True}),
            "caption": forms.Textarea(attrs={"rows": 2}),
        }


class UploadForm(PhotoForm):
    """A new photo. The validators of the model check the file."""

    picture = forms.FileField(
        help_text="PNG, JPEG or WebP, up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": "image/png, image/jpeg, image/webp"}),
    )

    class Meta(PhotoForm.Meta):
        fields = [*PhotoForm.Meta.fields, "picture"]


class CommentForm(forms.ModelForm):
    """A comment on a photo. The browser does not require a text, so you can see the slot show an error."""

    use_required_attribute = False

    class Meta:
        model = Comment
        fields = ["text"]
        labels = {"text": "Your comment"}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

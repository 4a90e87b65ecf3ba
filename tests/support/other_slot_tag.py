"""A template library with its own ``{% slot %}…{% endslot %}``, like that of django-components."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library, Node, NodeList
from django.template.base import Parser, Token

register = Library()


class SlotNode(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> Any:
        return self.nodelist.render(context)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(nodelist)

"""Why plans are as they are: the sentences that the explain command and the inspector show."""

from __future__ import annotations

import enum


class Reason(enum.Enum):
    """Why a slot or a page is planned as it is: a sentence, with a place for one detail."""

    # Slots that change
    ROUTE_MATCHES = "{} matches"
    SEGMENT_MATCHES = "a slots() in it matches"
    REMEMBERED = "the URL's query remembers it"
    NOTHING_MATCHES = "nothing in it matches"
    NO_DEFAULT = "nothing in it matches, and it has no default"
    CLEARED = 'nothing in it matches, and unmatched="default"'
    CLOSED = 'the navigation leads elsewhere, and unmatched="default"'
    OTHER_QUERY = "another query of its default"
    NOTHING_STACKED = "nothing is open above it"
    INTERCEPTED_HERE = "{} is intercepted here"
    OF_THE_FORM = "the request is for what this slot shows"
    OF_THE_ELEMENT = "the request stands in this slot"
    AS_IT_WAS = "that is what was on screen"
    NOT_THERE = "it was not on screen"
    UNKNOWN_TO_ENTRY = "the entry of the history does not know this slot"
    REFRESHED = "a refresh"
    WITH_EACH_ANSWER = 'unmatched="refresh": it comes with each answer'
    SHOWS_CHANGES = "it shows what has changed"
    # Slots that are kept
    OTHER_SLOT_NAMED = "the link names another slot"
    OTHER_SLOT_SUBMITTED = "the form stands in another slot"
    OTHER_SLOT_INTERCEPTS = "only the slot that intercepts changes"
    SHOWS_REMEMBERED = "it shows what the URL's query remembers"
    LAYOUT_MOUNTED = "its layout is on screen already"
    OWN_QUERY = "its query is its own"
    UNCHANGED = "it shows this page, and the form has not changed it"
    INSIDE_KEPT = "the slot around it is kept"
    # Whole plans
    HARD_LOAD = "a hard load"
    BACKGROUND = "its background is {}"
    NAVIGATION = "a soft navigation"
    INTERCEPTION = "{} is intercepted"
    ELEMENT_REQUEST = "a request with a target of its own"
    TRAVERSAL = "a traversal of the history"
    OTHER_LAYOUT = "another layout is on screen"
    NO_SLOT_MATCHES = "no slot on screen matches"
    NOT_RESTORABLE = "not all slots can be brought back"
    HIDDEN_SLOT = "a slot on screen is one that this user may not see"
    MISSING_SLOTS = "neither a page nor a default for slot {}"

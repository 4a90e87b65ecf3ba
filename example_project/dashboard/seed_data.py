"""The names and texts that ``manage.py seed`` writes into the database."""

from __future__ import annotations

from .models import Project, Role

# name, job title, role, city, a line about them
MEMBERS = [
    ("Ada Novak", "Head of product", Role.OWNER, "Brno", "Writes the roadmap, then halves it."),
    ("Amara Diallo", "Data engineer", Role.ADMIN, "Dakar", "Keeps the pipelines boring."),
    ("Bruno Keller", "Back-end engineer", Role.EDITOR, "Basel", "Deletes more than he adds."),
    ("Chen Wei", "Front-end engineer", Role.EDITOR, "Taipei", "Measures before painting."),
    ("Dilnoza Karim", "Designer", Role.EDITOR, "Tashkent", "Draws the empty state first."),
    ("Elif Aydin", "Customer success", Role.VIEWER, "Izmir", "Knows every customer by voice."),
    ("Farid Haddad", "Site reliability", Role.ADMIN, "Beirut", "Sleeps well, and so do servers."),
    ("Greta Lind", "Researcher", Role.VIEWER, "Malmö", "Asks the question behind it."),
    ("Hiro Tanaka", "Back-end engineer", Role.EDITOR, "Osaka", "Likes his queries counted."),
    ("Ines Duarte", "Marketing", Role.EDITOR, "Porto", "Can say it in one sentence."),
    (
        "Jonas Weber",
        "Front-end engineer",
        Role.EDITOR,
        "Leipzig",
        "Tests with the mouse unplugged.",
    ),
    ("Kavya Rao", "Analyst", Role.EDITOR, "Pune", "Trusts a chart only with its axis."),
    ("Liam Byrne", "Support", Role.VIEWER, "Cork", "Turns tickets into documentation."),
    ("Maya Stone", "Finance", Role.ADMIN, "Leeds", "Counts in whole pennies."),
]

# name, lead, status, due in so many days, summary
PROJECTS = [
    (
        "Northstar",
        "Ada Novak",
        Project.Status.ON_TRACK,
        24,
        "A new home page that says in one screen what the product does, and for whom.",
    ),
    (
        "Paper Boats",
        "Chen Wei",
        Project.Status.AT_RISK,
        38,
        "Reports that one can print, fold and pass around the table: PDF without the tears.",
    ),
    (
        "Quiet Hours",
        "Farid Haddad",
        Project.Status.ON_TRACK,
        61,
        "Alerts that know the time zone of the person they would wake.",
    ),
    (
        "Lantern",
        "Kavya Rao",
        Project.Status.PAUSED,
        90,
        "Find the page that nobody visits, and find out why.",
    ),
]

# title, description
MILESTONES = [
    ("Agree on the goal", "One page, signed by everybody who will have to live with it."),
    ("First clickable draft", "Rough on purpose: shown to five customers, none of them friendly."),
    ("Real data", "The draft meets production numbers, and learns to be empty and to be full."),
    ("Closed beta", "Twenty accounts, a form for complaints, and somebody who reads them."),
    ("Open to all", "The switch is turned, the old way stays for a month, the champagne is warm."),
]

# path, text
FILES = [
    ("brief.md", "# {project}\n\n{summary}\n\nLead: {lead}\nDue:  {due}"),
    (
        "decisions/001-scope.md",
        "# 1. What we leave out\n\nStatus: accepted\n\n"
        "{project} does one thing. Import, export and themes wait until someone misses them.",
    ),
    (
        "decisions/002-data.md",
        "# 2. Where the numbers come from\n\nStatus: accepted\n\n"
        "One row for each day, page, country and source. Anything finer is forgotten at midnight.",
    ),
    (
        "notes/interviews/round-1.txt",
        "Five conversations about {project}.\n\n"
        '1. "I only look on Mondays."\n2. "Where is the total?"\n3. "Can I keep this open '
        'while I look at that?"\n4. "It is fast. Is it right?"\n5. "Oh. It kept my place."',
    ),
    ("notes/todo.txt", "[x] name it\n[x] draw it\n[ ] build it\n[ ] delete half of it"),
]

COMMENTS = [
    "Can we show this to customers before it is pretty?",
    "Numbers look right to me now. It was the time zone. It is always the time zone.",
    "I would rather ship four fifths on Monday than all of it some day.",
    "The empty state is my favourite part of this.",
    "Who owns the copy on the second screen?",
    "Tried it on a slow train: works, and tells me when it does not.",
    "Let us not add a setting for that.",
    "Agreed. Deleted.",
]

ACTIONS = {
    "shipped": ["the new summary", "a faster import", "weekly digests", "keyboard shortcuts"],
    "reviewed": ["the first draft", "the copy", "query counts", "contrast in dark mode"],
    "commented": [
        "on the brief",
        "on the interviews",
        "on the second decision",
        "on the launch list",
    ],
}

# label, weight
PAGES = [("/", 10), ("/pricing", 6), ("/features", 5), ("/blog", 4), ("/docs", 4), ("/about", 2)]
COUNTRIES = [("Germany", 8), ("United States", 7), ("Czechia", 5), ("Japan", 3), ("Brazil", 2)]
SOURCES = [("Search", 9), ("Direct", 6), ("Newsletter", 3), ("Social", 2)]

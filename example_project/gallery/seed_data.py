"""The photos, newest first. Their numbers are their places in this list, and the names of their files.

A program painted them for this project, so the licence of the project covers them.
"""

from __future__ import annotations

WIDE, TALL, SQUARE, BROAD = (1200, 800), (960, 1200), (1080, 1080), (1200, 640)

# title, author, place, size, caption
PHOTOS = [
    (
        "First light",
        "Ines Duarte",
        "Praia da Luz",
        WIDE,
        "The sea had not made up its mind about the colour. Nor had I.",
    ),
    (
        "The keeper’s hour",
        "Greta Lind",
        "Smygehuk",
        TALL,
        "There is no keeper. There is a timer, and it is punctual.",
    ),
    (
        "Singing sand",
        "Amara Diallo",
        "Lompoul",
        WIDE,
        "Walk on the steep side and it hums. Data from the field, at last.",
    ),
    (
        "Seven ridges",
        "Chen Wei",
        "Hehuanshan",
        WIDE,
        "Count them from the back. Somebody on the bus insists on eight.",
    ),
    (
        "Moon road",
        "Ines Duarte",
        "Nazaré",
        WIDE,
        "A straight line to somewhere, and nobody on it but one sail.",
    ),
    ("Half past fog", "Ada Novak", "Beskydy", TALL, "The roadmap, as of this morning."),
    (
        "Slack water",
        "Chen Wei",
        "Lake Sayram",
        WIDE,
        "Twelve minutes between wind and wind. Enough for tea and one picture.",
    ),
    (
        "The last ferry",
        "Farid Haddad",
        "Tripoli, Mina",
        WIDE,
        "It leaves at eight, or when the captain has finished his story.",
    ),
    (
        "Perseids",
        "Greta Lind",
        "Söderåsen",
        TALL,
        "Three in one frame. I counted sixty, then fell asleep.",
    ),
    (
        "Groynes",
        "Dilnoza Karim",
        "Zingst",
        SQUARE,
        "Four minutes of exposure: the waves cancel out, the posts don’t.",
    ),
    (
        "Blue hour",
        "Farid Haddad",
        "Byblos",
        WIDE,
        "Every window is somebody’s kitchen. Uptime: since the Phoenicians.",
    ),
    (
        "North light",
        "Greta Lind",
        "Abisko",
        WIDE,
        "It makes no sound. Everybody whispers all the same.",
    ),
    (
        "Ebb lines",
        "Dilnoza Karim",
        "Römö",
        SQUARE,
        "The tide draws the empty state twice a day, and never the same.",
    ),
    (
        "From the kite",
        "Amara Diallo",
        "Ngor",
        TALL,
        "A camera on a kite, a line in both hands, no hand for the button.",
    ),
    (
        "White dunes",
        "Amara Diallo",
        "Walvis Bay",
        BROAD,
        "Noon, no shade, no scale. The ripples are a hand wide. Or a house.",
    ),
    ("Storm to the west", "Ada Novak", "Jurata", WIDE, "We had ten minutes. We used eleven."),
    (
        "Salt flat",
        "Chen Wei",
        "Chaka",
        BROAD,
        "Two fingers of water and no wind. The red umbrella is Mother’s.",
    ),
    (
        "Harvest",
        "Ines Duarte",
        "Viana do Castelo",
        WIDE,
        "Five of them, at five distances, all turning at one speed.",
    ),
    ("Marsh", "Ada Novak", "Třeboň", WIDE, "The frogs were louder than the picture suggests."),
    (
        "Three sisters",
        "Farid Haddad",
        "Raouché",
        TALL,
        "The third is shy. At high water she leaves the family.",
    ),
    (
        "Red sun",
        "Dilnoza Karim",
        "Kyzylkum",
        WIDE,
        "Dust in the air: one may look straight into it, and one does.",
    ),
    (
        "Winter tide",
        "Greta Lind",
        "Lofoten",
        WIDE,
        "The ice goes out with the ebb and comes back with the flood, a little rounder.",
    ),
    (
        "Lantern",
        "Farid Haddad",
        "Ramkin Island",
        BROAD,
        "He steers by the light, I by the sail. Neither of us saw the rock.",
    ),
    (
        "What the storm left",
        "Ines Duarte",
        "Costa Nova",
        WIDE,
        "There used to be planks on it, and a café at the end.",
    ),
]

# number of the photo, username, text
COMMENTS = [
    (1, "admin", "This one goes onto the start page."),
    (3, "ada", "I could hear it."),
    (8, "ada", "He told it to me as well. We left at nine."),
    (8, "admin", "Printed, framed, hung beside the coffee machine."),
    (9, "admin", "Sixty-one. I was there."),
    (16, "ada", "My umbrella is still on that beach."),
]

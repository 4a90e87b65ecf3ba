"""Paint the gallery's photographs, of places that nobody ever saw.

A tool for developers, not needed to run the example: the files that it writes are in the repository.
It needs Pillow and NumPy, and paints the same pictures every time::

    pip install pillow numpy
    python -m example_project.pictures            # all of them: some minutes
    python -m example_project.pictures 7 12       # these two
"""

from __future__ import annotations

import sys
from pathlib import Path

from .brushes import Picture
from .scenes import SCENES

FOLDER = Path(__file__).parent.parent / "gallery" / "static" / "gallery"
THUMBNAIL = (480, 600)


def main(numbers: list[int]) -> None:
    """Write ``photos/<number>.webp`` and its thumbnail, for these numbers or for all."""
    for folder in ("photos", "thumbnails"):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    for number, (size, paint) in enumerate(SCENES, start=1):
        if numbers and number not in numbers:
            continue
        picture = Picture(*size, seed=number)
        paint(picture)
        image = picture.finish()
        image.save(FOLDER / "photos" / f"{number}.webp", quality=80, method=6)
        image.thumbnail(THUMBNAIL)
        image.save(FOLDER / "thumbnails" / f"{number}.webp", quality=72, method=6)
        print(number, paint.__name__)


main([int(number) for number in sys.argv[1:]])

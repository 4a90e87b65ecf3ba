"""A browser window that is filmed: the page, an address bar above it, and the pointer of a mouse."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page

BAR_HEIGHT = 52
BAR = Path(__file__).with_name("address_bar.html").read_text()
POINTER = [(0, 0), (0, 21), (5, 17), (9, 25), (13, 23), (9, 16), (16, 16)]


@dataclass
class Film:
    """Frames, each with how long it is shown, in milliseconds."""

    width: int
    frames: list[Image.Image] = field(default_factory=list)
    durations: list[int] = field(default_factory=list)

    def add(self, frame: Image.Image, duration: int) -> None:
        if self.frames and frame.tobytes() == self.frames[-1].tobytes():
            self.durations[-1] += duration
            return
        self.frames.append(frame)
        self.durations.append(duration)

    @property
    def seconds(self) -> float:
        return sum(self.durations) / 1000

    def save(self, path: Any, quality: int) -> None:
        first, *others = self.frames
        first.save(
            path,
            save_all=True,
            append_images=others,
            duration=self.durations,
            loop=0,
            quality=quality,
            method=6,
            minimize_size=True,
        )


class BrowserWindow:
    """Acts as a user, and adds each step to a film."""

    def __init__(self, browser: Browser, size: tuple[int, int], base: str, film: Film) -> None:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        self.page: Page = context.new_page()
        self.bar: Page = browser.new_page(viewport={"width": size[0], "height": BAR_HEIGHT})
        self.base, self.film = base, film
        self.pointer = (size[0] * 0.55, size[1] * 0.6)

    def load(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.settle()

    def settle(self) -> None:
        """Wait for requests and images."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate(
            "Promise.all([...document.images].map((image) => image.decode().catch(() => 0)))"
        )

    # --- frames ---

    def hold(self, duration: int, pressed: str = "") -> None:
        """Show the window as it is."""
        self.film.add(self.frame(pressed=pressed), duration)

    def watch(self, frames: int = 5, duration: int = 60) -> None:
        """Show an animation of the page."""
        for _ in range(frames):
            self.hold(duration)

    def frame(self, picture: Image.Image | None = None, pressed: str = "") -> Image.Image:
        if picture is None:
            picture = self.screenshot(pressed)
        frame = picture.copy()
        x, y = self.pointer
        draw = ImageDraw.Draw(frame)
        shape = [(x + dx, y + dy + BAR_HEIGHT) for dx, dy in POINTER]
        draw.polygon(shape, fill="white", outline="black", width=2)
        height = round(frame.height * self.film.width / frame.width)
        return frame.resize((self.film.width, height), Image.Resampling.LANCZOS)

    def screenshot(self, pressed: str = "") -> Image.Image:
        parts = urlsplit(self.page.url)
        url = parts.path + (f"?{parts.query}" if parts.query else "")
        buttons = {name: "pressed" * (name == pressed) for name in ("back", "forward", "reload")}
        self.bar.set_content(BAR % {"url": escape(url), **buttons})
        bar, page = (Image.open(io.BytesIO(one.screenshot())) for one in (self.bar, self.page))
        whole = Image.new("RGB", (page.width, page.height + BAR_HEIGHT))
        whole.paste(bar, (0, 0))
        whole.paste(page, (0, BAR_HEIGHT))
        return whole

    # --- what a user does ---

    def move(self, x: float, y: float, steps: int = 7, duration: int = 45) -> None:
        """Move the pointer, slower at both ends."""
        picture = self.screenshot()
        (x0, y0) = self.pointer
        for step in range(1, steps + 1):
            part = step / steps
            eased = part * part * (3 - 2 * part)
            self.pointer = (x0 + (x - x0) * eased, y0 + (y - y0) * eased)
            self.film.add(self.frame(picture), duration)
        self.page.mouse.move(x, y)

    def move_to(self, target: Locator) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box
        self.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.6)

    def click(self, target: Locator) -> None:
        self.move_to(target)
        self.hold(150)
        self.page.mouse.down()
        self.page.mouse.up()

    def type(self, target: Locator, text: str) -> None:
        self.click(target)
        for letter in text:
            self.page.keyboard.type(letter)
            self.hold(90)

    def press(self, button: str) -> None:
        """Press a button of the browser: ``"back"``, ``"forward"`` or ``"reload"``."""
        place = {"back": 33, "forward": 77, "reload": 121}[button]
        self.move(place, -BAR_HEIGHT / 2)
        self.hold(300, pressed=button)
        if button == "reload":
            self.page.reload()
        else:
            self.page.evaluate(f"history.{button}()")

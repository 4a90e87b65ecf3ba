"""Brushes for landscapes: skies, seas, dunes and the things that stand in them, as arrays of NumPy.

A picture is painted from back to front: the sky, what stands before it, then the sea, which mirrors it all.
Lengths are in heights of the picture, from its upper left corner; colours are "#rrggbb".
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FINER = 2  # painted so many times larger, then scaled down

Array = np.ndarray


def colour(text: str) -> Array:
    """Return "#ff8000" as three numbers from 0 to 1."""
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def smooth(low: float, high: float, value: Array) -> Array:
    """0 below ``low``, 1 above ``high``, a soft step between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def noise(x: Array, y: Array, seed: int = 0) -> Array:
    """Perlin's gradient noise, about -0.7 to 0.7."""
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    fx, fy = x - column, y - row

    def corner(dx: int, dy: int) -> Array:
        key = (column + dx) * 374_761_393 + (row + dy) * 668_265_263 + seed * 974_634_777
        key = (key ^ (key >> 13)) * 1_274_126_177 & 0xFFFFFFFF
        angle = (key ^ (key >> 16)) * (2 * np.pi / 0xFFFFFFFF)
        return np.cos(angle) * (fx - dx) + np.sin(angle) * (fy - dy)

    sx, sy = fx**3 * (fx * (fx * 6 - 15) + 10), fy**3 * (fy * (fy * 6 - 15) + 10)
    above = corner(0, 0) * (1 - sx) + corner(1, 0) * sx
    below = corner(0, 1) * (1 - sx) + corner(1, 1) * sx
    return above * (1 - sy) + below * sy


def fractal(x: Array, y: Array, octaves: int = 5, seed: int = 0, gain: float = 0.5) -> Array:
    """Noise upon noise, each octave finer and weaker; about -1 to 1."""
    total, strength = np.zeros(np.broadcast(x, y).shape), 1.0
    for octave in range(octaves):
        total = total + strength * noise(x * 2**octave, y * 2**octave, seed + octave)
        strength *= gain
    return total * 1.4


def ridges(x: Array, y: Array, octaves: int = 6, seed: int = 0) -> Array:
    """Sharp crests and broad valleys, 0 to 1: mountains."""
    total, strength, weight = np.zeros(np.broadcast(x, y).shape), 0.5, 1.0
    for octave in range(octaves):
        crest = (1 - np.abs(noise(x * 2**octave, y * 2**octave, seed + octave)) * 1.6) ** 2
        total = total + strength * crest * weight
        weight, strength = np.clip(crest * 1.3, 0, 1), strength * 0.5
    return total


class Picture:
    """A canvas, and the brushes to paint it with."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.width, self.height, self.seed = width * FINER, height * FINER, seed
        self.wide = width / height
        rows, columns = np.mgrid[0 : self.height, 0 : self.width]
        self.x, self.y = (columns + 0.5) / self.height, (rows + 0.5) / self.height
        self.rgb = np.zeros((self.height, self.width, 3))
        self.random = np.random.default_rng(seed)

    # --- how paint meets what is there ---

    def mix(self, paint: Array | str, mask: Array | float) -> None:
        """Cover with ``paint``, as far as ``mask`` says: 0 to 1."""
        paint = colour(paint) if isinstance(paint, str) else paint
        mask = np.asarray(mask)[..., None] if np.ndim(mask) else mask
        self.rgb = self.rgb * (1 - mask) + paint * mask

    def shine(self, paint: str, strength: Array) -> None:
        """Add light, which never burns out: a screen blend."""
        light = colour(paint) * np.clip(strength, 0, 1)[..., None]
        self.rgb = 1 - (1 - self.rgb) * (1 - light)

    def shape(self, *polygons: list[tuple[float, float]], blur: float = 0) -> Array:
        """Polygons as a mask with soft edges."""
        image = Image.new("L", (self.width * 2, self.height * 2))
        draw = ImageDraw.Draw(image)
        for points in polygons:
            draw.polygon([(x * self.height * 2, y * self.height * 2) for x, y in points], fill=255)
        image = image.resize((self.width, self.height), Image.Resampling.BOX)
        if blur:
            image = image.filter(ImageFilter.GaussianBlur(blur * self.height))
        return np.asarray(image) / 255.0

    # --- the sky ---

    def sky(self, *stops: tuple[float, str]) -> None:
        """A gradient from top to bottom, through (height, colour)."""
        at = [height for height, _ in stops]
        bands = np.array([colour(text) for _, text in stops])
        drift = 0.02 * fractal(self.x * 0.8, self.y * 2, 3, self.seed + 90)
        for channel in range(3):
            self.rgb[..., channel] = np.interp(self.y + drift, at, bands[:, channel])

    def sun(
        self, x: float, y: float, size: float, paint: str, glow: str, reach: float = 0.5
    ) -> None:
        """A disc and the light around it."""
        away = np.hypot(self.x - x, self.y - y)
        self.shine(glow, 0.75 * np.exp(-((away / reach) ** 0.8) * 2.2))
        self.shine(glow, 0.5 * np.exp(-((away / (size * 2.2)) ** 2)))
        self.mix(paint, smooth(size + 0.0015, size - 0.0015, away))

    def stars(self, count: int, lowest: float = 1.0, band: float = 0.0) -> None:
        """Stars, and with ``band`` a milky way."""
        if band:
            along = (self.x - self.wide * 0.5) * 0.8 + (self.y - 0.4) * 0.75
            across = (self.x - self.wide * 0.5) * 0.75 - (self.y - 0.4) * 0.8
            dust = fractal(along * 3, across * 5, 6, self.seed + 40)
            river = np.exp(-((across + 0.05 * dust) ** 2) / 0.018) * smooth(
                lowest, lowest - 0.3, self.y
            )
            lane = smooth(0.05, 0.5, fractal(along * 4, across * 9, 5, self.seed + 44))
            self.shine("#8fa4e8", band * 0.42 * river * (1 - 0.75 * lane) * (0.7 + 0.5 * dust))
            self.shine("#ffd9c0", band * 0.28 * river**3 * (1 - lane) * (0.8 + 0.6 * dust))
        light = np.zeros((self.height, self.width))
        for _ in range(count):
            x, y = self.random.uniform(0, self.wide), self.random.uniform(0, lowest)
            if band and self.random.random() < 0.45:
                along, across = self.random.uniform(-0.9, 0.9), self.random.normal(0, 0.08)
                x, y = (
                    self.wide / 2 + 0.73 * along + 0.68 * across,
                    0.4 + 0.68 * along - 0.73 * across,
                )
            row, column = int(y * self.height), int(x * self.height)
            size = 2 * FINER
            if not (size < row < self.height - size - 1 and size < column < self.width - size - 1):
                continue
            bright = self.random.random() ** 5
            square = np.arange(-size, size + 1) ** 2
            spot = np.exp(-np.add.outer(square, square) / (FINER**2 * (0.7 + 1.6 * bright)))
            place = np.s_[row - size : row + size + 1, column - size : column + size + 1]
            light[place] += spot * (0.22 + bright)
        self.shine("#eef2ff", np.clip(light, 0, 1) * smooth(lowest, lowest * 0.8, self.y))

    def clouds(
        self, top: float, bottom: float, paint: str, lit: str, *,
        cover: float = 0.5, size: float = 1.0, light: float = -0.03, seed: int = 0,
    ) -> None:  # fmt: skip
        """Streaks between two heights, flatter towards the horizon, lit from below if ``light`` < 0."""
        seed += self.seed
        squeeze = 2.2 + 5 * smooth(top, bottom, self.y)
        x, y = self.x * 1.6 / size, self.y * squeeze * 1.5 / size
        warp = fractal(x * 0.7, y * 0.7, 3, seed + 7)
        body = fractal(x + 0.5 * warp, y, 6, seed)
        behind = fractal(x + 0.5 * warp, y + light * squeeze * 1.5 / size, 4, seed)
        inside = smooth(top, top + (bottom - top) * 0.3, self.y) * smooth(
            bottom, bottom - (bottom - top) * 0.25, self.y
        )
        mask = smooth(0.5 - cover, 1.0 - cover, body) * inside
        bright = np.clip(0.5 + 1.6 * (body - behind), 0, 1)
        self.mix(
            colour(paint) * (1 - bright[..., None]) + colour(lit) * bright[..., None], mask * 0.92
        )

    def aurora(self, base: float, paint: str, top: str, seed: int = 0) -> None:
        """A curtain of light that hangs from nowhere."""
        fold = base + 0.10 * fractal(self.x * 1.3, np.zeros_like(self.x), 4, self.seed + seed)
        fold = fold + 0.05 * np.sin(self.x * 5 + seed)
        above = fold - self.y
        rays = 0.55 + 0.6 * noise(
            self.x * 26 + 3 * noise(self.x * 3, self.y, seed), self.y * 0.8, seed + 5
        )
        patchy = np.clip(0.6 + fractal(self.x * 1.7, self.y * 0.4, 3, seed + 9), 0, 1)
        curtain = (
            smooth(-0.06, 0.05, above) * np.exp(-np.clip(above, 0, None) / 0.2) * rays * patchy
        )
        self.shine(paint, 1.15 * curtain)
        self.shine(
            top,
            0.75
            * smooth(0.05, 0.3, above)
            * np.exp(-np.clip(above, 0, None) / 0.32)
            * rays
            * patchy,
        )

    def rain(self, x: float, top: float, bottom: float, wide: float, paint: str) -> None:
        """A shaft of rain."""
        lean = self.x - x + (self.y - top) * 0.12
        streaks = 0.75 + 0.4 * noise(lean * 40, self.y * 1.2, self.seed + 3)
        inside = (
            np.exp(-((lean / wide) ** 4))
            * smooth(top, top + 0.1, self.y)
            * smooth(bottom + 0.01, bottom, self.y)
        )
        self.mix(paint, np.clip(0.62 * inside * streaks, 0, 1))

    # --- land ---

    def range(
        self, base: float, rise: float, paint: str, foot: str, *,
        scale: float = 1.0, seed: int = 0, sharp: bool = False, depth: float = 0.25,
    ) -> None:  # fmt: skip
        """A range of hills as a silhouette that dissolves in the haze at its foot."""
        x = self.x[:1] * scale
        line = (
            ridges(x, x * 0 + seed, 6, seed)
            if sharp
            else 0.5 + 0.5 * fractal(x, x * 0 + seed, 6, seed, 0.45)
        )
        crest = base - rise * line
        fade = smooth(0, depth, self.y - crest)[..., None]
        edge = 1.2 / self.height
        self.mix(
            colour(paint) * (1 - fade) + colour(foot) * fade,
            smooth(crest - edge, crest + edge, self.y),
        )

    def terrain(
        self, ground: Callable[[Array, Array], Array], paint: Callable[..., Array], *,
        eye: float, horizon: float, near: float, far: float, light: tuple[float, float, float],
        haze: str, haze_at: float, focal: float = 1.2, steps: int = 2600,
    ) -> None:  # fmt: skip
        """A landscape in perspective, column by column from near to far, lit by its slope."""
        sun = np.array(light) / np.linalg.norm(light)
        lowest = np.full(self.width, self.height)
        across = (self.x[0] - self.wide / 2) / focal
        rows = np.arange(self.height)[:, None]
        for z in np.geomspace(near, far, steps):
            x, step = across * z, 0.002 * z
            here = ground(x, np.full_like(x, z))
            slope_x = (ground(x + step, np.full_like(x, z)) - here) / step
            slope_z = (ground(x, np.full_like(x, z + step)) - here) / step
            length = np.sqrt(slope_x**2 + slope_z**2 + 1)
            lit = (-slope_x * sun[0] + sun[1] - slope_z * sun[2]) / length
            top = ((horizon + (eye - here) / z * focal) * self.height).astype(int)
            top = np.clip(top, 0, self.height)
            if (top < lowest).any():
                colours = paint(np.clip(lit, 0, 1), here, x, z, 1 / length)
                far_away = 1 - np.exp(-((z / haze_at) ** 1.5))
                colours = colours * (1 - far_away) + colour(haze) * far_away
                first, last = top.min(), lowest.max()
                mask = (rows[first:last] >= top) & (rows[first:last] < lowest)
                part = self.rgb[first:last]
                part[mask] = np.broadcast_to(colours, part.shape)[mask]
                lowest = np.minimum(lowest, top)

    def fog(
        self, at: float, thick: float, paint: str, strength: float = 0.8, seed: int = 0
    ) -> None:
        """A bank of fog, thickest at one height."""
        wisps = fractal(self.x * 1.2, self.y * 5, 5, self.seed + seed + 20)
        bank = np.exp(-(((self.y - at + 0.06 * wisps) / thick) ** 2))
        self.mix(paint, np.clip(strength * bank * (0.85 + 0.35 * wisps), 0, 1))

    # --- water ---

    def sea(
        self, horizon: float, deep: str, *, calm: float = 0.5, mirror: float = 0.75,
        glitter: tuple[float, str, float] | None = None, scale: float = 1.0,
    ) -> None:  # fmt: skip
        """Water from the horizon to the lower edge: a mirror, as calm as told, with a road of light."""
        below = self.y > horizon
        t = np.clip((self.y - horizon) / (1 - horizon), 1e-4, 1)
        far = 1 / (t + 0.015)
        x, z = (self.x - self.wide / 2) * far * 0.55 * scale, far * 3.2 * scale
        near = 0.25 + 0.75 * t**0.5
        waves = fractal(x * 2.2, z * 2.6, 4, self.seed + 60, 0.6)
        ripple = fractal(x * 9, z * 9, 3, self.seed + 66, 0.6)
        rough = (1 - calm) * (waves + 0.5 * ripple)
        source = horizon - (self.y - horizon) * 0.9 + 0.14 * rough * near
        row = np.clip((source * self.height).astype(int), 0, int(horizon * self.height) - 1)
        shift = ((self.x + 0.012 * rough) * self.height).astype(int).clip(0, self.width - 1)
        reflected = self.rgb[row, shift]
        sight = mirror * (1 - 0.55 * t) * (1 + 0.35 * rough)
        sight = np.clip(sight, 0, 1)[..., None]
        water = reflected * sight + colour(deep) * (1 - sight)
        water = water * (1 + 0.22 * rough * near)[..., None]
        edge = smooth(horizon - 0.001, horizon + 0.002, self.y)
        self.mix(np.clip(water, 0, 1), edge)
        if glitter:
            at, paint, strength = glitter
            road = np.exp(-(((self.x - at) / (0.035 + 0.15 * t)) ** 2))
            facets = smooth(0.25 - 0.35 * road, 0.75, waves * 0.7 + ripple * 0.8 + 0.25)
            self.shine(
                paint, strength * below * road * (facets + 0.25 * np.exp(-t * 5)) * (1 - 0.35 * t)
            )

    # --- things ---

    def pines(
        self,
        base: float,
        size: float,
        count: int,
        paint: str,
        *,
        seed: int = 0,
        slope: float = 0.0,
    ) -> None:
        """A row of conifers."""
        random = np.random.default_rng(self.seed + seed)
        trees = []
        for x in np.linspace(-0.05, self.wide + 0.05, count):
            x += random.normal(0, 0.4 * self.wide / count)
            tall = size * random.uniform(0.55, 1.15)
            foot = base + slope * (x - self.wide / 2) + random.normal(0, size * 0.06)
            half, tiers = tall * random.uniform(0.15, 0.2), 11
            left, right = [], []
            for tier in range(tiers):
                y = foot - tall + tall * (tier + 1) / tiers
                reach = half * ((tier + 1) / tiers) ** 0.85
                for side, points in ((-1, left), (1, right)):
                    out = reach * random.uniform(0.75, 1.15)
                    points += [
                        (x + side * out, y + random.normal(0, 0.004)),
                        (x + side * out * 0.45, y - tall * 0.012),
                    ]
            trees.append([(x, foot - tall), *right, (x, foot + size), *reversed(left)])
        self.mix(paint, self.shape(*trees))
        self.mix(
            paint, smooth(base, base + size * 0.12, self.y - slope * (self.x - self.wide / 2))
        )

    def lighthouse(
        self, x: float, foot: float, tall: float, paint: str, bands: str, lamp: str
    ) -> None:
        """A tower with two bands, its gallery and its lantern."""
        wide = tall * 0.11

        def part(low: float, high: float, lower: float, upper: float) -> list[tuple[float, float]]:
            bottom, top = foot - tall * low, foot - tall * high
            return [
                (x - wide * lower, bottom),
                (x + wide * lower, bottom),
                (x + wide * upper, top),
                (x - wide * upper, top),
            ]

        tower = self.shape(part(0, 0.8, 1, 0.62))
        shade = smooth(-1.0, 1.0, (self.x - x) / wide)[..., None]
        self.mix(colour(paint) * (1 - 0.62 * shade), tower)
        for low, high in ((0.2, 0.38), (0.56, 0.71)):
            edges = (1 - 0.475 * low, 1 - 0.475 * high)
            self.mix(colour(bands) * (1 - 0.62 * shade), self.shape(part(low, high, *edges)))
        dark = colour(bands) * 0.35
        self.mix(dark, self.shape(part(0.795, 0.825, 0.95, 0.95), part(0.825, 0.835, 0.9, 0.9)))
        self.mix(lamp, self.shape(part(0.835, 0.92, 0.46, 0.46)))
        bars = [
            part(0.825, 0.925, 0.05, 0.05),
            part(0.92, 1.0, 0.6, 0.02),
            part(1.0, 1.03, 0.04, 0.04),
        ]
        self.mix(dark, self.shape(*bars))
        away = np.hypot(self.x - x, self.y - (foot - tall * 0.878))
        self.shine(lamp, 0.9 * np.exp(-((away / (tall * 0.10)) ** 1.1)))

    def beam(
        self,
        x: float,
        y: float,
        to: tuple[float, float],
        spread: float,
        paint: str,
        strength: float,
    ) -> None:
        """A cone of light from a lantern."""
        direction = np.array(to) - (x, y)
        direction = direction / np.hypot(*direction)
        along = (self.x - x) * direction[0] + (self.y - y) * direction[1]
        across = (self.x - x) * direction[1] - (self.y - y) * direction[0]
        cone = np.exp(-((across / (np.abs(along) * spread + 0.004)) ** 2)) * (along > 0)
        self.shine(paint, strength * cone * np.exp(-np.clip(along, 0, None) * 1.6))

    def boat(self, x: float, y: float, size: float, paint: str, windows: str = "") -> None:
        """A steamer seen from the side."""
        hull = [(-1, -0.16), (1.08, -0.2), (0.86, 0.04), (-0.88, 0.04)]
        deck = [(-0.72, -0.36), (0.42, -0.36), (0.5, -0.15), (-0.8, -0.15)]
        bridge = [(-0.1, -0.54), (0.26, -0.54), (0.32, -0.34), (-0.14, -0.34)]
        funnel = [(-0.46, -0.64), (-0.3, -0.64), (-0.28, -0.34), (-0.46, -0.34)]
        mast = [(0.6, -0.75), (0.615, -0.75), (0.615, -0.16), (0.6, -0.16)]
        parts = [
            [(x + px * size, y + py * size) for px, py in points]
            for points in (hull, deck, bridge, funnel, mast)
        ]
        self.mix(paint, self.shape(*parts))
        if windows:
            holes = [
                [
                    (x + (left + dx) * size, y + (-0.29 + dy) * size)
                    for dx, dy in ((0, 0), (0.07, 0), (0.07, 0.07), (0, 0.07))
                ]
                for left in np.arange(-0.64, 0.4, 0.14)
            ]
            self.mix(windows, self.shape(*holes))
            self.shine(windows, 0.55 * self.shape(*holes, blur=size * 0.06))

    def sail(self, x: float, y: float, size: float, paint: str, hull: str) -> None:
        """A small boat with two sails."""
        main = [(x, y - size), (x, y - size * 0.1), (x + size * 0.48, y - size * 0.1)]
        jib = [
            (x - size * 0.03, y - size * 0.86),
            (x - size * 0.03, y - size * 0.1),
            (x - size * 0.34, y - size * 0.1),
        ]
        body = [
            (x - size * 0.36, y - size * 0.07),
            (x + size * 0.5, y - size * 0.07),
            (x + size * 0.38, y + size * 0.03),
            (x - size * 0.24, y + size * 0.03),
        ]
        self.mix(paint, self.shape(main, jib))
        self.mix(hull, self.shape(body))

    def birds(self, x: float, y: float, count: int, size: float, paint: str) -> None:
        """A loose flock."""
        wings = []
        for _ in range(count):
            cx, cy = x + self.random.normal(0, size * 9), y + self.random.normal(0, size * 4)
            s, lift = size * self.random.uniform(0.5, 1), self.random.uniform(0.2, 0.5)
            for side in (-1, 1):
                tip, elbow = (
                    (cx + side * s, cy - lift * s),
                    (cx + side * s * 0.5, cy - lift * s * 1.1),
                )
                wings.append(
                    [
                        (cx, cy),
                        elbow,
                        tip,
                        (cx + side * s * 0.5, cy - lift * s * 0.85),
                        (cx, cy + s * 0.12),
                    ]
                )
        self.mix(paint, self.shape(*wings))

    def posts(
        self, feet: list[tuple[float, float, float, float]], paint: str, mirrored: float = 0.0
    ) -> None:
        """Upright timbers: x, foot, height and width of each."""

        def box(x: float, y: float, tall: float, wide: float) -> list[tuple[float, float]]:
            return [
                (x - wide, y),
                (x + wide, y),
                (x + wide * 0.9, y - tall),
                (x - wide * 0.9, y - tall),
            ]

        if mirrored:
            self.mix(
                paint,
                mirrored
                * self.shape(
                    *[box(x, y, -tall * 0.9, wide) for x, y, tall, wide in feet], blur=0.003
                ),
            )
        self.mix(paint, self.shape(*[box(*post) for post in feet]))

    def turbine(self, x: float, y: float, tall: float, angle: float, paint: str) -> None:
        """A wind turbine."""
        hub, half = y - tall, tall * 0.013
        parts = [[(x - half, y), (x + half, y), (x + half * 0.5, hub), (x - half * 0.5, hub)]]
        for blade in range(3):
            turn = np.radians(angle + 120 * blade)
            dx, dy = np.sin(turn), -np.cos(turn)
            root, tip = half * 1.1, tall * 0.62
            parts.append([
                (x - dy * root * 0.4, hub + dx * root * 0.4),
                (x + dx * tip * 0.2 - dy * root, hub + dy * tip * 0.2 + dx * root),
                (x + dx * tip, hub + dy * tip), (x + dy * root * 0.4, hub - dx * root * 0.4),
            ])  # fmt: skip
        self.mix(paint, self.shape(*parts))

    def reeds(self, base: float, size: float, count: int, paint: str, seed: int = 0) -> None:
        """Grass in the foreground, bent by the wind."""
        random = np.random.default_rng(self.seed + seed)
        blades = []
        for _ in range(count):
            x, foot = random.uniform(-0.1, self.wide + 0.1), base + random.uniform(0, 0.12)
            tall, lean, half = (
                size * random.uniform(0.35, 1),
                random.normal(0.12, 0.12),
                0.0018 + 0.0018 * random.random(),
            )
            curve = [(x + lean * tall * t * t, foot - tall * t) for t in np.linspace(0, 1, 9)]
            wide = [half * (1 - t) + 0.0004 for t in np.linspace(0, 1, 9)]
            left = [(px - w, py) for (px, py), w in zip(curve, wide)]
            blades.append(left + [(px + w, py) for (px, py), w in zip(curve, wide)][::-1])
        self.mix(paint, self.shape(*blades))

    # --- done ---

    def finish(self, vignette: float = 0.16, grain: float = 0.012) -> Image.Image:
        """Scale down, darken the corners, and add a breath of grain, which hides the bands of a gradient."""
        away = np.hypot((self.x / self.wide - 0.5) * 1.1, self.y - 0.5)
        rgb = self.rgb * (1 - vignette * smooth(0.35, 0.85, away))[..., None]
        image = Image.fromarray((np.clip(rgb, 0, 1) * 255 + 0.5).astype(np.uint8))
        image = image.resize((self.width // FINER, self.height // FINER), Image.Resampling.LANCZOS)
        pixels = np.asarray(image) / 255.0
        speck = self.random.normal(0, grain, pixels.shape[:2])[..., None]
        return Image.fromarray((np.clip(pixels + speck, 0, 1) * 255 + 0.5).astype(np.uint8))

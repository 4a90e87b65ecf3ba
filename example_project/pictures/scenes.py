"""The photographs, in the order of their numbers: what to paint, and in which colours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .brushes import Array, Picture, colour, fractal, noise, ridges, smooth

WIDE, TALL, SQUARE, BROAD = (1200, 800), (960, 1200), (1080, 1080), (1200, 640)

Painter = Callable[[Picture], None]
SCENES: list[tuple[tuple[int, int], Painter]] = []


def scene(size: tuple[int, int]) -> Callable[[Painter], Painter]:
    """The next picture: its size, and the function that paints it."""

    def register(paint: Painter) -> Painter:
        SCENES.append((size, paint))
        return paint

    return register


# --- ground for terrain(): heights in eye heights, at (x, z) ---


def dune_field(
    seed: int, tall: float = 1.0, stretch: float = 1.0
) -> Callable[[Array, Array], Array]:
    """Long backs with a gentle side and a steep one."""

    def ground(x: Array, z: Array) -> Array:
        bend = fractal(x * 0.09 / stretch, z * 0.07, 3, seed, 0.45)
        phase = (z * 0.17 + x * 0.07 + 1.5 * bend) % 1.0
        back = np.where(phase < 0.74, phase / 0.74, (1 - phase) / 0.26)
        swell = 0.55 + 0.6 * fractal(x * 0.05, z * 0.05, 3, seed + 5)
        return tall * (
            1.5 * back**1.25 * np.clip(swell, 0.12, 2)
            + 0.5 * fractal(x * 0.06, z * 0.06, 2, seed + 8)
        )

    return ground


def sand(light: str, dark: str, ripple: float = 0.06) -> Callable[..., Array]:
    """Lit and shaded sand, with the wind's ripples on it."""

    def paint(lit: Array, height: Array, x: Array, z: float, flat: Array) -> Array:
        wave = np.sin(z * 26 + 5 * noise(x * 1.1, x * 0 + z * 1.1, 3) + x * 6) * np.exp(-z / 14)
        glow = np.clip(smooth(0.12, 0.95, lit) + ripple * wave * (0.4 + lit), 0, 1)[:, None]
        return colour(dark) * (1 - glow) + colour(light) * glow

    return paint


def alps(seed: int, tall: float, scale: float, begin: float) -> Callable[[Array, Array], Array]:
    """Mountains, which rise beyond a plain."""

    def ground(x: Array, z: Array) -> Array:
        rock = ridges(x * scale, z * scale, 7, seed) - 0.2
        return tall * rock * smooth(begin, begin * 1.7, z)

    return ground


def snow(line: float, lit: str, shade: str, rock: str, rock_shade: str) -> Callable[..., Array]:
    """Snow where it is high and not too steep, else rock."""

    def paint(light: Array, height: Array, x: Array, z: float, flat: Array) -> Array:
        ragged = height + 0.5 * fractal(x * 0.6, x * 0 + z * 0.6, 4, 4)
        white = (smooth(line, line + 0.5, ragged) * smooth(0.34, 0.62, flat))[:, None]
        glow = smooth(0.05, 0.85, light)[:, None]
        stone = colour(rock_shade) * (1 - glow) + colour(rock) * glow
        return stone * (1 - white) + (colour(shade) * (1 - glow) + colour(lit) * glow) * white

    return paint


# --- the pictures, in the order of their numbers ---


@scene(WIDE)
def first_light(p: Picture) -> None:
    p.sky((0, "#31527c"), (0.25, "#7d8fae"), (0.42, "#e6b7a0"), (0.5, "#ffd59a"), (1, "#ffd59a"))
    p.clouds(0.02, 0.46, "#6b6f94", "#ffb48c", cover=0.42, size=1.4, light=0.03)
    p.sun(0.92, 0.47, 0.024, "#fff3d2", "#ffb25e", 0.6)
    p.range(0.515, 0.055, "#6f6a86", "#c49a94", scale=1.6, seed=3, depth=0.06)
    p.sea(0.5, "#24415c", calm=0.45, mirror=0.9, glitter=(0.92, "#ffdc9c", 0.95))
    p.birds(0.52, 0.27, 7, 0.022, "#3c4560")


@scene(TALL)
def keepers_hour(p: Picture) -> None:
    p.sky((0, "#0f1c3d"), (0.3, "#2b4272"), (0.52, "#8a6f97"), (0.66, "#f0a080"), (1, "#f0a080"))
    p.stars(150, 0.42)
    p.clouds(0.1, 0.66, "#3b3f6b", "#d98d86", cover=0.34, size=1.2, light=0.03)
    p.beam(0.5, 0.348, (-0.3, 0.2), 0.055, "#ffe9b0", 0.6)
    p.beam(0.5, 0.348, (1.4, 0.47), 0.055, "#ffe9b0", 0.4)
    p.sea(0.68, "#16264a", calm=0.4, mirror=0.8, glitter=(0.5, "#ffc596", 0.5))
    reach = [
        (x, 0.775 + 0.9 * abs(x - 0.5) ** 2.4 - 0.012 * np.sin(x * 23))
        for x in np.linspace(-0.05, 0.85, 60)
    ]
    p.mix("#121930", p.shape([*reach, (0.85, 1.1), (-0.05, 1.1)]))
    p.lighthouse(0.5, 0.79, 0.503, "#f3e7dc", "#a8443f", "#fff2c4")
    p.range(1.0, 0.16, "#0a0f1e", "#0a0f1e", scale=2.2, seed=5, sharp=True)


@scene(WIDE)
def singing_sand(p: Picture) -> None:
    p.sky((0, "#3d6ea5"), (0.3, "#9dbcd0"), (0.48, "#f7dcae"), (1, "#f7dcae"))
    p.clouds(0.0, 0.3, "#b9c6d2", "#fff4e2", cover=0.3, size=2.2)
    p.terrain(
        dune_field(4, 1.35), sand("#ffb765", "#6d3026"),
        eye=3.1, horizon=0.36, near=2.2, far=120, light=(-0.85, 0.42, 0.2), haze="#f7dcae", haze_at=70,
    )  # fmt: skip


@scene(WIDE)
def seven_ridges(p: Picture) -> None:
    p.sky((0, "#f2d2b8"), (0.2, "#f9e3c6"), (0.45, "#f6d7b5"), (1, "#f6d7b5"))
    p.sun(0.86, 0.2, 0.042, "#fffaf0", "#ffe2b0", 0.5)
    tints = ["#c4b9c0", "#a5a7ba", "#8190ab", "#61799a", "#456286", "#2d4b6e", "#193351"]
    for number, tint in enumerate(tints):
        haze = tints[max(number - 1, 0)] if number else "#ecd3bd"
        p.range(
            0.38 + 0.09 * number,
            0.17 + 0.012 * number,
            tint,
            haze,
            scale=1.15 + 0.12 * number,
            seed=21 + number,
            sharp=number < 5,
            depth=0.2,
        )
    p.pines(0.99, 0.16, 46, "#0f2438", seed=2)


@scene(WIDE)
def moon_road(p: Picture) -> None:
    p.sky((0, "#050c1f"), (0.35, "#10264a"), (0.55, "#2c4d74"), (1, "#2c4d74"))
    p.stars(420, 0.5)
    p.clouds(0.12, 0.54, "#12203c", "#8fa9c8", cover=0.4, size=1.7, light=0.035)
    p.sun(0.62, 0.24, 0.047, "#fbf7e6", "#b9cdf0", 0.4)
    p.sea(0.55, "#071427", calm=0.3, mirror=0.75, glitter=(0.62, "#e8efff", 1.0))
    p.sail(1.02, 0.565, 0.075, "#0c1628", "#060d1a")


@scene(TALL)
def half_past_fog(p: Picture) -> None:
    p.sky((0, "#cfd9d8"), (0.5, "#dfe4dd"), (1, "#b6c4c2"))
    p.sun(0.55, 0.25, 0.05, "#ffffff", "#fff6e2", 0.45)
    layers = [
        (0.56, 0.2, "#b3c2c0"),
        (0.66, 0.26, "#8ea5a4"),
        (0.78, 0.33, "#5f7c7d"),
        (0.92, 0.42, "#30494d"),
        (1.08, 0.5, "#142a2f"),
    ]
    for number, (base, size, tint) in enumerate(layers):
        p.pines(base, size, 26 - 4 * number, tint, seed=number, slope=(-1) ** number * 0.1)
        if number < 4:
            p.fog(base + 0.03, 0.1, "#dde4de", 0.75, seed=number)


@scene(WIDE)
def slack_water(p: Picture) -> None:
    p.sky((0, "#5f7fb4"), (0.25, "#b3a8c6"), (0.42, "#f6c1b2"), (0.52, "#ffe0c0"), (1, "#ffe0c0"))
    p.clouds(0.0, 0.4, "#a48fb0", "#ffd2bd", cover=0.4, size=1.6, light=0.03)
    p.terrain(
        alps(31, 13, 0.05, 24), snow(2.6, "#ffe3d6", "#8387b4", "#b78d8f", "#47496f"),
        eye=1.0, horizon=0.52, near=22, far=90, light=(0.75, 0.4, -0.2), haze="#e7bdb8", haze_at=75,
    )  # fmt: skip
    p.fog(0.515, 0.02, "#ffe3d2", 0.7)
    p.pines(0.535, 0.045, 120, "#39405f", seed=4)
    p.sea(0.54, "#31476f", calm=0.88, mirror=0.92, scale=0.7)


@scene(WIDE)
def last_ferry(p: Picture) -> None:
    p.sky((0, "#2a2350"), (0.25, "#713f73"), (0.42, "#d9606a"), (0.54, "#ffb066"), (1, "#ffb066"))
    p.clouds(0.04, 0.5, "#4b2f62", "#ff8d6b", cover=0.46, size=1.3, light=0.03)
    p.sun(0.42, 0.52, 0.05, "#fff0c0", "#ff9a4c", 0.6)
    p.range(0.565, 0.06, "#4a2f58", "#9c4d62", scale=1.3, seed=41, depth=0.05)
    p.boat(0.98, 0.568, 0.105, "#23183a", "#ffe2a0")
    p.sea(0.56, "#2b2047", calm=0.35, mirror=0.85, glitter=(0.42, "#ffc98a", 0.95))


@scene(TALL)
def perseids(p: Picture) -> None:
    p.sky((0, "#050a1c"), (0.45, "#0f1f43"), (0.72, "#34406e"), (0.85, "#6d5a78"), (1, "#6d5a78"))
    p.stars(2600, 0.86, band=1.0)
    for x, y, length in ((0.58, 0.12, 0.16), (0.2, 0.34, 0.1), (0.7, 0.44, 0.07)):
        along = ((p.x - x) * 0.8 - (p.y - y) * 0.6) / length
        across = (p.x - x) * 0.6 + (p.y - y) * 0.8
        p.shine("#f4f7ff", np.exp(-((across / 0.0012) ** 2)) * smooth(0, 1, along) * (along < 1))
    p.range(0.9, 0.14, "#171d38", "#2a2b4d", scale=1.0, seed=52, sharp=True, depth=0.14)
    p.range(1.0, 0.12, "#090d1d", "#0b1020", scale=1.5, seed=53)
    p.pines(1.0, 0.15, 34, "#04070f", seed=1)


@scene(SQUARE)
def groynes(p: Picture) -> None:
    p.sky((0, "#b9c4cc"), (0.4, "#dbe0e1"), (0.52, "#eeeae2"), (1, "#eeeae2"))
    p.clouds(0.0, 0.45, "#a6b2bc", "#f5f3ef", cover=0.4, size=2.6)
    p.sea(0.52, "#a9b8bf", calm=0.94, mirror=0.85)
    p.fog(0.53, 0.035, "#f1efe9", 0.8)
    feet = []
    for number in range(17):
        near = 1.14**number / 1.14**16
        feet.append(
            (
                0.64 - 0.42 * near,
                0.53 + 0.40 * near,
                0.012 + 0.30 * near * (0.75 + 0.25 * np.sin(number * 2.4)),
                0.0012 + 0.017 * near,
            )
        )
    p.posts(feet, "#26313a", mirrored=0.4)


@scene(WIDE)
def blue_hour(p: Picture) -> None:
    p.sky((0, "#10224f"), (0.3, "#29508f"), (0.5, "#7e93b8"), (0.56, "#d9b7a4"), (1, "#d9b7a4"))
    p.stars(60, 0.3)
    p.clouds(0.05, 0.54, "#27407a", "#b596a6", cover=0.32, size=1.6, light=0.03)
    p.range(0.6, 0.26, "#1f3564", "#30497a", scale=0.8, seed=65, sharp=True, depth=0.3)
    random = np.random.default_rng(7)
    walls, roofs, lights = [], [], []
    for x in np.arange(0.05, 1.45, 0.052):
        for row in range(3):
            w, h = random.uniform(0.02, 0.03), random.uniform(0.03, 0.055)
            cx, foot = (
                x + random.normal(0, 0.012),
                0.602 - row * (0.008 + 0.036 * np.exp(-(((x - 0.62) / 0.45) ** 2))),
            )
            if random.random() < 0.2 + 0.22 * row:
                continue
            walls.append([(cx - w, foot), (cx + w, foot), (cx + w, foot - h), (cx - w, foot - h)])
            roofs.append(
                [(cx - w * 1.15, foot - h), (cx + w * 1.15, foot - h), (cx, foot - h - w * 0.9)]
            )
            for lx in (-0.5, 0.15):
                if random.random() < 0.62:
                    px, py = cx + lx * w, foot - h * 0.75
                    lights.append(
                        [
                            (px, py),
                            (px + w * 0.35, py),
                            (px + w * 0.35, py + h * 0.28),
                            (px, py + h * 0.28),
                        ]
                    )
    hill = [
        (x, 0.6 - 0.11 * np.exp(-(((x - 0.62) / 0.5) ** 2)) - 0.012 * np.sin(x * 9))
        for x in np.linspace(-0.05, 1.55, 80)
    ]
    p.mix("#16264c", p.shape([*hill, (1.55, 0.62), (-0.05, 0.62)]))
    for wall, roof in sorted(zip(walls, roofs), key=lambda pair: pair[0][0][1]):
        p.mix("#1b2c55", p.shape(wall))
        p.mix("#142143", p.shape(roof))
    p.mix("#ffd894", p.shape(*lights))
    p.shine("#ffb454", 0.8 * p.shape(*lights, blur=0.006))
    p.mix("#0f1a38", p.shape([(0, 0.605), (1.5, 0.605), (1.5, 0.597), (0, 0.597)]))
    p.sea(0.605, "#0f2149", calm=0.55, mirror=0.95, scale=0.8)
    p.sail(0.3, 0.7, 0.1, "#18284f", "#0c1631")


@scene(WIDE)
def north_light(p: Picture) -> None:
    p.sky((0, "#040b1a"), (0.4, "#0b2033"), (0.62, "#1c4552"), (1, "#1c4552"))
    p.stars(700, 0.6)
    p.aurora(0.44, "#39e29a", "#8b5cd6", seed=3)
    p.aurora(0.3, "#2fd0a4", "#5d6fe0", seed=11)
    p.range(0.66, 0.17, "#0d2333", "#173d4a", scale=1.0, seed=70, sharp=True, depth=0.18)
    p.sea(0.645, "#05121d", calm=0.72, mirror=0.9)
    p.range(1.02, 0.14, "#03080f", "#050c14", scale=1.3, seed=72)


@scene(SQUARE)
def ebb_lines(p: Picture) -> None:
    p.sky((0, "#cdb594"), (1, "#9f8163"))
    warp = fractal(p.x * 1.1, p.y * 1.1, 4, 80)
    phase = (p.y * 21 + 1.9 * warp + 2.6 * p.x + 0.35 * fractal(p.x * 4, p.y * 4, 3, 85)) % 1.0
    back = np.where(phase < 0.7, phase / 0.7, (1 - phase) / 0.3)
    p.mix("#7c5c45", 0.75 * smooth(0.75, 0.05, back))
    p.mix("#fbe6c2", 0.75 * smooth(0.62, 1.0, back))
    wet = smooth(0.02, 0.5, fractal(p.x * 0.8 + 3, p.y * 1.3, 5, 88)) * smooth(0.45, 0.05, back)
    p.mix("#8fb3c4", 0.8 * wet)
    p.shine("#fff3da", 0.6 * wet * smooth(0.35, 0.7, noise(p.x * 30, p.y * 60, 81)))
    p.shine("#fff0cc", 0.16 * np.exp(-np.hypot(p.x - 0.1, p.y + 0.1)))
    p.mix("#4b3428", 0.3 * smooth(0.3, 1.3, np.hypot(p.x - 0.1, p.y)))


@scene(TALL)
def from_the_kite(p: Picture) -> None:
    shore = 0.36 + 0.05 * np.sin(p.y * 5) + 0.06 * fractal(p.y * 1.4, p.y * 0 + 3, 5, 90)
    out = p.x - shore
    p.sky((0, "#e8d2a6"), (1, "#dcbf8c"))
    p.mix("#c7a570", 0.5 * smooth(0.1, 0.9, fractal(p.x * 5, p.y * 5, 5, 91)))
    p.mix("#6e8a58", smooth(-0.2, -0.3, out + 0.08 * fractal(p.x * 5, p.y * 5, 5, 93)))
    p.mix(
        "#4d6a45", smooth(-0.2, -0.3, out) * smooth(0.1, 0.5, fractal(p.x * 22, p.y * 22, 4, 94))
    )
    p.mix("#b08d5e", 0.8 * smooth(-0.06, -0.01, out))
    reef = fractal(p.x * 3, p.y * 3, 5, 95)
    for depth, tint in (
        (0.0, "#9fdccf"),
        (0.05, "#5cc6c4"),
        (0.14, "#2aa3b3"),
        (0.26, "#1679a0"),
        (0.4, "#0d5487"),
    ):
        p.mix(tint, smooth(depth, depth + 0.07, out + 0.035 * reef))
    p.mix("#0f6d86", 0.45 * smooth(0.25, 0.7, reef) * smooth(0.06, 0.2, out))
    p.shine(
        "#ffffff", 0.1 * smooth(0.2, 0.8, fractal(p.x * 16, p.y * 9, 3, 98)) * smooth(0, 0.1, out)
    )
    for number, (at, strength) in enumerate(((0.012, 1.0), (0.055, 0.8), (0.115, 0.5))):
        curl = at + 0.016 * fractal(p.x * 2, p.y * 3.2, 4, 100 + number)
        lace = smooth(-0.15, 0.45, fractal(p.x * 26, p.y * 26, 4, 104 + number))
        swash = smooth(curl - 0.002, curl + 0.002, out) * smooth(curl + 0.032, curl, out)
        p.mix(
            "#ffffff",
            strength * np.clip(smooth(0.006, 0, np.abs(out - curl)) + 0.75 * swash * lace, 0, 1),
        )
    p.sail(0.66, 0.36, 0.032, "#ffffff", "#7a3f2c")


@scene(BROAD)
def white_dunes(p: Picture) -> None:
    p.sky((0, "#2a66b0"), (0.3, "#6ba4d8"), (0.45, "#cfe3ee"), (1, "#cfe3ee"))
    p.clouds(0.02, 0.4, "#c9d9e6", "#ffffff", cover=0.42, size=1.2, light=-0.04)
    p.terrain(
        dune_field(17, 0.9, 1.4), sand("#fffaf0", "#8fa2c0", 0.05),
        eye=2.6, horizon=0.4, near=2.2, far=120, light=(0.8, 0.5, 0.1), haze="#dbe8ef", haze_at=80,
    )  # fmt: skip


@scene(WIDE)
def storm_to_the_west(p: Picture) -> None:
    p.sky((0, "#2f3a47"), (0.35, "#59646f"), (0.52, "#b9b39a"), (0.57, "#f0dca4"), (1, "#f0dca4"))
    p.clouds(-0.25, 0.5, "#222b37", "#74808b", cover=0.95, size=1.5, light=0.05)
    p.clouds(0.1, 0.52, "#2b3440", "#aba890", cover=0.5, size=0.9, light=0.04, seed=5)
    p.rain(0.45, 0.3, 0.585, 0.16, "#5b6670")
    p.rain(0.95, 0.34, 0.585, 0.09, "#67717a")
    p.sea(0.58, "#1f3138", calm=0.05, mirror=0.55, glitter=(1.28, "#f7e2a8", 0.7))
    p.boat(1.26, 0.59, 0.035, "#1c242c")


@scene(BROAD)
def salt_flat(p: Picture) -> None:
    p.sky((0, "#4f86c4"), (0.25, "#9fc0df"), (0.45, "#f4d9cf"), (0.5, "#ffeede"), (1, "#ffeede"))
    p.clouds(0.0, 0.46, "#b4b6d0", "#fff1e6", cover=0.5, size=0.9, light=-0.03)
    p.range(0.507, 0.045, "#8f93b4", "#d8c3c6", scale=1.2, seed=110, sharp=True, depth=0.05)
    x, y, s = 1.18, 0.502, 0.045
    p.mix(
        "#3a3f58",
        p.shape(
            [
                (x - 0.15 * s, y),
                (x + 0.15 * s, y),
                (x + 0.2 * s, y - 0.75 * s),
                (x - 0.2 * s, y - 0.75 * s),
            ]
        ),
    )
    p.mix(
        "#3a3f58",
        smooth(0.16 * s + 0.001, 0.16 * s - 0.001, np.hypot(p.x - x, p.y - (y - 0.92 * s))),
    )
    p.mix(
        "#d8433c",
        p.shape(
            [
                (x - 0.5 * s, y - 1.05 * s),
                (x + 0.5 * s, y - 1.05 * s),
                (x + 0.3 * s, y - 1.3 * s),
                (x, y - 1.42 * s),
                (x - 0.3 * s, y - 1.3 * s),
            ]
        ),
    )
    p.sea(0.505, "#7fa3cb", calm=0.955, mirror=1.0)


@scene(WIDE)
def harvest(p: Picture) -> None:
    p.sky((0, "#6f93bd"), (0.3, "#c8c3cb"), (0.5, "#ffd7a6"), (0.6, "#ffc389"), (1, "#ffc389"))
    p.clouds(0.02, 0.5, "#9d9fba", "#ffdcb4", cover=0.36, size=1.5, light=0.03)
    p.sun(0.3, 0.56, 0.04, "#fff6dc", "#ffc070", 0.6)
    for x, tall, angle in (
        (0.2, 0.1, 20),
        (0.47, 0.13, 75),
        (0.7, 0.17, 45),
        (0.95, 0.24, 10),
        (1.27, 0.36, 62),
    ):
        p.turbine(x, 0.615, tall, angle, "#5d6482" if tall < 0.2 else "#474f70")
    p.sea(0.61, "#3c587c", calm=0.3, mirror=0.85, glitter=(0.3, "#ffe2b0", 0.8))


@scene(WIDE)
def marsh(p: Picture) -> None:
    p.sky((0, "#26365c"), (0.25, "#75638b"), (0.42, "#e28b78"), (0.5, "#ffc27a"), (1, "#ffc27a"))
    p.clouds(0.0, 0.46, "#4a4a74", "#ff9f7c", cover=0.46, size=1.2, light=0.03)
    p.sun(1.05, 0.475, 0.03, "#fff0c8", "#ffae5c", 0.5)
    p.range(0.52, 0.035, "#4d4766", "#8d6474", scale=2.6, seed=120, depth=0.05)
    p.sea(0.515, "#2a3354", calm=0.85, mirror=0.95, glitter=(1.05, "#ffd08a", 0.5))
    pools = fractal(p.x * 2.2 / (p.y - 0.4), 1.4 / (p.y - 0.44 + 0.5 * (p.y < 0.5)), 4, 124)
    p.mix("#2b2a33", smooth(0.06, 0.14, pools - 0.1) * smooth(0.52, 0.56, p.y))
    p.birds(0.5, 0.22, 11, 0.02, "#2c2b48")
    p.reeds(1.0, 0.22, 260, "#1d1a26", 1)
    p.reeds(1.02, 0.46, 90, "#0f0d16", 2)


@scene(TALL)
def three_sisters(p: Picture) -> None:
    p.sky((0, "#567f99"), (0.3, "#a9c0c2"), (0.5, "#f1e2c6"), (0.58, "#f7ddb0"), (1, "#f7ddb0"))
    p.clouds(0.0, 0.5, "#8fa2ad", "#fff0d6", cover=0.45, size=1.3)
    for x, wide, top, tint, lit in (
        (0.66, 0.05, 0.47, "#8a8f95", "#c3b49f"),
        (0.5, 0.07, 0.38, "#5f676f", "#b39b80"),
        (0.27, 0.11, 0.24, "#39424b", "#a98c6c"),
    ):
        rough = 0.3 * fractal(p.y * 7, p.x * 5, 6, int(x * 100), 0.6)
        inside = wide * (0.86 + 0.34 * smooth(top, 0.7, p.y) ** 2 + 0.55 * rough) - np.abs(p.x - x)
        crown = (
            top + 0.02 * fractal(p.x * 14, p.x * 0, 4, 9) + 0.35 * ((p.x - x) / wide) ** 2 * 0.06
        )
        mask = smooth(-0.002, 0.002, inside) * smooth(crown - 0.002, crown + 0.002, p.y)
        strata = np.clip(
            0.5
            + 0.45 * fractal(p.x * 3 + rough, p.y * 26, 5, 131)
            + 0.35 * fractal(p.x * 22, p.y * 3, 4, 132),
            0,
            1.1,
        )
        side = smooth(-0.3 * wide, 0.9 * wide, p.x - x + wide * 0.35 * rough)
        glow = np.clip(side * (0.35 + 0.9 * strata), 0, 1)[..., None]
        p.mix(
            colour(tint) * (0.6 + 0.5 * strata[..., None]) * (1 - glow) + colour(lit) * glow, mask
        )
    p.sea(0.64, "#2b4f5e", calm=0.15, mirror=0.7, scale=1.2)
    foam = smooth(0.1, 0.7, fractal(p.x * 7, p.y * 26, 5, 133))
    for x, y, wide in ((0.27, 0.648, 0.15), (0.5, 0.645, 0.09), (0.66, 0.643, 0.06)):
        p.mix(
            "#f4f1e6",
            0.85 * foam * np.exp(-(((p.x - x) / wide) ** 4)) * np.exp(-(((p.y - y) / 0.01) ** 2)),
        )
    p.mix(
        "#f7f3e8",
        0.5 * smooth(0.3, 0.8, fractal(p.x * 6, p.y * 20, 5, 137)) * smooth(0.72, 1.0, p.y),
    )
    p.birds(0.6, 0.2, 9, 0.018, "#3a4852")


@scene(WIDE)
def red_sun(p: Picture) -> None:
    p.sky((0, "#d98a4e"), (0.25, "#eda662"), (0.48, "#f8c98a"), (1, "#f8c98a"))
    p.fog(0.3, 0.3, "#f4b878", 0.5)
    p.sun(0.98, 0.27, 0.115, "#ff5b35", "#ff9a50", 0.45)
    p.terrain(
        dune_field(27, 1.7, 1.2), sand("#e8813c", "#4a1a1c", 0.05),
        eye=3.4, horizon=0.42, near=2.2, far=110, light=(0.95, 0.34, 0.12), haze="#f4b878", haze_at=42,
    )  # fmt: skip


@scene(WIDE)
def winter_tide(p: Picture) -> None:
    p.sky((0, "#3a6aa3"), (0.25, "#86add0"), (0.48, "#e7ecef"), (1, "#e7ecef"))
    p.clouds(0.0, 0.4, "#c3d2e0", "#ffffff", cover=0.3, size=1.6)
    p.terrain(
        alps(143, 14, 0.05, 24), snow(0.4, "#ffffff", "#7f9dc4", "#7b8696", "#33435c"),
        eye=1.0, horizon=0.55, near=20, far=95, light=(-0.8, 0.4, -0.15), haze="#cfdce8", haze_at=85,
    )  # fmt: skip
    p.fog(0.55, 0.018, "#eef3f6", 0.7)
    p.sea(0.56, "#123a5a", calm=0.5, mirror=0.8)
    floes = fractal(p.x * 1.3 / (p.y - 0.47), 1.6 / (p.y - 0.5 + (p.y < 0.52)), 5, 146)
    ice = smooth(0.34, 0.37, floes) * smooth(0.565, 0.6, p.y)
    p.mix("#8fb4d2", ice)
    p.mix("#f5fafc", smooth(0.37, 0.43, floes) * smooth(0.565, 0.6, p.y))


@scene(BROAD)
def lantern(p: Picture) -> None:
    p.sky((0, "#51687b"), (0.4, "#8ea2ac"), (0.6, "#c6c8c0"), (1, "#c6c8c0"))
    p.clouds(0.0, 0.55, "#5f7483", "#b9c1c1", cover=0.6, size=1.6)
    p.beam(1.3, 0.377, (-0.2, 0.5), 0.07, "#fff4cf", 0.5)
    p.beam(1.3, 0.377, (2.4, 0.3), 0.07, "#fff4cf", 0.35)
    p.sea(0.64, "#3b5262", calm=0.3, mirror=0.8, glitter=(1.3, "#fff0c4", 0.3))
    p.mix(
        "#2d3c47",
        p.shape(
            [
                (1.1, 0.668),
                (1.17, 0.645),
                (1.25, 0.632),
                (1.36, 0.63),
                (1.44, 0.648),
                (1.54, 0.668),
            ]
        ),
    )
    p.lighthouse(1.3, 0.635, 0.29, "#eef0ec", "#3f5566", "#fff6d6")
    p.fog(0.66, 0.06, "#cdd2cf", 0.75, seed=1)
    p.fog(0.5, 0.09, "#b9c3c6", 0.4, seed=4)
    p.sail(0.42, 0.69, 0.1, "#62757f", "#3c4d58")


@scene(WIDE)
def under_the_pier(p: Picture) -> None:
    p.sky((0, "#1d3557"), (0.3, "#5d6d97"), (0.47, "#f2a58c"), (0.55, "#ffd7a0"), (1, "#ffd7a0"))
    p.clouds(0.04, 0.5, "#48557f", "#ffb79a", cover=0.4, size=1.4, light=0.03)
    p.sun(0.74, 0.5, 0.034, "#fff6d8", "#ffb266", 0.5)
    p.sea(0.56, "#1f3350", calm=0.6, mirror=0.92, glitter=(0.74, "#ffdba4", 0.9))
    feet = []
    for number in range(12):
        near = 1.35 ** (number - 11)
        for side in (-1, 1):
            feet.append(
                (0.74 + side * 0.62 * near, 0.562 + 0.46 * near, 0.66 * near, 0.004 + 0.021 * near)
            )
    p.posts(feet, "#141c2e", mirrored=0.35)
    beams = []
    for number in range(12):
        near = 1.35 ** (number - 11)
        y = 0.562 - 0.2 * near
        beams.append(
            [
                (0.74 - 0.66 * near, y),
                (0.74 + 0.66 * near, y),
                (0.74 + 0.66 * near, y + 0.03 * near),
                (0.74 - 0.66 * near, y + 0.03 * near),
            ]
        )
    p.mix("#141c2e", p.shape(*beams))

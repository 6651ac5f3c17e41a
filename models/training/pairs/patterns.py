"""Texture patterns [h, w] float32, about -1..1, whose mean over a few periods is zero.

Periodic ones are drawn once as a tile of SIDE pixels and laid over the picture along bent coordinates.
"""

import cv2
import numpy as np

from scenes.textures import field, gradient

SIDE = 64


def axes() -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of a tile, 0..1."""
    line = (np.arange(SIDE, dtype=np.float32) + 0.5) / SIDE
    return line[:, None], line[None]


def profile(rng) -> np.ndarray:
    """[SIDE]: one period of stripes: ramps, steps and grooves between random knots."""
    knots = int(rng.integers(2, 7))
    places = np.sort(rng.random(knots))
    values = rng.uniform(-1, 1, knots)
    t = (np.arange(SIDE) + 0.5) / SIDE
    if rng.random() < 0.4:  # steps
        return values[np.searchsorted(places, t) % knots]
    return np.interp(t, places, values, period=1)


def stripes(rng):
    return np.repeat(profile(rng)[:, None], SIDE, 1)


def weave(rng):
    """Over and under: two systems of threads, each above the other in every second square."""
    y, x = axes()
    over = (np.floor(2 * y) + np.floor(2 * x)) % 2 == 0
    warp, weft = np.abs(np.sin(2 * np.pi * x)) + 0 * y, np.abs(np.sin(2 * np.pi * y)) + 0 * x
    return np.where(over, warp, weft * rng.uniform(0.4, 1))


def lattice(rng):
    """Lines along both axes: grids, tiles with grout, wire."""
    y, x = axes()
    width = rng.uniform(0.06, 0.3)
    return -((y < width * rng.uniform(0.5, 1.5)) | (x < width)).astype(np.float32)


def bricks(rng):
    """Two courses, the second shifted; every brick of its own shade."""
    y, x = axes()
    y, x = y + 0 * x, x + 0 * y
    mortar = rng.uniform(0.08, 0.25)
    shift = np.where(y < 0.5, 0, rng.uniform(0.3, 0.5))
    joint = ((y % 0.5) < mortar / 2) | (((x + shift) % 1) < mortar / 4)
    return np.where(joint, rng.choice([-1, 1]), np.where(y < 0.5, rng.uniform(-0.2, 0.2), 0))


def dots(rng):
    y, x = axes()
    near = lambda cy, cx: np.hypot((y - cy + 0.5) % 1 - 0.5, (x - cx + 0.5) % 1 - 0.5)
    distance = near(0.5, 0.5) if rng.random() < 0.5 else np.minimum(near(0.25, 0.25), near(0.75, 0.75))
    return 1 / (1 + np.exp((distance - rng.uniform(0.1, 0.3)) * rng.uniform(8, 60)))


def checks(rng):
    y, x = axes()
    return ((y < 0.5) ^ (x < 0.5)).astype(np.float32)


def figures(rng):
    """A random motif, repeated: knitting, prints, embossing."""
    cells = int(rng.integers(3, 9))
    motif = np.tile(rng.normal(0, 1, (cells, cells)).astype(np.float32), (3, 3))
    method = cv2.INTER_NEAREST if rng.random() < 0.4 else cv2.INTER_CUBIC
    return cv2.resize(motif, (3 * SIDE, 3 * SIDE), interpolation=method)[SIDE : 2 * SIDE, SIDE : 2 * SIDE]


TILES = ((stripes, 0.3), (weave, 0.12), (lattice, 0.14), (bricks, 0.16), (dots, 0.12), (checks, 0.06), (figures, 0.1))


def bent_coordinates(rng, size: int, upright: bool) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns in pixels, turned, in slight perspective and bent."""
    y, x = np.mgrid[:size, :size].astype(np.float32)
    angle = rng.normal(0, 0.04) if upright else rng.uniform(0, np.pi)
    c, s = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    scale = 1 + np.float32(rng.uniform(0, 0.25)) * gradient(rng, size, size) / 1.42
    bend = rng.uniform(0, 8) if rng.random() < 0.5 else 0.0
    cells = int(rng.integers(2, 7))
    y, x = y + np.float32(bend) * field(rng, size, size, cells), x + np.float32(bend) * field(rng, size, size, cells)
    return (c * y + s * x) * scale, (c * x - s * y) * scale


def laid(rng, size: int, period: float) -> np.ndarray:
    """A tile repeated with `period` pixels; its finest detail is left out where it would alias."""
    kinds, weights = zip(*TILES)
    tile = kinds[rng.choice(len(kinds), p=weights)](rng).astype(np.float32)
    tile = cv2.GaussianBlur(np.tile(tile, (3, 3)), (0, 0), 0.45 * SIDE / period)[SIDE : 2 * SIDE, SIDE : 2 * SIDE]
    v, u = bent_coordinates(rng, size, rng.random() < 0.6)
    ratio = np.float32(np.exp(rng.normal(0, 0.25)))
    step = np.float32(SIDE / period)
    wrapped = cv2.copyMakeBorder(tile, 1, 1, 1, 1, cv2.BORDER_WRAP)
    return cv2.remap(wrapped, (u * step * ratio) % SIDE + 0.5, (v * step) % SIDE + 0.5, cv2.INTER_LINEAR)


def noise(rng, size: int, period: float) -> np.ndarray:
    """Plaster, grain, fur: noise of one band of frequencies, in one direction or in all."""
    sigma = period / 4
    stretch = float(np.exp(rng.uniform(0, 1.6))) if rng.random() < 0.5 else 1.0
    white = rng.standard_normal((size, size), np.float32)
    pair = (sigma * stretch, sigma) if rng.random() < 0.5 else (sigma, sigma * stretch)
    band = cv2.GaussianBlur(white, (0, 0), sigmaX=max(pair[0], 0.3), sigmaY=max(pair[1], 0.3))
    band -= cv2.GaussianBlur(white, (0, 0), sigmaX=2 * pair[0] + 0.5, sigmaY=2 * pair[1] + 0.5)
    band /= band.std() + 1e-6
    kind = rng.random()
    if kind < 0.25:  # cracks and veins: the zero crossings
        band = -np.exp(-np.square(band * 3))
    elif kind < 0.5:  # pits and speckles
        band = np.clip(band - 0.8, 0, 2) * rng.choice([-1, 1])
    return np.clip(band / 2, -1, 1)


def photograph(rng, bank, size: int, period: float) -> np.ndarray:
    """What is finer than two periods in a photograph: grass, gravel, wool, bark, wood."""
    grey = bank.crop(rng, size, size, among=bank.rough)[0][..., 1].astype(np.float32)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), period)
    return np.clip(fine / (2.2 * fine.std() + 1e-3), -1, 1)


def pattern(rng, bank, size: int) -> np.ndarray:
    period = float(np.exp(rng.uniform(np.log(2.5), np.log(17))))
    kind = rng.random()
    if kind < 0.6:
        drawn = laid(rng, size, max(period, 3.0))
    elif kind < 0.78:
        drawn = noise(rng, size, period)
    else:
        drawn = photograph(rng, bank, size, min(period, 8.0))
    drawn = drawn - cv2.blur(drawn, (65, 65), borderType=cv2.BORDER_REFLECT)
    return drawn / max(float(np.quantile(np.abs(drawn[::3, ::3]), 0.95)), 0.05)

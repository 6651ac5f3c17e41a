"""Depth of surfaces, in disparity levels of 0..255 (nearer is larger)."""

import numpy as np

from scenes.textures import field, gradient

LOWEST, HIGHEST = 8.0, 250.0


def plane(rng, height: int, width: int, level: float, relief: float) -> np.ndarray:
    """[h, w]: `level` in the middle; slanted by up to `relief` levels, or frontal."""
    if rng.random() < 0.4:
        return np.full((height, width), level, np.float32)
    return (level + rng.uniform(0, relief) * gradient(rng, height, width)).astype(np.float32)


def dome(rng, height: int, width: int, level: float, relief: float) -> np.ndarray:
    """[h, w]: a cylinder or a sphere bulging towards the viewer by up to `relief` levels."""
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    squared = [x * x + 0 * y, y * y + 0 * x, x * x + y * y][int(rng.integers(3))]
    return level + np.float32(rng.uniform(0, relief)) * np.sqrt(np.clip(1 - squared, 0, 1))


def surface(rng, height: int, width: int, level: float, relief: float) -> np.ndarray:
    return (dome if rng.random() < 0.3 else plane)(rng, height, width, level, relief)


def room(rng, size: int) -> np.ndarray:
    """Background [size, size]: wall, floor, corner, or a wavy cloth."""
    level = rng.uniform(20, 110)
    wall = plane(rng, size, size, level, 25)
    kind = rng.random()
    if kind < 0.35:
        return wall
    if kind < 0.6:  # a floor that comes nearer towards the bottom
        y = np.linspace(0, 1, size, dtype=np.float32)[:, None]
        floor = level + rng.uniform(40, 220) * (y - rng.uniform(0.2, 0.85)) + np.zeros((1, size), np.float32)
        return np.maximum(wall, floor)
    if kind < 0.8:
        other = plane(rng, size, size, level, 80)
        return np.maximum(wall, other) if rng.random() < 0.5 else np.minimum(wall, other)
    return wall + np.float32(rng.uniform(1, 10)) * field(rng, size, size, int(rng.integers(2, 9)))


def step(rng) -> float:
    """How far an object stands before what is behind it, in levels: small steps as common as large ones."""
    return float(np.exp(rng.uniform(np.log(3), np.log(130))))

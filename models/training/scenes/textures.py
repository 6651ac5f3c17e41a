"""What surfaces look like: [h, w, 3] float32 in 8-bit levels (0..255)."""

import cv2
import numpy as np


def colour(rng) -> np.ndarray:
    """Random colour, greyish more often than vivid."""
    grey = rng.uniform(15, 240)
    return np.clip(grey + rng.normal(0, 1, 3) * rng.choice([4, 14, 40]), 0, 255).astype(np.float32)


def field(rng, height: int, width: int, cells: int) -> np.ndarray:
    """Smooth noise [h, w] of unit variance with about `cells` cells along the longer side."""
    coarse = rng.normal(0, 1, (max(2, cells), max(2, cells))).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


def gradient(rng, height: int, width: int) -> np.ndarray:
    """Linear ramp [h, w] in -1..1 in a random direction."""
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None]
    return np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y


def plain(rng, height, width):
    shade = 1 + rng.uniform(0, 0.35) * gradient(rng, height, width) / 1.42
    return colour(rng) * shade[..., None]


def cloth(rng, height, width):
    """Folds or stains: smooth noise between two colours, stretched in one direction."""
    noise = field(rng, height, width, int(rng.integers(2, 14)))
    noise = 1 / (1 + np.exp(-noise * rng.uniform(0.5, 3)))
    return colour(rng) * noise[..., None] + colour(rng) * (1 - noise[..., None])


def stripes(rng, height, width):
    period = np.exp(rng.uniform(np.log(4), np.log(60)))
    phase = gradient(rng, height, width) * max(height, width) / period
    wave = (np.sin(np.pi * phase + rng.uniform(0, 6)) > rng.uniform(-0.6, 0.6)).astype(np.float32)
    if rng.random() < 0.3:
        other = np.sin(np.pi * gradient(rng, height, width) * max(height, width) / period) > 0
        wave = np.abs(wave - other)
    wave = cv2.GaussianBlur(wave, (0, 0), 0.6)[..., None]
    return colour(rng) * wave + colour(rng) * (1 - wave)


def graded(rng, patch: np.ndarray, toned: float = 0.0) -> np.ndarray:
    """Another exposure and white balance of a photograph; with probability `toned` other colours and contrast."""
    spread = 0.2
    if rng.random() < toned:
        spread = 0.35
        mixing = rng.uniform(0, 0.4) * rng.dirichlet([1, 1, 1], 3).T
        mixing[rng.permutation(3), np.arange(3)] += 1 - mixing.sum(0)
        patch = cv2.transform(patch, mixing.T)
    gain = np.exp(rng.normal(0, 0.2) + rng.normal(0, 0.06, 3)).astype(np.float32)
    if rng.random() < 0.5:  # interiors are less colourful than the photographs
        grey = patch.mean(2, keepdims=True)
        patch = (grey + (patch - grey) * rng.uniform(0.2, 0.8)).astype(np.uint8)
    gamma = np.float32(np.exp(rng.normal(0, spread)))
    levels = 255 * (np.arange(256, dtype=np.float32)[:, None] / 255) ** gamma * gain
    return np.clip(levels, 0, 255)[patch, np.arange(3)]


def surface(rng, bank, height: int, width: int, among=None) -> np.ndarray:
    """Photographs are taken from those with indices `among`: surfaces of like texture meet in one scene."""
    kind = rng.random()
    if kind < 0.5:
        return graded(rng, bank.crop(rng, height, width, among=among)[0])
    if kind < 0.76:
        return plain(rng, height, width)
    return (cloth if kind < 0.9 else stripes)(rng, height, width)

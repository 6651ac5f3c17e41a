"""One pair for denoising: the clean target of one modality, the guidance of another."""

import cv2
import numpy as np

from config import SceneConfig
from pairs.modalities import ambient, flash, near_infrared
from scenes.generate import generate as generate_depth
from scenes.imperfect import photographed
from scenes.textures import field

LUMINANCE = np.float32([0.299, 0.587, 0.114])
FURTHEST = 3.0  # pixels; hand-held pairs that were registered agree to 1-3


def displaced(rng, picture: np.ndarray, furthest: float) -> np.ndarray:
    """Shifted, slightly turned and bent: another lens, another moment."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    angle = np.float32(rng.normal(0, 0.3) * furthest / width)
    dy, dx = rng.normal(0, 0.45 * furthest, 2)
    bend = np.float32(rng.uniform(0, 0.25 * furthest))
    cells = int(rng.integers(3, 12))
    map_y = y + np.float32(dy) + angle * (x - width / 2) + bend * field(rng, height, width, cells)
    map_x = x + np.float32(dx) - angle * (y - height / 2) + bend * field(rng, height, width, cells)
    return cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def target_channel(rng, picture: np.ndarray) -> np.ndarray:
    """A colour picture is filtered channel by channel; a grey one is its luminance."""
    return picture @ LUMINANCE if rng.random() < 0.25 else np.ascontiguousarray(picture[..., int(rng.integers(3))])


def modality_pair(rng, bank, photo: np.ndarray, labels: np.ndarray, kind: str):
    """guidance [h, w, 3] of `kind` ("flash" or "nir") and truth [h, w, 3] in ambient light, both in levels."""
    truth = ambient(rng, photo, labels)
    guidance = flash(rng, photo, labels) if kind == "flash" else near_infrared(rng, bank, photo, labels)
    return guidance, truth


def generate(seed, bank, config: SceneConfig):
    """guidance [S, S, 3] uint8, truth [S, S] float32 (levels of 0..255), known [S, S] bool (all, but for depth)."""
    rng = np.random.default_rng(seed)
    kind, size = rng.random(), config.size
    if kind < 0.12:
        return generate_depth(seed, bank, config)
    photo, labels = bank.crop(rng, size, size, "fine" if rng.random() < 0.4 else "coarse")
    if kind < 0.17:  # the same light at another exposure: a tripod's long one
        truth = ambient(rng, photo, labels)
        guidance = truth ** np.float32(rng.uniform(0.7, 1.0)) * np.float32(rng.uniform(1, 2))
    else:
        guidance, truth = modality_pair(rng, bank, photo, labels, "flash" if kind < 0.6 else "nir")
    if rng.random() < 0.55:
        guidance = displaced(rng, guidance, FURTHEST * rng.random())
    return photographed(rng, guidance, config), target_channel(rng, truth), np.ones((size, size), bool)

"""One textured picture and its structure, for structure-texture separation."""

import cv2
import numpy as np

from config import SceneConfig
from pairs.mosaic import laid_in_mosaic
from pairs.patterns import pattern
from pairs.structure import drawn, lit, photographed
from scenes.textures import field


def strength(rng, size: int) -> np.ndarray:
    """Amplitude of a texture in levels [h, w, 1], changing slowly over the picture."""
    amplitude = np.exp(rng.uniform(np.log(5), np.log(60)))
    change = np.clip(1 + 0.3 * field(rng, size, size, int(rng.integers(2, 6))), 0.2, 1.6)
    return np.float32(amplitude) * change[..., None]


def tint(rng) -> np.ndarray:
    return (1 + rng.normal(0, 1, 3) * rng.choice([0.03, 0.15, 0.5], p=[0.5, 0.3, 0.2])).astype(np.float32)


def covered(rng, bank, structure: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """`structure` under one pattern, or under several, each on regions of its own; some regions stay plain."""
    size = structure.shape[0]
    count = 1 if rng.random() < 0.45 else int(rng.integers(2, 5))
    wearing = rng.integers(0 if count > 1 else 1, count + 1, int(labels.max()) + 1)[labels]
    textured = structure.copy()
    for index in range(1, count + 1):
        relief = pattern(rng, bank, size)[..., None] * tint(rng) * strength(rng, size)
        if rng.random() < 0.5:  # shading follows the colour below it
            relief *= structure / 160 + 0.15
        worn = (wearing == index).astype(np.float32)
        textured += relief * cv2.GaussianBlur(worn, (0, 0), 0.5)[..., None]
    return textured


def with_own_detail(rng, photo: np.ndarray, structure: np.ndarray) -> np.ndarray:
    """`structure` with what is fine in the photograph it was made of."""
    detail = photo - structure
    detail -= cv2.GaussianBlur(detail, (0, 0), rng.uniform(2, 6))
    return structure + np.float32(rng.uniform(0.4, 1.6)) * detail


def developed(rng, textured: np.ndarray) -> np.ndarray:
    """As a camera's file: slight noise, JPEG; uint8."""
    noise = np.float32(rng.uniform(0, 4) * rng.random())
    textured = textured + noise * rng.standard_normal(textured.shape, np.float32)
    textured = np.clip(np.round(textured), 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, file = cv2.imencode(".jpg", textured, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(70, 97))])
        textured = cv2.imdecode(file, cv2.IMREAD_COLOR)
    return textured


def generate(seed, bank, config: SceneConfig):
    """guidance [S, S, 3] uint8: the textured picture, its channels in random order, channel 0 being the target;
    truth [S, S] float32: structure of that channel (levels); known [S, S] bool: all."""
    rng = np.random.default_rng(seed)
    photo = None
    if rng.random() < 0.5:
        structure, labels, photo = photographed(rng, bank, config.size)
    else:
        structure, labels = drawn(rng, config.size)
    structure = lit(rng, structure)
    kind = rng.random()
    if kind < 0.3:
        textured, structure = laid_in_mosaic(rng, structure, labels)
        if rng.random() < 0.3:
            textured = covered(rng, bank, textured, labels * 0)
    elif kind < 0.4 and photo is not None:
        textured = with_own_detail(rng, photo, structure)
    else:
        textured = covered(rng, bank, structure, labels)
    if rng.random() < 0.3:  # a picture that was cleaned before: what is left is faint and softer, or nothing
        left = cv2.GaussianBlur(textured - structure, (0, 0), rng.uniform(0.3, 2))
        textured = structure + left * np.float32(max(0, rng.uniform(-0.2, 0.6)))
    if (sigma := rng.uniform(0, 0.8)) > 0.3:
        textured, structure = (cv2.GaussianBlur(a, (0, 0), sigma) for a in (textured, structure))
    order = rng.permutation(3)
    truth = np.clip(structure[..., order[0]], 0, 255).astype(np.float32)
    return developed(rng, textured)[..., order], truth, np.ones(truth.shape, bool)

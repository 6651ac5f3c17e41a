"""What separates a photographed and measured scene from a drawn one."""

import cv2
import numpy as np
from scipy.special import ndtr

from config import SceneConfig
from scenes.textures import field


def misaligned(rng, depth: np.ndarray, largest: float) -> np.ndarray:
    """Depth edges displaced against the guidance by a smooth field and by single-pixel jitter, both in pixels."""
    height, width = depth.shape
    y, x = np.mgrid[:height, :width].astype(np.float32)
    smooth, jitter = rng.uniform(0, largest) * 0.5, rng.uniform(0, largest) * 0.5
    cells = int(np.exp(rng.uniform(np.log(3), np.log(height / 6))))
    for axis in (y, x):
        axis += np.float32(smooth) * np.clip(field(rng, height, width, cells), -2, 2)
        axis += np.float32(jitter) * np.clip(rng.normal(0, 1, depth.shape).astype(np.float32), -2, 2)
    return cv2.remap(depth, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)


def displaced_outline(rng, alpha: np.ndarray, largest: float, grows: bool) -> np.ndarray:
    """Where an object's depth lies, bool [h, w]: its outline `alpha` (0..1) moved, and where it `grows` also widened or
    narrowed, as a whole by up to `largest` pixels.

    Measured and hand-made ground truth is wrong by the same distance along a whole edge, where a photograph's edge alone
    misleads and only the low-resolution samples along it tell the distance.
    """
    if largest == 0 or rng.random() < 0.3:
        return alpha >= 0.5
    x, y, growth = rng.uniform(-largest, largest, 3) * (0.7, 0.7, 1)
    height, width = alpha.shape
    moved = cv2.warpAffine(alpha, np.float32([[1, 0, x], [0, 1, y]]), (width, height))
    if not grows or rng.random() < 0.4:
        return moved >= 0.5
    # Across a straight edge blurred by a Gaussian of one pixel, the value `growth` pixels outside is Phi(-growth).
    return cv2.GaussianBlur(moved, (0, 0), 1.0) >= ndtr(-growth)


def half_occluded(depth: np.ndarray, baseline: float) -> np.ndarray:
    """True where a second camera to the right (pixels of disparity a level: `baseline`) cannot see the surface."""
    landing = np.arange(depth.shape[1], dtype=np.float32)[None] - baseline * depth
    nearest = np.minimum.accumulate(landing[:, ::-1], axis=1)[:, ::-1]
    return landing > nearest + 0.75


def filled(depth: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Unknown pixels take the value of the nearest known one."""
    if known.all() or not known.any():
        return depth
    _, labels = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    values = np.zeros(int(labels.max()) + 1, depth.dtype)
    values[labels[known]] = depth[known]
    return values[labels]


def unknown(rng, depth: np.ndarray) -> np.ndarray:
    """Mask of unknown pixels: half-occlusions, and specks along depth edges."""
    mask = np.zeros(depth.shape, bool)
    if rng.random() < 0.7:
        mask = half_occluded(depth, rng.uniform(0.02, 0.12))
    if rng.random() < 0.5:
        edges = cv2.morphologyEx(depth, cv2.MORPH_GRADIENT, np.ones((3, 3))) > 6
        specks = field(rng, *depth.shape, 96)
        mask = mask | (edges & (specks > 0.8))
    return mask


def measured(rng, depth: np.ndarray, config: SceneConfig):
    """Ground truth as a data set would hold it: depth [H, W] float32 without holes, and the mask of known pixels."""
    if rng.random() < config.fattening:
        depth = cv2.dilate(depth, np.ones((3, 3) if rng.random() < 0.5 else (1, 3)))
    depth = misaligned(rng, depth, config.misalignment)
    if rng.random() < config.quantised:
        levels = int(rng.integers(1, 5))
        depth = np.round(depth / levels) * np.float32(levels)
    known = np.ones(depth.shape, bool)
    if rng.random() < config.unknown:
        known = ~unknown(rng, depth)
        if known.mean() < 0.6:
            known[:] = True
        depth = filled(depth, known)
    return depth.astype(np.float32), known


def photographed(rng, guidance: np.ndarray, config: SceneConfig) -> np.ndarray:
    """Guidance [H, W, 3] as a camera gives it: light falling off, slight blur, noise; uint8."""
    light = 1 + np.float32(rng.uniform(0, 0.08)) * field(rng, *guidance.shape[:2], 3)
    guidance = guidance * light[..., None]
    if (sigma := rng.uniform(*config.blur)) > 0.25:
        guidance = cv2.GaussianBlur(guidance, (0, 0), sigma)
    noise = rng.uniform(*config.noise) * rng.random()
    guidance = guidance + np.float32(noise) * rng.standard_normal(guidance.shape, np.float32)
    return np.clip(np.round(guidance), 0, 255).astype(np.uint8)

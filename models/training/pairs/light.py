"""Light on a photograph, in linear light: fields [h, w] float32 that multiply it, and the tone curve to sRGB levels."""

import cv2
import numpy as np

from scenes.compose import overlap
from scenes.shapes import silhouette
from scenes.textures import field

LINEAR = (np.arange(256, dtype=np.float32) / 255) ** np.float32(2.2)


def levels(linear: np.ndarray, gamma: float) -> np.ndarray:
    """Linear light, 1 = white, to 8-bit levels, clipped as a camera clips."""
    return cv2.pow(np.clip(linear, 0, 1), 1 / gamma) * 255


def lamps(rng, height: int, width: int, contrast: float) -> np.ndarray:
    """Uneven light and vignetting; `contrast` is the standard deviation of its logarithm."""
    light = np.float32(contrast) * field(rng, height, width, int(rng.integers(2, 6)))
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] - np.float32(rng.normal(0, 0.3))
    x = np.linspace(-1, 1, width, dtype=np.float32)[None] - np.float32(rng.normal(0, 0.3))
    return cv2.exp(light - np.float32(rng.uniform(0, 0.6)) * (y * y + x * x))


def cast_shadows(rng, light: np.ndarray, count: int, softest: float, darkest: float) -> None:
    """Darkens `light` in place under drawn shapes; edges from hard to `softest` pixels."""
    for _ in range(count):
        extent = min(light.shape) * np.exp(rng.uniform(np.log(0.05), np.log(0.8)))
        alpha = silhouette(rng, extent, extent > 40 and rng.random() < 0.25)
        alpha = cv2.GaussianBlur(alpha, (0, 0), float(np.exp(rng.uniform(np.log(0.5), np.log(softest)))))
        y, x = (int(rng.integers(-n // 2, side - n // 2)) for n, side in zip(alpha.shape, light.shape))
        rows, columns, inside = overlap(y, x, *alpha.shape, light.shape)
        if rows.stop > rows.start and columns.stop > columns.start:
            light[rows, columns] *= 1 - np.float32(rng.uniform(0.3, darkest)) * alpha[inside]


def outlined_shadow(rng, light: np.ndarray, labels: np.ndarray) -> None:
    """The shadow a flash beside the lens throws: a thin dark rim along one side of a segment."""
    mask = (labels == labels[int(rng.integers(labels.shape[0])), int(rng.integers(labels.shape[1]))]).astype(np.float32)
    shift = np.float32([[1, 0, rng.normal(0, 6)], [0, 1, rng.normal(0, 4)]])
    shadow = np.clip(cv2.warpAffine(mask, shift, mask.shape[::-1]) - mask, 0, 1)
    shadow = cv2.GaussianBlur(shadow, (0, 0), rng.uniform(0.5, 1.5))
    light *= 1 - np.float32(rng.uniform(0.4, 0.95)) * shadow


def highlights(rng, height: int, width: int) -> np.ndarray:
    """Mirror images of the flash: small saturated spots with a faint glow."""
    spots = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(0, 14))):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        size = np.exp(rng.uniform(np.log(0.7), np.log(9), 2)) * [1, rng.uniform(0.3, 1)]
        axes = (max(1, int(size[0])), max(1, int(size[1])))
        cv2.ellipse(spots, centre, axes, float(rng.uniform(0, 180)), 0, 360, float(rng.uniform(0.3, 2)), -1)
    return cv2.GaussianBlur(spots, (0, 0), rng.uniform(0.6, 2.0))


def by_segment(rng, labels: np.ndarray, share: float, draw) -> np.ndarray:
    """A value for every segment: `draw(count)` for a `share` of them and 0 for the others; edges antialiased."""
    count = int(labels.max()) + 1
    values = np.where(rng.random(count) < share, draw(count), 0).astype(np.float32)
    return cv2.GaussianBlur(values[labels], (0, 0), 0.6)

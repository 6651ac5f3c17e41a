"""One photograph as several cameras would see it: ambient light, flash, near infrared.

`photo` [h, w, 3] uint8 sRGB, `labels` [h, w] its segments; results [h, w, 3] float32 in 8-bit levels.
"""

import cv2
import numpy as np

from pairs.light import LINEAR, by_segment, cast_shadows, highlights, lamps, levels, outlined_shadow
from scenes.textures import field

WARM = np.log(np.float32([1.0, 0.62, 0.3]))  # lamp light against daylight, as logarithms


def ambient(rng, photo: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Available light: uneven, coloured, with shadows of its own, exposures down to very dark ones."""
    height, width = labels.shape
    light = lamps(rng, height, width, rng.uniform(0, 0.5))
    cast_shadows(rng, light, int(rng.integers(0, 4)), 20, 0.8)
    cast = rng.normal(0, 0.12, 3) + WARM * rng.uniform(0, 1.2) * (rng.random() < 0.6)
    brightest = float(np.quantile(LINEAR[photo[::8, ::8]].max(2), 0.97))  # a dark photograph is not darkened again
    exposure = (rng.uniform(-2.8, 0.0) if rng.random() < 0.6 else rng.uniform(-0.6, 0.5)) - np.log(brightest + 0.02)
    picture = LINEAR[photo] * light[..., None] * np.exp(cast + exposure).astype(np.float32)
    return levels(picture, rng.uniform(1.7, 2.6))


def flash(rng, photo: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Flat, bright light that falls off with distance; hard shadows and highlights that ambient light lacks."""
    height, width = labels.shape
    light = lamps(rng, height, width, rng.uniform(0, 0.2))
    light *= np.exp(by_segment(rng, labels, 0.6, lambda n: rng.normal(0, 0.35, n)))
    cast_shadows(rng, light, int(rng.integers(0, 4)), 1.5, 0.9)
    for _ in range(int(rng.integers(0, 4))):
        outlined_shadow(rng, light, labels)
    spectrum = np.stack([by_segment(rng, labels, 0.3, lambda n: rng.normal(0, 0.2, n)) for _ in range(3)], 2)
    balance = np.float32(rng.normal(0, 0.12, 3) + rng.uniform(-0.7, 0.6))
    picture = LINEAR[photo] * cv2.exp(spectrum + balance) * light[..., None] + highlights(rng, height, width)[..., None]
    return levels(picture, rng.uniform(1.7, 2.6))


def near_infrared(rng, bank, photo: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Another spectrum: grey, vegetation bright and sky dark, in places without the photo's edges, with its own, or
    with their contrast reversed."""
    height, width = labels.shape
    linear = LINEAR[photo]
    weights = rng.dirichlet([1.5, 1.0, 0.6]).astype(np.float32)
    red, green, blue = (linear[..., c] for c in range(3))
    grey = linear @ weights
    grey = grey + np.float32(rng.uniform(0, 3)) * np.clip(green - np.maximum(red, blue), 0, 1)
    grey = grey * cv2.exp(np.float32(-rng.uniform(0, 4)) * np.clip(blue - red, 0, 1))
    grey = cv2.pow(np.clip(grey, 1e-4, 1), 1 / rng.uniform(1.5, 2.8))
    smooth = cv2.GaussianBlur(grey, (0, 0), rng.uniform(1.5, 5))
    # Printed and dyed detail vanishes in the infrared; some reverses its contrast.
    kept = 1 - by_segment(rng, labels, rng.uniform(0, 0.5), lambda n: rng.uniform(0.2, 1.8, n))
    grey = smooth + (grey - smooth) * kept
    gain = by_segment(rng, labels, 0.4, lambda n: rng.normal(0, 0.45, n))
    grey = grey * cv2.exp(gain)
    if rng.random() < 0.4:
        reversed_ = np.clip(by_segment(rng, labels, 0.25, np.ones), 0, 1)
        grey = grey + (rng.uniform(0.5, 0.9) - 2 * grey) * reversed_ * np.float32(rng.uniform(0.6, 1))
    if rng.random() < 0.4:  # texture that only the infrared shows
        other = bank.crop(rng, height, width)[0][..., 1].astype(np.float32) / 255
        other -= cv2.GaussianBlur(other, (0, 0), 5)
        grey = grey + other * by_segment(rng, labels, 0.3, lambda n: rng.uniform(0.2, 1, n))
    light = 1 + np.float32(rng.uniform(0, 0.25)) * field(rng, height, width, 3)
    low, high = np.quantile(grey[::4, ::4], [0.01, 0.99])
    grey = (grey - low) / max(high - low, 0.05) * rng.uniform(0.3, 1) + rng.uniform(0, 0.3)
    return np.repeat((np.clip(grey * light, 0, 1) * 255)[..., None], 3, 2)

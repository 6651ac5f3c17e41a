"""Photographs in another light: what an operator does depends on a picture's whole distribution, and few photographs show few."""

import numpy as np

LUMA = (0.299, 0.587, 0.114)
HAZY = 0.3  # share of the toned pictures


def toned(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """[H, W, 3] uint8 sRGB -> the same in another exposure, contrast, white balance and saturation, some in haze."""
    image = np.float32(picture) / 255
    image = image ** np.float32(np.exp(rng.normal(0, 0.3)))
    image = image * np.float32(np.exp(rng.normal(0, 0.2) + rng.normal(0, 0.08, 3)))
    grey = image @ np.float32(LUMA)[:, None]
    image = grey + np.float32(np.exp(rng.normal(0, 0.25))) * (image - grey)
    if rng.random() < 0.5:
        black, white = rng.uniform(0, 0.2), rng.uniform(0.7, 1)
        image = np.float32(black) + np.float32(white - black) * image
    if rng.random() < HAZY:
        image = hazed(image, rng)
    return np.round(255 * image.clip(0, 1)).astype(np.uint8)


def hazed(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Light of the air over the picture, more of it towards one end or the other, or evenly."""
    air = np.float32(rng.uniform(0.6, 1) + rng.normal(0, 0.03, 3))
    top, bottom = rng.uniform(0.25, 1, 2)
    transmission = np.linspace(top, bottom, len(image), dtype=np.float32)[:, None, None]
    return image * transmission + air * (1 - transmission)

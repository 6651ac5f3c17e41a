"""Pictures without texture: regions of flat or smoothly changing colour [h, w, 3] float32 in 8-bit levels, and the
regions' labels [h, w] int32."""

import cv2
import numpy as np

from scenes.compose import overlap
from scenes.shapes import silhouette
from scenes.textures import field, gradient


def paint(rng, dark: float = 10, bright: float = 245) -> np.ndarray:
    """A colour, vivid as often as greyish."""
    vivid = rng.choice([6, 25, 60])
    return np.clip(rng.uniform(dark, bright) + rng.normal(0, 1, 3) * vivid, 0, 255).astype(np.float32)


def smooth_labels(labels: np.ndarray) -> np.ndarray:
    """Consecutive labels with the ragged outlines of a segmentation rounded off."""
    labels = np.unique(labels.ravel(), return_inverse=True)[1].reshape(labels.shape)
    if labels.max() < 256:  # the largest kernels of a median need bytes
        return cv2.medianBlur(labels.astype(np.uint8), 9).astype(np.int32)
    return cv2.medianBlur(labels.astype(np.uint16), 5).astype(np.int32)


def fitted(picture: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Every segment's linear polynomial of colour (least squares), or its mean where it is small."""
    height, width = labels.shape
    flat, count = labels.ravel(), int(labels.max()) + 1
    y, x = (np.float32(a).ravel() for a in np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j])
    total = lambda values: np.bincount(flat, values, count)
    n = np.maximum(total(None), 1)
    mean_y, mean_x = total(y) / n, total(x) / n
    y, x = y - mean_y[flat], x - mean_x[flat]
    flatness = 60 / height**2 * n  # as many pixels' worth of a prior for no slope
    yy, xx, xy = total(y * y) + flatness, total(x * x) + flatness, total(x * y)
    result = np.empty((height * width, 3), np.float32)
    for channel in range(3):
        values = picture[..., channel].ravel().astype(np.float32)
        mean = total(values) / n
        ay, ax = total(values * y), total(values * x)
        determinant = yy * xx - xy * xy
        slope_y, slope_x = (ay * xx - ax * xy) / determinant, (ax * yy - ay * xy) / determinant
        result[:, channel] = mean[flat] + slope_y[flat] * y + slope_x[flat] * x
    return np.clip(result, 0, 255).reshape(height, width, 3)


def photographed(rng, bank, size: int):
    """A photograph's segments, each filled with its own smooth colour; and the photograph [h, w, 3] itself."""
    photo, labels = bank.crop(rng, size, size, "fine" if rng.random() < 0.5 else "coarse", bank.smooth)
    labels = smooth_labels(labels)
    return fitted(photo, labels), labels, photo.astype(np.float32)


def drawn(rng, size: int):
    """Shapes, letters and strokes, some with an outline, on a plain ground."""
    picture = paint(rng) * (1 + np.float32(rng.uniform(0, 0.3)) * gradient(rng, size, size))[..., None]
    labels, largest = np.zeros((size, size), np.int32), np.exp(rng.uniform(np.log(80), np.log(380)))
    count = int(np.clip(rng.uniform(0.5, 3) * (size / largest) ** 2, 4, 40))
    contour = rng.random() < 0.4  # graffiti, comics: one colour of outline
    ink, thickness = paint(rng), int(rng.integers(2, 6))
    for index in range(1, count + 1):
        extent = max(14.0, largest * np.exp(-rng.exponential(0.6)))
        alpha = silhouette(rng, extent, False)
        alpha = np.pad(alpha, thickness + 1)
        y, x = (int(rng.integers(-n // 2, size - n // 2)) for n in alpha.shape)
        rows, columns, inside = overlap(y, x, *alpha.shape, labels.shape)
        if rows.stop <= rows.start or columns.stop <= columns.start:
            continue
        place = picture[rows, columns]
        if contour:
            rim = cv2.dilate(alpha, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * thickness + 1,) * 2))
            place += (ink - place) * rim[inside][..., None]
        shade = 1 + np.float32(rng.uniform(0, 0.4) * (rng.random() < 0.6)) * gradient(rng, *alpha.shape)[inside]
        place += (paint(rng) * shade[..., None] - place) * alpha[inside][..., None]
        labels[rows, columns][alpha[inside] > 0.5] = index
    return np.clip(picture, 0, 255), labels


def lit(rng, picture: np.ndarray) -> np.ndarray:
    """Slow changes of light over the whole picture: to be kept."""
    light = 1 + np.float32(rng.uniform(0, 0.15)) * field(rng, *picture.shape[:2], int(rng.integers(2, 5)))
    return np.clip(picture * light[..., None], 0, 255)

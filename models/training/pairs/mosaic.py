"""Mosaic of stones: cells of a jittered grid with grout between them, every stone of its own shade."""

import cv2
import numpy as np

from pairs.patterns import bent_coordinates


def cells(rng, size: int, period: float, jitter: float, upright: bool) -> tuple[np.ndarray, np.ndarray]:
    """Number of every pixel's stone [size, size] int32, and its distance from the joint in pixels (float32)."""
    v, u = (a / np.float32(period) for a in bent_coordinates(rng, size, upright))
    offset = np.float32(rng.uniform(0, 0.5)) if rng.random() < 0.5 else np.float32(0)  # courses, as bricks are laid
    row, column = np.floor(v), np.floor(u)
    base_v, base_u = row.min() - 1, column.min() - 2
    rows, columns = int(row.max() - base_v) + 3, int(column.max() - base_u) + 4
    centres = (0.5 + rng.uniform(-0.5, 0.5, (2, rows, columns)) * jitter).astype(np.float32)
    first = second = np.full((size, size), np.inf, np.float32)
    stone = np.zeros((size, size), np.int32)
    for dv in (-1, 0, 1):
        for du in (-1, 0, 1):
            r, c = (row - base_v + dv).astype(np.int32), (column - base_u + du).astype(np.int32)
            dy = row + dv + centres[0][r, c] - v
            dx = column + du + centres[1][r, c] + offset * (r % 2) - offset / 2 - u
            distance = np.sqrt(dy * dy + dx * dx)
            nearer = distance < first
            second = np.where(nearer, first, np.minimum(second, distance))
            stone = np.where(nearer, r * columns + c, stone)
            first = np.where(nearer, distance, first)
    return stone, (second - first) * np.float32(period / 2)


def laid_in_mosaic(rng, structure: np.ndarray, labels: np.ndarray):
    """textured [h, w, 3] and its truth [h, w, 3]: one stone has one colour; stones follow the main edges, or are cut
    by them."""
    size, period = structure.shape[0], float(np.exp(rng.uniform(np.log(4), np.log(15))))
    stone, depth = cells(rng, size, period, rng.uniform(0.1, 0.9), rng.random() < 0.3)
    flat, count = stone.ravel(), int(stone.max()) + 1
    if rng.random() < 0.35:  # whole stones
        n = np.maximum(np.bincount(flat, minlength=count), 1)
        means = [np.bincount(flat, structure[..., c].ravel(), count) / n for c in range(3)]
        if rng.random() < 0.5:  # where edges cross a stone it belongs to one side
            middle = np.zeros(count, np.int64)
            order = np.argsort(depth.ravel())  # the pixel farthest from the joints is written last
            middle[flat[order]] = order
            means = [structure[..., c].ravel()[middle] for c in range(3)]
        structure = np.stack(means, 1).astype(np.float32)[stone]
    elif rng.random() < 0.6:  # joints along the main edges too
        edges = cv2.morphologyEx(labels.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((3, 3))) == 0
        depth = np.minimum(depth, cv2.distanceTransform(edges.astype(np.uint8), cv2.DIST_L2, 3))
    shade = rng.normal(0, rng.uniform(0, 0.16), (count, 1)) + rng.normal(0, rng.uniform(0, 0.04), (count, 3))
    structure_lit = structure * (1 + shade.astype(np.float32))[stone]
    width = rng.uniform(0.4, 1.3) * period / 9 + 0.25
    joint = 1 / (1 + np.exp((depth - width) * np.float32(rng.uniform(2.5, 6))))[..., None] * np.float32(
        rng.uniform(0.4, 1)
    )
    grout = rng.uniform(10, 240) + rng.normal(0, 8, 3)
    share = joint * np.ones((1, 1, 3), np.float32)
    textured = structure_lit + (grout.astype(np.float32) - structure_lit) * share
    truth = structure + (grout.astype(np.float32) - structure) * share.mean() * np.float32(0.8)
    return textured, truth

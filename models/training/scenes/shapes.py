"""Silhouettes of objects as antialiased masks [h, w] in 0..1, drawn with OpenCV in patches of their own."""

import cv2
import numpy as np

SHIFT = 4  # fractional bits of polygon vertices


class Sketch:
    """A patch to draw on; coordinates in pixels from its top-left corner."""

    def __init__(self, extent: float) -> None:
        self.side = int(np.ceil(extent)) + 4
        self.mask = np.zeros((self.side, self.side), np.uint8)
        self.centre = np.array([self.side / 2, self.side / 2])

    def polygon(self, points: np.ndarray, value: int = 255) -> None:
        cv2.fillPoly(self.mask, [np.round(points * 2**SHIFT).astype(np.int32)], value, cv2.LINE_AA, SHIFT)

    def bar(self, start, end, width: float, value: int = 255) -> None:
        start, end = np.asarray(start, float), np.asarray(end, float)
        along = (end - start) / (np.linalg.norm(end - start) + 1e-6)
        across = np.array([-along[1], along[0]]) * width / 2
        self.polygon(np.stack([start + across, end + across, end - across, start - across]), value)

    def alpha(self) -> np.ndarray:
        return self.mask.astype(np.float32) / 255


def turned(points: np.ndarray, angle: float) -> np.ndarray:
    c, s = np.cos(angle), np.sin(angle)
    return points @ np.array([[c, s], [-s, c]])


def around(count: int) -> np.ndarray:
    return np.linspace(0, 2 * np.pi, count, endpoint=False)


def ellipse_points(radius_x: float, radius_y: float, count: int = 72) -> np.ndarray:
    angles = around(count)
    return np.stack([radius_x * np.cos(angles), radius_y * np.sin(angles)], 1)


def some_angle(rng) -> float:
    """Upright more often than not, as built things are."""
    return rng.uniform(-np.pi, np.pi) if rng.random() < 0.5 else rng.normal(0, 0.08) + rng.integers(4) * np.pi / 2


def polygon(rng, extent):
    sketch = Sketch(extent)
    count = int(rng.integers(3, 9))
    angles = np.sort(rng.uniform(0, 2 * np.pi, count))
    radii = extent / 2 * rng.uniform(0.35, 1, count)
    sketch.polygon(sketch.centre + np.stack([radii * np.cos(angles), radii * np.sin(angles)], 1))
    return sketch.alpha()


def box(rng, extent):
    sketch = Sketch(extent)
    half = extent / 2 / np.sqrt(1 + (ratio := rng.uniform(0.15, 1)) ** 2)
    corners = np.array([[-1, -ratio], [1, -ratio], [1, ratio], [-1, ratio]]) * half
    corners = corners + rng.normal(0, 0.03 * half, (4, 2)) * (rng.random() < 0.5)
    sketch.polygon(sketch.centre + turned(corners, some_angle(rng)))
    return sketch.alpha()


def ellipse(rng, extent):
    sketch = Sketch(extent)
    outline = ellipse_points(extent / 2, extent / 2 * rng.uniform(0.3, 1))
    sketch.polygon(sketch.centre + turned(outline, some_angle(rng)))
    return sketch.alpha()


def ring(rng, extent):
    sketch = Sketch(extent)
    ratio, angle = rng.uniform(0.4, 1), some_angle(rng)
    outline = ellipse_points(extent / 2, extent / 2 * ratio)
    width = max(1.5, extent * rng.uniform(0.03, 0.2))
    sketch.polygon(sketch.centre + turned(outline, angle))
    hole = ellipse_points(max(1, extent / 2 - width), max(1, extent / 2 * ratio - width))
    sketch.polygon(sketch.centre + turned(hole, angle), 0)
    if rng.random() < 0.4:  # spokes
        for a in around(int(rng.integers(3, 12))) + rng.uniform(0, 1):
            tip = turned(np.array([[np.cos(a), ratio * np.sin(a)]]), angle)[0] * (extent / 2 - width / 2)
            sketch.bar(sketch.centre, sketch.centre + tip, max(1.2, width * rng.uniform(0.2, 0.6)))
    return sketch.alpha()


def blob(rng, extent):
    sketch = Sketch(extent)
    angles = around(120)
    radius = np.ones_like(angles)
    for order in range(1, int(rng.integers(3, 12))):
        radius += rng.normal(0, 0.5 / (order + 1)) * np.cos(order * angles + rng.uniform(0, 2 * np.pi))
    radius = np.clip(radius, 0.1, None)
    radius *= extent / 2 / radius.max()
    sketch.polygon(sketch.centre + np.stack([radius * np.cos(angles), radius * np.sin(angles)], 1))
    return sketch.alpha()


def stick(rng, extent):
    """Thin bar, straight or bent, 1.5 to 14 pixels wide."""
    sketch = Sketch(extent)
    width = np.exp(rng.uniform(np.log(1.5), np.log(14)))
    direction = turned(np.array([[1.0, 0.0]]), some_angle(rng))[0]
    bend = np.array([-direction[1], direction[0]]) * extent * rng.normal(0, 0.12) * (rng.random() < 0.5)
    along = np.linspace(-1, 1, 12)
    points = sketch.centre + along[:, None] * direction * extent * 0.46 + (1 - along[:, None] ** 2) * bend
    for start, end in zip(points[:-1], points[1:]):
        sketch.bar(start, end, width)
    return sketch.alpha()


def cup(rng, extent):
    """Tapered body with a handle that has a hole."""
    sketch = Sketch(extent)
    half, taper = extent * rng.uniform(0.22, 0.32), rng.uniform(0.7, 1.1)
    handle = sketch.centre + [half * 0.95, rng.normal(0, 0.1) * half]
    outer = extent * rng.uniform(0.14, 0.22)
    sketch.polygon(handle + ellipse_points(outer, outer * rng.uniform(0.9, 1.5)))
    inner = outer * rng.uniform(0.45, 0.75)
    sketch.polygon(handle + ellipse_points(inner, inner * 1.2), 0)
    height = extent * rng.uniform(0.3, 0.47)
    body = np.array([[-half, -height], [half, -height], [half * taper, height], [-half * taper, height]])
    sketch.polygon(sketch.centre + body)
    return sketch.alpha() if rng.random() < 0.5 else np.ascontiguousarray(sketch.alpha()[:, ::-1])


def letters(rng, extent):
    sketch = Sketch(extent)
    text = "".join(rng.choice(list("ABCDEFGHKLMNOPRSTUVXYZ0123456789&"), int(rng.integers(1, 5))))
    face = int(rng.choice([cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_SIMPLEX]))
    (width, height), _ = cv2.getTextSize(text, face, 1, 2)
    scale = extent * 0.9 / max(width, height)
    thickness = max(2, int(scale * rng.uniform(1.5, 6)))
    origin = (int(extent * 0.05) + 2, int(sketch.centre[1] + height * scale / 2))
    cv2.putText(sketch.mask, text, origin, face, scale, 255, thickness, cv2.LINE_AA)
    return sketch.alpha()


def fence(rng, extent):
    """Parallel bars at a common angle, sometimes crossed by others: fence, lattice, basket, blinds."""
    sketch = Sketch(extent)
    period = np.exp(rng.uniform(np.log(6), np.log(max(8, extent / 2.5))))
    width = max(1.5, period * rng.uniform(0.15, 0.7))
    angle = some_angle(rng)
    directions = [angle, angle + np.pi / 2 + rng.normal(0, 0.1)] if rng.random() < 0.45 else [angle]
    half = extent * 0.48
    for direction in directions:
        along = turned(np.array([[1.0, 0.0]]), direction)[0]
        across = np.array([-along[1], along[0]])
        for offset in np.arange(-half * 0.7, half * 0.7, period):
            jitter = rng.normal(0, 0.04 * period)
            middle = sketch.centre + across * (offset + jitter)
            sketch.bar(middle - along * half * 0.7, middle + along * half * 0.7, width)
    return sketch.alpha()


def leaves(rng, extent):
    sketch = Sketch(extent)
    for _ in range(int(rng.integers(4, 30))):
        length = extent * rng.uniform(0.06, 0.22)
        t = np.linspace(0, np.pi, 14)
        side = np.stack([length * np.cos(t), length * rng.uniform(0.2, 0.5) * np.sin(t)], 1)
        leaf = np.concatenate([side, side[::-1] * [1, -1]])
        place = sketch.centre + rng.normal(0, 0.2, 2) * extent
        sketch.polygon(place + turned(leaf, rng.uniform(0, 2 * np.pi)))
    return sketch.alpha()


def sticks(rng, extent):
    """A bunch of sticks from one place: brushes in a pot, plant stems, tripod."""
    sketch = Sketch(extent)
    root = sketch.centre + [rng.normal(0, 0.1) * extent, extent * 0.4]
    for _ in range(int(rng.integers(3, 12))):
        tip = sketch.centre + [rng.uniform(-0.48, 0.48) * extent, rng.uniform(-0.48, 0.1) * extent]
        sketch.bar(root + rng.normal(0, 0.04 * extent, 2), tip, np.exp(rng.uniform(np.log(1.5), np.log(9))))
    return sketch.alpha()


def wires(rng, extent):
    """Bent wires, grids and parallel lines, 1 to 3 pixels wide: cables, spokes, grilles, joints of planks."""
    sketch, half = Sketch(extent), extent * 0.48
    width = rng.uniform(1.0, 3.0)
    if rng.random() < 0.5:  # parallel, sometimes crossed
        period = np.exp(rng.uniform(np.log(6), np.log(max(12, extent / 2))))
        angle = some_angle(rng)
        for direction in [angle, angle + np.pi / 2][: 1 + (rng.random() < 0.4)]:
            along = turned(np.array([[1.0, 0.0]]), direction)[0]
            across = np.array([-along[1], along[0]])
            for offset in np.arange(-half * 0.7, half * 0.7, period):
                middle = sketch.centre + across * offset
                sketch.bar(middle - along * half, middle + along * half, width)
        return sketch.alpha()
    for _ in range(int(rng.integers(1, 6))):
        corners = sketch.centre + rng.uniform(-half, half, (4, 2))  # of a Bezier curve
        t = np.linspace(0, 1, 24)[:, None]
        points = sum(c * n * t**i * (1 - t) ** (3 - i) for i, (c, n) in enumerate(zip(corners, (1, 3, 3, 1))))
        for start, end in zip(points[:-1], points[1:]):
            sketch.bar(start, end, width)
    return sketch.alpha()


SINGLE = (
    (polygon, 0.16), (box, 0.22), (ellipse, 0.13), (ring, 0.09), (blob, 0.14), (stick, 0.13), (cup, 0.08), (letters, 0.05),
)
GROUPS = ((fence, 0.4), (leaves, 0.3), (sticks, 0.3))


def silhouette(rng: np.random.Generator, extent: float, group: bool) -> np.ndarray:
    kinds = GROUPS if group else SINGLE
    weights = np.array([w for _, w in kinds])
    return kinds[rng.choice(len(kinds), p=weights / weights.sum())][0](rng, extent)

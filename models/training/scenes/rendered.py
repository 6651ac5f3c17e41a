"""Photographs and disparities of rendered rooms, as develop_rooms.py packs them."""

from pathlib import Path

import cv2
import numpy as np

from scenes import depth
from scenes.textures import field

LOOK = 200  # scenes after which a process looks for rooms that were added
MARGIN = 4  # pixels of a rendered room that displacement may reach beyond the window


class Rendered:
    """The rooms of a pack's folder `rendered`: kept as the files are, read when they are drawn. Rooms that are added later are found."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files, self.drawn = folder, {}, 0
        self._look()

    def _look(self) -> None:
        for path in sorted(self.folder.glob("*.png")):
            if path.stem not in self.files:
                self.files[path.stem] = [np.frombuffer(p.read_bytes(), np.uint8) for p in (path.with_suffix(".jpg"), path)]

    def draw(self, rng: np.random.Generator, size: int, displacement: float) -> tuple[np.ndarray, np.ndarray]:
        """A window of one of them at 1 to 1.14 rendered pixels a pixel: guidance [size, size, 3] uint8 and depth [size, size] float32
        in levels, whose edges are displaced by up to about `displacement` pixels."""
        self.drawn += 1
        if self.drawn % LOOK == 0:
            self._look()
        if not self.files:
            raise ValueError("rendered: the pack has no rendered rooms; make them with render_rooms.py and develop_rooms.py")
        rooms = list(self.files.values())
        picture, disparity = (cv2.imdecode(f, cv2.IMREAD_UNCHANGED) for f in rooms[int(rng.integers(len(rooms)))])
        whole = picture.shape[0] - 2 * MARGIN
        side = int(rng.integers(size, whole + 1))
        top, left = (MARGIN + int(n) for n in rng.integers(0, whole - side + 1, 2))
        window = np.ascontiguousarray(picture[top : top + side, left : left + side, ::-1])
        scale = side / size
        guidance = cv2.resize(window, (size, size), interpolation=cv2.INTER_AREA if scale > 1 else cv2.INTER_LINEAR)
        grid = np.mgrid[:size, :size].astype(np.float32)
        y, x = (start + (n + 0.5) * scale - 0.5 for start, n in zip((top, left), grid))
        y, x = displaced(rng, y, x, disparity, displacement)
        found = cv2.remap(disparity, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
        low = rng.uniform(depth.LOWEST, 90)
        high = rng.uniform(low + 40, depth.HIGHEST)
        return guidance, low + found * np.float32((high - low) / 255)


def displaced(rng, y: np.ndarray, x: np.ndarray, disparity: np.ndarray, largest: float) -> tuple[np.ndarray, np.ndarray]:
    """Where depth is read instead of at `y` and `x`: all of it moved, parts of it moved and things widened or narrowed, as
    `imperfect.displaced_outline` does it to one object."""
    varying = lambda most: np.clip(field(rng, *y.shape, int(rng.integers(2, 12))), -most, most)
    if largest and rng.random() < 0.7:
        for axis in (y, x):
            axis += np.float32(0.7 * rng.uniform(-largest, largest))
            axis += np.float32(0.5 * largest) * varying(1.5)
    if largest and rng.random() < 0.6:
        growth = np.float32(largest) * varying(1)
        outwards = (cv2.remap(o, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for o in towards_nearer(disparity))
        y, x = (axis + growth * outward for axis, outward in zip((y, x), outwards))
    return y, x


def towards_nearer(disparity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors [H, W] y and x towards the nearer side, near steps of disparity; elsewhere 0."""
    blurred = cv2.GaussianBlur(disparity.astype(np.float32), (0, 0), 1.5)
    y, x = cv2.Sobel(blurred, -1, 0, 1, scale=0.125), cv2.Sobel(blurred, -1, 1, 0, scale=0.125)
    length = np.hypot(y, x)
    steep = (length > 1) / np.maximum(length, 1e-6)
    return y * steep, x * steep

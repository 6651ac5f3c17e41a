"""Layers, back to front: guidance [H, W, 3] float32 in 8-bit levels, depth [H, W] float32 in levels."""

import cv2
import numpy as np

from config import SceneConfig
from scenes import depth, textures
from scenes.imperfect import displaced_outline
from scenes.photos import PhotoBank, turned_segment
from scenes.shapes import silhouette, wires

THIN_GAP = 0.35  # probability that wires are slits


class Scene:
    def __init__(self, rng: np.random.Generator, bank: PhotoBank, config: SceneConfig) -> None:
        self.rng, self.bank, self.config, self.size = rng, bank, config, config.size
        self.among = rng.integers(len(bank.images), size=int(rng.integers(1, 6)))
        if config.rendered and rng.random() < config.rendered:
            picture, self.depth = bank.rendered.draw(rng, self.size, config.displaced)
            self.guidance = textures.graded(rng, picture, config.toned)
            if rng.random() < config.rendered_objects:
                self._objects(fewest=1, density=0.25)
            return
        if rng.random() < config.photo_base:
            self._from_photo()
        else:
            self.guidance = textures.surface(rng, bank, self.size, self.size, self.among)
            self.depth = depth.room(rng, self.size)
            self._decals(self.guidance, int(rng.integers(0, 7)), self.size * 0.5)
        if rng.random() < 0.06:
            return  # a few scenes are one photograph or one wall only
        self._objects(config.objects[0], density=1)

    def _objects(self, fewest: int, density: float) -> None:
        """With `density` 1 they cover the scene about once."""
        largest = np.exp(self.rng.uniform(np.log(60), np.log(self.config.extent[1])))
        count = self.rng.uniform(0.7, 3.5) * density * (self.size / largest) ** 2
        for _ in range(int(np.clip(count, fewest, self.config.objects[1]))):
            self._object(largest)

    def _from_photo(self) -> None:
        """A photograph whose segments are grouped, by place and colour, into surfaces of their own depth."""
        rng, size = self.rng, self.size
        crop = self.bank.turned_crop if rng.random() < self.config.turned else self.bank.crop
        patch, labels = crop(rng, size, size, "fine" if rng.random() < 0.75 else "coarse", self.among)
        self.guidance = textures.graded(rng, patch, self.config.toned)
        labels = np.unique(labels.ravel(), return_inverse=True)[1].ravel()
        counts = np.bincount(labels)
        y, x = np.divmod(np.arange(size * size), size)
        features = [np.bincount(labels, values) / counts / size for values in (y, x)]
        weight = rng.uniform(0, 1.5) / 255
        features += [np.bincount(labels, patch[..., c].ravel()) / counts * weight for c in range(3)]
        features = np.stack(features, 1)
        groups = int(np.exp(rng.uniform(np.log(3), np.log(40))))
        seeds = features[rng.integers(len(features), size=groups)]
        group = ((features[:, None] - seeds[None]) ** 2).sum(2).argmin(1)[labels].reshape(size, size)
        self.depth = depth.room(rng, size)
        base = self.depth
        for index in range(1, groups):
            if rng.random() < self.config.shared:
                continue  # stays on the background: colour edges that are none in depth
            mask = displaced_outline(rng, (group == index).astype(np.float32), self.config.displaced, grows=True)
            if rng.random() < 0.5:
                self.depth = np.where(mask, base + depth.step(rng), self.depth)
            else:
                self.depth = np.where(mask, depth.plane(rng, size, size, rng.uniform(30, 230), 40), self.depth)
        self.depth = np.clip(self.depth, depth.LOWEST, depth.HIGHEST).astype(np.float32)

    def _decals(self, picture: np.ndarray, count: int, extent: float) -> None:
        """Pictures, letters and stripes on a surface: edges of the guidance only."""
        for _ in range(count):
            alpha = silhouette(self.rng, max(6, extent * self.rng.uniform(0.1, 0.9)), self.rng.random() < 0.2)
            height, width = alpha.shape
            y = int(self.rng.integers(-height // 2, picture.shape[0] - height // 2))
            x = int(self.rng.integers(-width // 2, picture.shape[1] - width // 2))
            rows, columns, inside = overlap(y, x, height, width, picture.shape)
            if rows.stop <= rows.start or columns.stop <= columns.start:
                continue
            paint = textures.surface(self.rng, self.bank, height, width, self.among)
            blend(picture[rows, columns], paint[inside], alpha[inside])

    def _object(self, largest: float) -> None:
        rng, config = self.rng, self.config
        extent = max(config.extent[0], largest * np.exp(-rng.exponential(0.9)))
        kind, paint, thin = rng.random(), None, rng.random() < config.thin
        if thin:
            alpha = wires(rng, extent)
        elif kind < config.segment_object:
            alpha, photo = self.bank.cut(rng, extent)
            if rng.random() < config.turned:
                alpha, photo = turned_segment(rng, alpha, photo)
            paint = textures.graded(rng, photo, config.toned)
        else:
            alpha = silhouette(rng, extent, group := kind < config.segment_object + config.group * 0.5)
            if group and extent < 40:
                return
        height, width = alpha.shape
        y = int(rng.integers(-height // 3, self.size - height * 2 // 3))
        x = int(rng.integers(-width // 3, self.size - width * 2 // 3))
        rows, columns, inside = overlap(y, x, height, width, self.depth.shape)
        if rows.stop <= rows.start or columns.stop <= columns.start:
            return
        behind = self.depth[rows, columns]
        level = float(np.quantile(behind[:: 1 + behind.shape[0] // 16, :: 1 + behind.shape[1] // 16], 0.8))
        relief = 0.0 if rng.random() < 0.4 else min(60.0, 0.25 * max(height, width))
        shape = depth.surface(rng, height, width, level + depth.step(rng), relief)
        if paint is None:
            paint = self._paint(rows, columns, inside, height, width)
        if rng.random() < config.shadow:
            self._shadow(alpha, y, x)
        blend(self.guidance[rows, columns], paint[inside], alpha[inside])
        if rng.random() < max(config.gap, THIN_GAP * thin):  # a slot or a hole, through which something farther is seen
            level = np.minimum(np.float32(level - depth.step(rng)), behind - 2)
        else:
            level = np.maximum(shape[inside], behind + 2)
        level = np.clip(level, depth.LOWEST, depth.HIGHEST)
        outline = displaced_outline(rng, alpha, config.displaced, grows=not thin)
        self.depth[rows, columns] = np.where(outline[inside], level, behind)

    def _paint(self, rows, columns, inside, height, width) -> np.ndarray:
        rng = self.rng
        if rng.random() < self.config.camouflage:
            paint = np.zeros((height, width, 3), np.float32)
            paint[inside] = self.guidance[rows, columns] * np.float32(rng.uniform(0.85, 1.15))
            return paint
        paint = textures.surface(rng, self.bank, height, width, self.among)
        if rng.random() < self.config.decal:
            self._decals(paint, int(rng.integers(1, 4)), max(height, width) * 0.5)
        shade = 1 + np.float32(rng.uniform(0, 0.3)) * textures.gradient(rng, height, width) / 1.42
        return paint * shade[..., None]

    def _shadow(self, alpha, y, x) -> None:
        rng = self.rng
        dy, dx = np.round(rng.normal(0, 8, 2)).astype(int)
        soft = cv2.GaussianBlur(alpha, (0, 0), float(np.exp(rng.uniform(np.log(0.6), np.log(8)))))
        rows, columns, inside = overlap(y + dy, x + dx, *alpha.shape, self.depth.shape)
        if rows.stop > rows.start and columns.stop > columns.start:
            self.guidance[rows, columns] *= 1 - np.float32(rng.uniform(0.1, 0.6)) * soft[inside][..., None]


def overlap(y: int, x: int, height: int, width: int, shape) -> tuple:
    """Rows and columns of the canvas that a patch at (y, x) covers, and the part of the patch that lies inside."""
    top, left = max(0, y), max(0, x)
    bottom, right = min(shape[0], y + height), min(shape[1], x + width)
    return slice(top, bottom), slice(left, right), (slice(top - y, bottom - y), slice(left - x, right - x))


def blend(canvas: np.ndarray, paint: np.ndarray, alpha: np.ndarray) -> None:
    canvas += (paint - canvas) * alpha[..., None]

"""The bank of photographs with segmentations (packed by prepare.py)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import cv2
import numpy as np
from scipy import ndimage

from scenes.rendered import Rendered


@dataclass
class Segment:
    """One region of a segmentation: which photograph and label map, the label, its slices and area in pixels."""

    photo: int
    map: str
    label: int
    box: tuple
    area: int


class PhotoBank:
    def __init__(self, folder: Path, wanted: Callable[[str], bool] = lambda name: True) -> None:
        names = sorted(p.stem for p in Path(folder).glob("*.jpg") if wanted(p.stem))
        self.names = names
        self.images = [cv2.imread(str(folder / f"{n}.jpg"))[..., ::-1].copy() for n in names]
        maps = ("fine", "coarse")
        self.labels = [{m: cv2.imread(str(folder / f"{n}.{m}.png"), -1) for m in maps} for n in names]
        self.rendered = Rendered(Path(folder) / "rendered")
        self.segments = [s for i in range(len(names)) for m in maps for s in self._segments(i, m)]

    def _segments(self, photo: int, name: str):
        labels = self.labels[photo][name]
        areas = np.bincount(labels.ravel())
        for index, box in enumerate(ndimage.find_objects(labels.astype(np.int32) + 1)):
            # Long ragged regions and whole backgrounds make poor objects.
            if box and 150 < areas[index] < 0.3 * labels.size:
                extent = (box[0].stop - box[0].start) * (box[1].stop - box[1].start)
                if areas[index] > 0.2 * extent:
                    yield Segment(photo, name, index, box, int(areas[index]))

    def crop(self, rng: np.random.Generator, height: int, width: int, map_name: str | None = None, among=None):
        """Random window of a photograph (of those with indices `among`) at 0.75 to 1.9 photograph pixels
        a pixel: image [h, w, 3] uint8, and its labels or None."""
        photo = int(rng.choice(among)) if among is not None else int(rng.integers(len(self.images)))
        image = self.images[photo]
        largest = min(image.shape[0] / height, image.shape[1] / width)
        scale = min(np.exp(rng.uniform(np.log(0.75), np.log(1.9))), largest * 0.999)
        h, w = max(2, int(height * scale)), max(2, int(width * scale))
        y, x = int(rng.integers(image.shape[0] - h + 1)), int(rng.integers(image.shape[1] - w + 1))
        window = image[y : y + h, x : x + w]
        patch = cv2.resize(window, (width, height), interpolation=cv2.INTER_AREA if scale > 1 else cv2.INTER_LINEAR)
        labels = None
        if map_name:
            labels = self.labels[photo][map_name][y : y + h, x : x + w]
            labels = cv2.resize(labels, (width, height), interpolation=cv2.INTER_NEAREST)
        if rng.random() < 0.5:
            patch, labels = patch[:, ::-1], labels[:, ::-1] if labels is not None else None
        return np.ascontiguousarray(patch), labels

    def turned_crop(self, rng: np.random.Generator, height: int, width: int, map_name: str, among):
        """The same at any angle and another scale; beyond the photograph lies its mirror image."""
        photo = int(rng.choice(among))
        image, labels = self.images[photo], self.labels[photo][map_name]
        scale = np.exp(rng.uniform(np.log(0.7), np.log(2.2)))
        size = tuple(round(side / scale) for side in image.shape[1::-1])
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale > 1 else cv2.INTER_CUBIC)
        labels = cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST)
        centre = rng.uniform(0.25, 0.75, 2) * size
        matrix = cv2.getRotationMatrix2D(tuple(centre), rng.uniform(0, 360), 1)
        matrix[:, 2] += np.array([width, height]) / 2 - centre
        mirrored = dict(dsize=(width, height), borderMode=cv2.BORDER_REFLECT_101)
        laid = lambda a, method: cv2.warpAffine(a, matrix, flags=method, **mirrored)
        return laid(image, cv2.INTER_CUBIC), laid(labels, cv2.INTER_NEAREST)

    def cut(self, rng: np.random.Generator, extent: float):
        """A segment about `extent` pixels wide: alpha [h, w] in 0..1 and its own photograph [h, w, 3] uint8."""
        segment = self.segments[int(rng.integers(len(self.segments)))]
        rows, columns = segment.box
        rows = slice(max(0, rows.start - 3), rows.stop + 3)
        columns = slice(max(0, columns.start - 3), columns.stop + 3)
        mask = (self.labels[segment.photo][segment.map][rows, columns] == segment.label).astype(np.float32)
        image = self.images[segment.photo][rows, columns]
        # Never enlarged by more than 1.3: a blurred texture would tell the object apart.
        scale = min(1.3, extent / max(mask.shape))
        size = (max(4, round(mask.shape[1] * scale)), max(4, round(mask.shape[0] * scale)))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        if rng.random() < 0.5:  # the outermost pixels of a segment already mix with what was behind it
            mask = cv2.erode(mask, np.ones((3, 3)))
        return cv2.resize(mask, size, interpolation=method), cv2.resize(image, size, interpolation=method)


def turned_segment(rng: np.random.Generator, mask: np.ndarray, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A cut segment at any angle: alpha and photograph, on a patch that holds it."""
    height, width = mask.shape
    side = int(np.ceil(np.hypot(height, width)))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(0, 360), 1)
    matrix[:, 2] += (side - width) / 2, (side - height) / 2
    picture = cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    return cv2.warpAffine(mask, matrix, (side, side)), picture

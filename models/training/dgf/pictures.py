"""Training pictures: parts of photographs at the sizes that the operators are cloned at."""

from pathlib import Path

import cv2
import numpy as np

from pairs.sources import HELD_OUT

ASPECTS = ((2, 3), (3, 2), (1, 1))  # height : width; pictures of one aspect make a batch
STEP = 128  # short sides are multiples of it: few shapes, which Fourier transforms are fast for
LOSSY = 2.0  # JPEG files of a camera are reduced at least so far: their blocks vanish


class Photographs:
    """sRGB photographs of a folder, grey ones tripled; `held_out`: only those that training leaves out, or all others."""

    def __init__(self, folder: Path, held_out: bool, lossy: float = LOSSY) -> None:
        paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
        self.paths, self.lossy = [p for p in paths if p.stem.startswith(HELD_OUT) == held_out], lossy
        if not self.paths:
            raise SystemExit(f"no photographs in {folder}")

    def loaded(self, index: int) -> np.ndarray:
        """[H, W, 3] uint8 RGB, JPEG files reduced."""
        path = self.paths[index]
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1]
        if path.suffix.lower() == ".png":
            return image
        size = (round(image.shape[1] / self.lossy), round(image.shape[0] / self.lossy))
        return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def part(image: np.ndarray, side: int, aspect: tuple, rng: np.random.Generator) -> np.ndarray:
    """A random part of this aspect, at least half of what there is of it, reduced to the short side `side`: [h, w, 3]
    uint8. A photograph must have so many pixels."""
    unit = min(image.shape[0] / aspect[0], image.shape[1] / aspect[1])
    shorter = min(aspect)
    least = side / shorter
    scale = rng.uniform(max(least, 0.5 * unit), unit)
    height, width = round(scale * aspect[0]), round(scale * aspect[1])
    height, width = min(height, image.shape[0]), min(width, image.shape[1])
    y, x = rng.integers(image.shape[0] - height + 1), rng.integers(image.shape[1] - width + 1)
    size = (side * aspect[1] // shorter, side * aspect[0] // shorter)
    return cv2.resize(image[y : y + height, x : x + width], size, interpolation=cv2.INTER_AREA)


def whole(image: np.ndarray, side: int) -> np.ndarray:
    """As much as there is of 2 : 3 or 3 : 2, from the middle, at the short side `side` or the largest multiple of 32 below."""
    aspect = (2, 3) if image.shape[0] < image.shape[1] else (3, 2)
    unit = min(image.shape[0] / aspect[0], image.shape[1] / aspect[1])
    side = int(min(side, 2 * unit) / 32) * 32
    height, width = (round(unit * share) for share in aspect)
    y, x = (image.shape[0] - height) // 2, (image.shape[1] - width) // 2
    size = (side * aspect[1] // 2, side * aspect[0] // 2)
    return cv2.resize(image[y : y + height, x : x + width], size, interpolation=cv2.INTER_AREA)

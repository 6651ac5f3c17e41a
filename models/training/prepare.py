"""Packs photographs and their segmentations for the scene generator.

Each photograph is reduced by at least a factor of two (JPEG blocks vanish) to `--side` pixels on its long side and
stored as a high-quality JPEG without chroma subsampling; its colour segmentations (Felzenszwalb and Huttenlocher, fine
and coarse) are stored as 16-bit PNG label maps. The scene generator cuts objects along these real photo edges.

    python prepare.py --photos <folder of photographs> --out <pack folder>
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from skimage.segmentation import felzenszwalb

SEGMENTATIONS = {"fine": dict(scale=250, sigma=0.8, min_size=150), "coarse": dict(scale=1200, sigma=1.0, min_size=1200)}


def reduced(photo: np.ndarray, side: int) -> np.ndarray:
    """Area reduction by a factor >= 2 for large photographs; small (lossless) ones stay as they are."""
    factor = max(photo.shape[:2]) / side
    if factor <= 1:
        return photo
    size = (round(photo.shape[1] / factor), round(photo.shape[0] / factor))
    return cv2.resize(photo, size, interpolation=cv2.INTER_AREA)


def segment(photo: np.ndarray, settings: dict) -> np.ndarray:
    """Label map [H, W] uint16; a median of labels smooths the ragged outlines (a majority where two labels meet)."""
    labels = felzenszwalb(photo[..., ::-1], channel_axis=-1, **settings).astype(np.uint16)
    return cv2.medianBlur(labels, 5)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--side", type=int, default=1100)
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    for path in sorted(p for p in options.photos.iterdir() if p.suffix.lower() in (".jpg", ".jpeg", ".png")):
        photo = reduced(cv2.imread(str(path), cv2.IMREAD_COLOR), options.side)
        quality = [cv2.IMWRITE_JPEG_QUALITY, 96]
        if hasattr(cv2, "IMWRITE_JPEG_SAMPLING_FACTOR"):
            quality += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
        cv2.imwrite(str(options.out / f"{path.stem}.jpg"), photo, quality)
        for name, settings in SEGMENTATIONS.items():
            labels = segment(photo, settings)
            cv2.imwrite(str(options.out / f"{path.stem}.{name}.png"), labels)
            print(path.stem, photo.shape, name, int(labels.max()) + 1, flush=True)


if __name__ == "__main__":
    main()

"""Photographs small enough to travel to a machine that trains: JPEG files of a camera reduced at least by two, lossless ones as they
are. `dgf_train.py --lossy 1` takes them as they come.

    python dgf_photographs.py --photos <folder of photographs> --out <folder> [--side 1720]
"""

import argparse
import shutil
from pathlib import Path

import cv2
from PIL import Image

from dgf.pictures import LOSSY

QUALITY = 90  # without chroma subsampling


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--side", type=int, default=1720, help="most pixels of the long side")
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(options.photos.iterdir()):
        if path.suffix.lower() == ".png":
            shutil.copy(path, options.out)
        elif path.suffix.lower() in (".jpg", ".jpeg"):
            image = cv2.imread(str(path), cv2.IMREAD_COLOR)
            factor = max(LOSSY, max(image.shape[:2]) / options.side)
            size = (round(image.shape[1] / factor), round(image.shape[0] / factor))
            reduced = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
            Image.fromarray(reduced[..., ::-1]).save(options.out / f"{path.stem}.jpg", quality=QUALITY, subsampling=0)


if __name__ == "__main__":
    main()

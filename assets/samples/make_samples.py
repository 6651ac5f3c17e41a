"""Makes the sample pairs from Middlebury 2005 full-size scenes: `make_samples.py FOLDER`.

FOLDER holds `<scene>_color.png` (the photo) and `<scene>_big.png` (disparity in pixels, holes filled). The photo is
stored as JPEG; the disparity is reduced eight times by Pillow's antialiased bicubic (a = -0.5) and kept as 8-bit
disparity in pixels. The thumbnail shows the photo beside what Sidelight is given: the reduced disparity, unsmoothed.
"""

import sys
from pathlib import Path

import cv2
import numpy
from PIL import Image

FACTOR = 8
SCENES = ("art", "moebius")
THUMBNAIL = (640, 400)


def viridis(values: numpy.ndarray) -> numpy.ndarray:
    """The colormap that the application opens maps in; values 0..1, returns uint8 RGB."""
    levels = (255 * values).round().astype(numpy.uint8)
    return cv2.applyColorMap(levels, cv2.COLORMAP_VIRIDIS)[..., ::-1].copy()


def thumbnail(photo: Image.Image, reduced: Image.Image) -> Image.Image:
    values = numpy.asarray(reduced, dtype=numpy.float64)
    span = values.max() - values.min()
    depth = Image.fromarray(viridis((values - values.min()) / span)).resize(photo.size, Image.NEAREST)
    height = round(photo.width * THUMBNAIL[1] / THUMBNAIL[0])
    top = (photo.height - height) // 2
    frame = (0, top, photo.width, top + height)
    left = photo.crop(frame).resize(THUMBNAIL, Image.LANCZOS)
    right = depth.crop(frame).resize(THUMBNAIL, Image.BOX)
    half = THUMBNAIL[0] // 2
    left.paste(right.crop((half, 0, *THUMBNAIL)), (half, 0))
    left.paste((20, 20, 20), (half - 1, 0, half + 1, THUMBNAIL[1]))
    return left


def main(folder: Path) -> None:
    here = Path(__file__).parent
    for scene in SCENES:
        photo = Image.open(folder / f"{scene}_color.png").convert("RGB")
        disparity = Image.open(folder / f"{scene}_big.png").convert("L")
        assert photo.size == disparity.size and photo.width % 16 == 0 and photo.height % 16 == 0
        reduced = disparity.resize((photo.width // FACTOR, photo.height // FACTOR), Image.BICUBIC)
        photo.save(here / f"{scene}-photo.jpg", quality=93, subsampling=0, optimize=True)
        reduced.save(here / f"{scene}-disparity.png", optimize=True)
        thumbnail(photo, reduced).save(here / f"{scene}-thumbnail.jpg", quality=88, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Rendered rooms to photographs and disparities, for the folder `rendered` of a pack.

    python develop_rooms.py --rooms FOLDER --out PACK/rendered

Few samples a pixel leave noise in the light. It is smoothed by a guided filter, guided by what has none (normals and distance), and the
colours of the surfaces, which have none either, are laid on again. Rooms that show hardly anything are left out.
"""

import argparse
import os
from pathlib import Path

os.environ["OPENCV_IO_ENABLE_OPENEXR"] = "1"
import cv2  # noqa: E402
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

DARKEST = 0.02  # colours below tell nothing of the light
STEP, STEPS = 6, 0.012  # levels of a step between neighbours; share of pixels at one that a room must have
CONTRAST = 12  # least standard deviation of the photograph, levels


def read(path: Path) -> np.ndarray:
    return np.nan_to_num(cv2.imread(str(path), cv2.IMREAD_UNCHANGED).astype(np.float32), posinf=1e4, neginf=-1e4)


def developed(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Photograph [H, W, 3] uint8 (sRGB, blue first) and disparity [H, W] uint8 over its whole range."""
    image, colour, normal, mist = (read(folder / f"{name}0001.exr") for name in ("image", "colour", "normal", "mist"))
    light = image / np.maximum(colour, DARKEST)
    light = np.minimum(light, np.quantile(light, 0.995))
    mist = mist[..., 0] - mist.min()
    distance = np.minimum(mist / max(1e-6, np.quantile(mist, 0.99)), 1.2) * 3
    guidance = np.dstack([normal[..., 1], normal[..., 0] + 0.5 * normal[..., 2], distance]).astype(np.float32)
    light = np.maximum(cv2.ximgproc.guidedFilter(guidance, light, 3, 2e-3), 0)
    picture = np.where(colour.max(2, keepdims=True) > DARKEST, light * colour, image)
    picture = np.maximum(picture / max(np.quantile(picture.max(2), 0.97), DARKEST) * 0.9, 0)
    picture = np.where(picture < 0.0031308, picture * 12.92, 1.055 * np.maximum(picture, 1e-9) ** (1 / 2.4) - 0.055)
    depth = read(folder / "depth.exr")
    disparity = 1 / np.maximum(depth if depth.ndim == 2 else depth[..., 0], 1e-3)
    low, high = np.quantile(disparity, [0.002, 0.998])
    levels = lambda values: np.clip(values * 255, 0, 255).round().astype(np.uint8)
    return levels(picture), levels((disparity - low) / max(high - low, 1e-6))


def shows_something(picture: np.ndarray, disparity: np.ndarray) -> bool:
    steps = cv2.morphologyEx(disparity, cv2.MORPH_GRADIENT, np.ones((3, 3))) > STEP
    return picture.std() > CONTRAST and steps.mean() > STEPS


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rooms", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    rooms = sorted(depth.parent for depth in options.rooms.glob("*/depth.exr"))
    kept = 0
    for room in rooms:
        picture, disparity = developed(room)
        if not shows_something(picture, disparity):
            continue
        kept += 1
        Image.fromarray(picture[..., ::-1]).save(options.out / f"{room.name}.jpg", quality=90, subsampling=0)
        cv2.imwrite(str(options.out / f"{room.name}.png"), disparity, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    print(f"{kept} of {len(rooms)} rooms")


if __name__ == "__main__":
    main()

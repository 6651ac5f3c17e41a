"""Rendered rooms to photographs and disparities, for the folder `rendered` of a pack.

    python develop_rooms.py --rooms FOLDER --out PACK/rendered

Few samples a pixel leave noise in the light. It is smoothed by a guided filter, guided by what has none (normals and distance), and the
colours of the surfaces, which have none either, are laid on again. Rooms that show hardly anything are left out.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

DARKEST = 0.02  # colours below tell nothing of the light
STEP, STEPS = 6, 0.012  # levels of a step between neighbours; share of pixels at one that a room must have
RADIUS, EPSILON = 3, 2e-3  # of the filter that smooths the light
CONTRAST = 12  # least standard deviation of the photograph, levels


def read(path: Path) -> np.ndarray:
    try:
        image = np.load(path)
    except (ValueError, EOFError) as error:
        raise ValueError(f"{path} is damaged: render this room again") from error
    return np.nan_to_num(image, posinf=1e4, neginf=-1e4)


def guided_filter(guidance: np.ndarray, image: np.ndarray, radius: int, epsilon: float) -> np.ndarray:
    """The guided filter of He, Sun and Tang (2013) with a guidance [H, W, 3] in colour (equations 19 to 21), for an image [H, W, C]."""
    mean = lambda values: cv2.boxFilter(values, -1, (2 * radius + 1,) * 2, borderType=cv2.BORDER_REFLECT)
    planes, image = cv2.split(guidance.astype(np.float64)), image.astype(np.float64)
    means, mean_image = [mean(p) for p in planes], mean(image)
    covariance = {(i, j): mean(planes[i] * planes[j]) - means[i] * means[j] + epsilon * (i == j) for i in range(3) for j in range(i, 3)}
    entry = lambda i, j: covariance[min(i, j), max(i, j)]
    minor = lambda i, j: entry((i + 1) % 3, (j + 1) % 3) * entry((i + 2) % 3, (j + 2) % 3) - entry((i + 1) % 3, (j + 2) % 3) * entry((i + 2) % 3, (j + 1) % 3)
    determinant = sum(entry(0, j) * minor(0, j) for j in range(3))
    with_image = [mean(p[..., None] * image) - m[..., None] * mean_image for p, m in zip(planes, means)]
    slopes = [sum((minor(i, j) / determinant)[..., None] * with_image[j] for j in range(3)) for i in range(3)]
    offset = mean_image - sum(slope * m[..., None] for slope, m in zip(slopes, means))
    return (sum(mean(slope) * p[..., None] for slope, p in zip(slopes, planes)) + mean(offset)).astype(np.float32)


def developed(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Photograph [H, W, 3] uint8 (sRGB) and disparity [H, W] uint8 over its whole range."""
    image, colour, normal, mist = (read(folder / f"{name}.npy") for name in ("image", "colour", "normal", "mist"))
    light = image / np.maximum(colour, DARKEST)
    light = np.minimum(light, np.quantile(light, 0.995))
    mist = mist[..., 0] - mist.min()
    distance = np.minimum(mist / max(1e-6, np.quantile(mist, 0.99)), 1.2) * 3
    guidance = np.dstack([normal[..., 1], normal[..., 2] + 0.5 * normal[..., 0], distance]).astype(np.float32)
    light = np.maximum(guided_filter(guidance, light, RADIUS, EPSILON), 0)
    picture = np.where(colour.max(2, keepdims=True) > DARKEST, light * colour, image)
    picture = np.maximum(picture / max(np.quantile(picture.max(2), 0.97), DARKEST) * 0.9, 0)
    picture = np.where(picture < 0.0031308, picture * 12.92, 1.055 * np.maximum(picture, 1e-9) ** (1 / 2.4) - 0.055)
    disparity = 1 / np.maximum(read(folder / "depth.npy")[..., 0], 1e-3)
    low, high = np.quantile(disparity, [0.002, 0.998])
    levels = lambda values: np.clip(values * 255, 0, 255).round().astype(np.uint8)
    return levels(picture), levels((disparity - low) / max(high - low, 1e-6))


def shows_something(picture: np.ndarray, disparity: np.ndarray) -> bool:
    steps = cv2.morphologyEx(disparity, cv2.MORPH_GRADIENT, np.ones((3, 3))) > STEP
    return picture.std() > CONTRAST and steps.mean() > STEPS


def develop(room: Path, out: Path) -> bool:
    """Whether the room shows enough to be kept. The disparity is there last: a training that goes on finds both files whole."""
    picture, disparity = developed(room)
    if not shows_something(picture, disparity):
        return False
    photograph, depth = out / f"{room.name}.jpg", out / f"{room.name}.png"
    Image.fromarray(picture).save(photograph, quality=90, subsampling=0)
    part = depth.with_suffix(".part")
    part.write_bytes(cv2.imencode(".png", disparity, [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes())
    part.rename(depth)
    return True


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rooms", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    rooms = sorted(depth.parent for depth in options.rooms.glob("*/depth.npy"))
    print(f"{sum(develop(room, options.out) for room in rooms)} of {len(rooms)} rooms")


if __name__ == "__main__":
    main()

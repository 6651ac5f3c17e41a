"""A picture of generated scenes, guidance above depth, to be looked at beside real ones.

    python contact_sheet.py --photos <pack folder> --out contact-sheet.jpg
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from config import SceneConfig
from scenes.generate import generate
from scenes.photos import PhotoBank


def coloured(depth: np.ndarray, known: np.ndarray) -> np.ndarray:
    low, high = depth.min(), depth.max()
    picture = cv2.applyColorMap(((depth - low) / max(high - low, 1) * 255).astype(np.uint8), cv2.COLORMAP_TURBO)
    picture[~known] = 0
    return picture


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--columns", type=int, default=6)
    arguments.add_argument("--rows", type=int, default=3)
    arguments.add_argument("--side", type=int, default=224)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    bank, config, rows = PhotoBank(options.photos), SceneConfig(), []
    for row in range(options.rows):
        pairs = [generate([options.seed, row, c], bank, config) for c in range(options.columns)]
        small = lambda p, m: cv2.resize(p, (options.side, options.side), interpolation=m)
        rows.append(np.hstack([small(g[..., ::-1], cv2.INTER_AREA) for g, _, _ in pairs]))
        rows.append(np.hstack([small(coloured(d, k), cv2.INTER_NEAREST) for _, d, k in pairs]))
    cv2.imwrite(str(options.out), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 82])


if __name__ == "__main__":
    main()

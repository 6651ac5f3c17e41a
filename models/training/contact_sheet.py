"""A picture of generated scenes, to be looked at beside real ones: guidance above depth; or guidance, target and truth
of the pairs on equal grids.

    python contact_sheet.py --photos <pack folder> --out contact-sheet.jpg [--degradation noise | texture] [--set rendered=1 turned=0.7]
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from config import SceneConfig
from pairs.corrupt import corrupted
from pairs.sources import SOURCES, drawer
from train import overridden


def coloured(depth: np.ndarray, known: np.ndarray) -> np.ndarray:
    low, high = depth.min(), depth.max()
    picture = cv2.applyColorMap(((depth - low) / max(high - low, 1) * 255).astype(np.uint8), cv2.COLORMAP_TURBO)
    picture[~known] = 0
    return picture


def depth_rows(scenes: list, side: int) -> list[np.ndarray]:
    small = lambda p, m: cv2.resize(p, (side, side), interpolation=m)
    return [
        np.hstack([small(g[..., ::-1], cv2.INTER_AREA) for g, _, _ in scenes]),
        np.hstack([small(coloured(d, k), cv2.INTER_NEAREST) for _, d, k in scenes]),
    ]


def pair_rows(scenes: list, side: int, degradation: str, seed: int) -> list[np.ndarray]:
    """Crops at full size, as the network meets them."""
    window = slice(60, 60 + side)
    guidance = np.stack([g[window, window].transpose(2, 0, 1) for g, _, _ in scenes])
    truth = np.stack([t[None, window, window] for _, t, _ in scenes])
    generator = torch.Generator().manual_seed(seed)
    made = corrupted(degradation, torch.from_numpy(guidance).float() / 255, torch.from_numpy(truth), generator)
    target, guidance, truth = ((255 * t.clamp(0, 1)).byte().permute(0, 2, 3, 1).numpy() for t in made)
    rgb = lambda picture: np.broadcast_to(picture[..., ::-1], (side, side, 3))
    return [np.hstack([rgb(p) for p in row]) for row in (guidance, target, truth)]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--degradation", choices=SOURCES)
    arguments.add_argument("--set", nargs="*", default=[], help="settings of SceneConfig")
    arguments.add_argument("--columns", type=int, default=6)
    arguments.add_argument("--rows", type=int, default=3)
    arguments.add_argument("--side", type=int, default=224)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    draw, rows = drawer(options.degradation, options.photos, overridden(SceneConfig(), options.set)), []
    for row in range(options.rows):
        scenes = [draw([options.seed, row, c]) for c in range(options.columns)]
        if options.degradation:
            rows += pair_rows(scenes, options.side, options.degradation, options.seed + row)
        else:
            rows += depth_rows(scenes, options.side)
    cv2.imwrite(str(options.out), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 82])


if __name__ == "__main__":
    main()

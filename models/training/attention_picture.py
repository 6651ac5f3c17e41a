"""Attention maps of one scene at every level, as the paper's Fig. 13, and how their values are spread.

    python attention_picture.py --weights ../dagf-x8-bicubic.safetensors --dataset PAIRS --scene motorcycle \
        --factor 8 --out attention.jpg

From left to right: guidance, target as the network gets it, A_0, A_1, A_2 (mean over the kernel's taps, enlarged to the
same size). Bright pixels take their kernel from the guidance, dark ones from the target; the scale is the same for all
maps and printed.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from degrade import degraded, enlarged
from evaluate import Pair, pairs
from inspection import kernel_parts
from weights import load_network

SCALE = (0.0, 1.0)  # attention shown as black and as white


def network_inputs(pair: Pair, factor: int, degradation: str) -> tuple[Tensor, Tensor]:
    """Target and guidance as the network gets them; the target is normalised by its own range."""
    small = degraded(pair.truth, factor, degradation)
    low, span = small.min(), (small.max() - small.min()).clamp_min(1e-6)
    return enlarged((small - low) / span, factor), pair.guidance


def spread(attention: Tensor, edges: np.ndarray) -> dict:
    """Quantiles of A, the share near one half (the paper: most are in 0.4 to 0.6), and its means on and off edges."""
    values = attention.mean(1)[0].numpy()
    near = cv2.resize(edges.astype(np.uint8), values.shape[::-1], interpolation=cv2.INTER_AREA) > 0
    quantiles = np.quantile(attention.numpy(), (0.05, 0.5, 0.95))
    return dict(
        quantiles=[round(float(q), 3) for q in quantiles],
        between04And06=round(float(((attention > 0.4) & (attention < 0.6)).float().mean()), 3),
        onDepthEdges=round(float(values[near].mean()), 3), elsewhere=round(float(values[~near].mean()), 3),
    )


def grey(image: np.ndarray, low: float, high: float, size: tuple[int, int]) -> np.ndarray:
    shown = (np.clip((image - low) / (high - low), 0, 1) * 255).round().astype(np.uint8)
    return cv2.cvtColor(cv2.resize(shown, size, interpolation=cv2.INTER_NEAREST), cv2.COLOR_GRAY2BGR)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path, required=True)
    arguments.add_argument("--dataset", type=Path, required=True)
    arguments.add_argument("--scene", required=True)
    arguments.add_argument("--factor", type=int, default=8)
    arguments.add_argument("--degradation", default="bicubic")
    arguments.add_argument("--height", type=int, default=320, help="of the picture, in pixels")
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    torch.set_num_threads(1)
    pair = next(p for p in pairs(options.dataset) if p.name == options.scene)
    target, guidance = network_inputs(pair, options.factor, options.degradation)
    attention = [level["attention"] for level in kernel_parts(load_network(options.weights), target, guidance)]
    truth = pair.truth[0, 0].numpy()
    jumps = cv2.morphologyEx(truth, cv2.MORPH_GRADIENT, np.ones((3, 3))) > 0.05 * np.ptp(truth)
    size = (round(options.height * truth.shape[1] / truth.shape[0]), options.height)
    colour = (guidance[0].permute(1, 2, 0).numpy()[..., ::-1] * 255).astype(np.uint8)
    panels = [cv2.resize(colour, size, interpolation=cv2.INTER_AREA), grey(target[0, 0].numpy(), 0, 1, size)]
    panels += [grey(a.mean(1)[0].numpy(), *SCALE, size) for a in attention]
    gap = np.full((options.height, 6, 3), 255, np.uint8)
    row = [part for panel in panels for part in (panel, gap)][:-1]
    cv2.imwrite(str(options.out), np.hstack(row), [cv2.IMWRITE_JPEG_QUALITY, 85])
    print(json.dumps(dict(scale=SCALE, levels=[spread(a, jumps) for a in attention]), indent=1))


if __name__ == "__main__":
    main()

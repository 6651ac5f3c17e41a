"""How far an output pixel sees: the exact reach from gradients, and what a smaller halo would cost.

    python reach.py --weights ../dagf-x8-bicubic.safetensors
"""

import argparse
from pathlib import Path

import torch

from network import DAGF
from weights import load_network

SIDE = 256  # pixels; more than twice the reach


def exact_reach(network: DAGF) -> list[int]:
    """Largest distance, in full-size pixels, from an output pixel's area to an input pixel that changes it.

    One value for every output, coarsest first. The reach depends on where a pixel lies in the grid of the coarser
    levels, so every offset along the diagonal is tried; the axes behave alike.
    """
    network, levels, result = network.double(), network.config.levels, []
    target = torch.rand(1, 1, SIDE, SIDE, dtype=torch.float64, requires_grad=True)
    guidance = torch.rand(1, 3, SIDE, SIDE, dtype=torch.float64, requires_grad=True)
    outputs = network(target, guidance)
    for index, output in enumerate(outputs):
        area, farthest = 2 ** (levels - 1 - index), 0
        for offset in range(2**levels // area):
            place = SIDE // 2 // area + offset
            gradients = torch.autograd.grad(output[0, 0, place, place], (target, guidance), retain_graph=True)
            touched = sum(g.abs().sum((0, 1)) for g in gradients) > 0
            for axis in (0, 1):
                seen = torch.nonzero(touched.any(axis)).flatten()
                first, last = place * area, place * area + area - 1
                farthest = max(farthest, first - int(seen[0]), int(seen[-1]) - last)
        result.append(farthest)
    network.float()
    return result


@torch.no_grad()
def halo_error(network: DAGF, target, guidance, halo: int, side: int = 128) -> float:
    """Largest difference of I_{m-1}, in units of the target's range, between a tile with `halo` and the whole."""
    whole = network(target, guidance)[-1]
    height, width = target.shape[-2:]
    top, left = (height - side) // 16 * 8, (width - side) // 16 * 8
    rows = slice(max(0, top - halo), min(height, top + side + halo))
    columns = slice(max(0, left - halo), min(width, left + side + halo))
    tile = network(target[..., rows, columns], guidance[..., rows, columns])[-1]
    y, x = top - rows.start, left - columns.start
    difference = tile[..., y : y + side, x : x + side] - whole[..., top : top + side, left : left + side]
    return float(difference.abs().max())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path, required=True)
    arguments.add_argument("--threads", type=int, default=1)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    print("reach of I_0, I_1, ... in pixels:", exact_reach(load_network(options.weights)))


if __name__ == "__main__":
    main()

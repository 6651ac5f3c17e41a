"""How far an output pixel sees: the exact reach from gradients.

    python reach.py --weights ../dagf-x8-bicubic.safetensors
"""

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from config import NetworkConfig
from network import DAGF
from weights import load_network

SIDE = 256  # pixels a unit of the stride; more than twice the reach


def exact_reach(network: DAGF) -> list[int]:
    """Largest distance, in full-size pixels, from an output pixel's area to an input pixel that changes it.

    One value for every output, coarsest first. The reach depends on where a pixel lies in the grid of the coarser
    levels, so every offset along the diagonal is tried; the axes behave alike.
    """
    if network.config.detail > 1:  # finer pixels of a guidance lie within the target's
        network = DAGF(replace(network.config, detail=1))
    network, levels, result = network.double(), network.config.levels, []
    side = SIDE * network.config.stride
    target = torch.rand(1, 1, side, side, dtype=torch.float64, requires_grad=True)
    guidance = torch.rand(1, 3, side, side, dtype=torch.float64, requires_grad=True)
    noisy = torch.rand_like(target).requires_grad_()
    outputs = network(target, guidance, noisy)
    inputs = (target, guidance, noisy) if network.config.noisy else (target, guidance)
    for index, output in enumerate(outputs):
        area, farthest = 2 ** (levels - 1 - index), 0
        for offset in range(network.config.multiple // area):
            place = side // 2 // area + offset
            gradients = torch.autograd.grad(output[0, 0, place, place], inputs, retain_graph=True)
            touched = sum(g.abs().sum((0, 1)) for g in gradients) > 0
            for axis in (0, 1):
                seen = torch.nonzero(touched.any(axis)).flatten()
                first, last = place * area, place * area + area - 1
                farthest = max(farthest, first - int(seen[0]), int(seen[-1]) - last)
        result.append(farthest)
    network.float()
    return result


def reach_bound(config: NetworkConfig) -> int:
    """At least the reach of the full-size output, from the sizes of the convolutions: exact_reach takes minutes for
    large networks. 104 for the standard network, whose exact reach is 96."""
    attention = config.source == "both" and config.combination == "akl"

    def features(level: int) -> int:
        """Of F at a level, 0 being full size."""
        step, last = 2**level, level == config.levels - 1
        pyramid = 2 + sum(3 * 2 ** (j - 1) + 2**j for j in range(1, level + 1))
        kernels = pyramid + step * (9 if attention else 2)
        filtered = config.kernel // 2 * step + step + step - 1 + (0 if last else features(level + 1))
        return 2 * step * config.blocks_of(config.levels - 1 - level) + max(kernels, filtered)

    return features(0) + 2


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path, required=True)
    arguments.add_argument("--threads", type=int, default=1)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    print("reach of I_0, I_1, ... in pixels:", exact_reach(load_network(options.weights)))


if __name__ == "__main__":
    main()

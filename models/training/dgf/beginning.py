"""Weights that a network begins with, of one that was told less or something else."""

import torch
from torch import Tensor

from dgf.config import DgfConfig

# What is told comes after these planes of the picture, or of the moments, in the first convolution of each.
FIRST = {"network.0.weight": 3, "layer.model.0.weight": 6}


def fitting(weights: dict[str, Tensor], own: dict[str, Tensor], before: DgfConfig, now: DgfConfig) -> dict[str, Tensor]:
    """Of the weights of a network `before` those that fit the network `now`, which has its `own`.

    What it is told besides counts nothing at first. Where that is something else than before, what was learned of it is left out; where
    the network, the linear model or the guidance map now adds to something, it begins by adding nothing.
    """
    found = {name: value for name, value in weights.items() if name in own}
    other = bool(before.draft) != bool(now.draft)
    anew = [last_layer(own, "network.")] if other else []
    if bool(before.classical) != bool(now.classical):
        anew += [last_layer(own, chain) for chain in ("layer.model.", "guidance.") if any(name.startswith(chain) for name in own)]
    found = {name: value for name, value in found.items() if not name.startswith(tuple(anew))}
    for name in FIRST.keys() & found.keys():
        if other:
            found[name] = found[name][:, : FIRST[name] + before.conditions]
        found[name] = grown(found[name], own[name])
    return found


def last_layer(own: dict[str, Tensor], chain: str) -> str:
    """The beginning of the names of its weights."""
    return chain + str(max(int(name.removeprefix(chain).split(".")[0]) for name in own if name.startswith(chain))) + "."


def grown(value: Tensor, like: Tensor) -> Tensor:
    """Weights of a convolution that is told more now: what it is told besides comes last, and counts nothing at first."""
    more = value.new_zeros(len(value), like.shape[1] - value.shape[1], *value.shape[2:])
    return torch.cat([value, more], 1)

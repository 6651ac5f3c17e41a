"""Running statistics of averaged weights: those of the weights in training belong to other weights."""

import copy

import torch
from torch import nn

from dgf.config import DgfTraining
from dgf.network import Dgf
from dgf.passes import passed
from dgf.pool import DRAWS, PairPool


@torch.no_grad()
def calibrated(network: Dgf, pool: PairPool, config: DgfTraining, batches: int = 40) -> Dgf:
    """A copy in evaluation mode, its statistics the plain means over so many batches, or the kept ones."""
    copied = copy.deepcopy(network)
    if config.statistics == "kept":
        return copied.eval()
    copied.train()
    for layer in copied.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None  # a cumulative mean
    device, generator = next(network.parameters()).device, torch.Generator().manual_seed(0)
    for number in range(batches):
        # Every aspect as often as in the training.
        place = sum((number + 0.5) / batches > share for share in pool.shares.cumsum()[:-1])
        draws = torch.rand(config.batch, DRAWS, generator=generator).to(device)
        passed(copied, pool, config, pool.aspects[place], draws)
    return copied.eval()

"""Running statistics of averaged weights: those of the weights in training belong to other weights."""

import copy

import numpy as np
import torch
from torch import nn

from dgf.network import Dgf
from dgf.pool import PairPool


@torch.no_grad()
def calibrated(network: Dgf, pool: PairPool, size: int, crop: int, batches: int = 40) -> Dgf:
    """A copy in evaluation mode, its statistics the plain means over so many batches of `size` windows of side `crop`."""
    copied, rng = copy.deepcopy(network).train(), np.random.default_rng(0)
    for layer in copied.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.reset_running_stats()
            layer.momentum = None  # a cumulative mean
    for _ in range(batches):
        batch = pool.batch(size, crop, rng)
        if network.config.variant == "can":
            copied.network(batch.picture)
        elif network.config.variant == "s":
            copied.network(batch.small)
        else:
            copied.applied(batch.enlarged(copied.coefficients(batch.small)), batch.picture)
    return copied.eval()

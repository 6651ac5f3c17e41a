"""What DAGF decides inside: the kernels and the attention map of every level."""

import torch
from torch import Tensor

from network import DAGF


@torch.no_grad()
def kernel_parts(network: DAGF, *inputs: Tensor) -> list[dict[str, Tensor]]:
    """For such inputs as the network takes, of every level, coarsest first: W^t, W^g, A and W of equation 14 as `AttentionalKernels.parts` names them, each
    [N, k*k, h, w] with the taps row by row."""
    found = []
    hooks = [
        level.kernels.register_forward_pre_hook(lambda module, features: found.append(module.parts(*features)))
        for level in network.levels
    ]
    try:
        network(*inputs)
    finally:
        for hook in hooks:
            hook.remove()
    return found

"""Muon: momentum made orthogonal, for the convolutions between feature channels.

K. Jordan and others, "Muon: an optimizer for hidden layers in neural networks", 2024; the updates' size as J. Liu and others,
"Muon is scalable for LLM training", 2025, have it, so that AdamW's learning rates serve here, too.
"""

from collections import defaultdict

import torch
from torch import Tensor, nn

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # of an odd polynomial that brings singular values near one, five times
ITERATIONS = 5
ROOT_MEAN_SQUARE = 0.2  # of an update, in learning rates: AdamW's own
LEAST_CHANNELS = 16  # in and out; what reads images or gives kernels and corrections is left to AdamW


def orthogonal(matrices: Tensor) -> Tensor:
    """[N, rows, columns]: the same singular vectors, with singular values of about 0.7 to 1.2 but for those far below the largest one."""
    turned = matrices.shape[1] > matrices.shape[2]
    values = matrices.transpose(1, 2) if turned else matrices
    values = values / (values.norm(dim=(1, 2), keepdim=True) + 1e-7)
    first, third, fifth = NEWTON_SCHULZ
    for _ in range(ITERATIONS):
        squares = values @ values.transpose(1, 2)
        values = first * values + (third * squares + fifth * squares @ squares) @ values
    return values.transpose(1, 2) if turned else values


class Muon(torch.optim.Optimizer):
    """Convolution weights [out, in, k, k], a matrix of `in k k` columns each; those of one shape are dealt with at once."""

    _step_supports_amp_scaling = True  # a step with infinite gradients is skipped on the device, without waiting for it

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.0) -> None:
        super().__init__(parameters, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None) -> None:
        found_inf = getattr(self, "found_inf", None)
        for group in self.param_groups:
            shapes = defaultdict(list)
            for parameter in group["params"]:
                shapes[parameter.shape].append(parameter)
            for alike in shapes.values():
                self._advance(alike, group, found_inf)

    def _advance(self, alike: list[Tensor], group: dict, found_inf: Tensor | None) -> None:
        outputs, inputs, height, width = alike[0].shape
        gradient = torch.stack([p.grad.permute(0, 2, 3, 1).flatten(1) for p in alike])
        state = self.state[alike[0]]
        if not state:
            state["momentum"] = torch.zeros_like(gradient)
        held, momentum = state["momentum"], group["momentum"]
        alive = 1.0 if found_inf is None else 1 - found_inf
        gradient = torch.nan_to_num(gradient, 0, 0, 0) * alive
        held.mul_(momentum).add_(gradient)
        size = ROOT_MEAN_SQUARE * max(gradient.shape[1:]) ** 0.5
        update = orthogonal(gradient + momentum * held) * (-group["lr"] * size * alive)
        torch._foreach_mul_(alike, 1 - group["lr"] * group["weight_decay"])
        torch._foreach_add_(alike, [u.view(outputs, height, width, inputs).permute(0, 3, 1, 2) for u in update])


def optimizers(network: nn.Module, kind: str, lr: float, weight_decay: float, fused: bool) -> list[torch.optim.Optimizer]:
    """`kind`: "adamw", or "muon" for the convolutions between feature channels and AdamW for all else."""
    if kind not in ("adamw", "muon"):
        raise ValueError(f"optimizer: {kind!r} is neither adamw nor muon")
    for_muon = lambda parameter: kind == "muon" and parameter.dim() == 4 and min(parameter.shape[:2]) >= LEAST_CHANNELS
    between = [p for p in network.parameters() if for_muon(p)]
    others = [p for p in network.parameters() if not for_muon(p)]
    found = [torch.optim.AdamW(others, lr=lr, betas=(0.9, 0.99), weight_decay=weight_decay, **(dict(fused=True, capturable=True) if fused else {}))]
    return [*found, Muon(between, lr=lr, weight_decay=weight_decay)] if between else found

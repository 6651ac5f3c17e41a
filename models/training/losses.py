"""Loss of DAGF (equations 22-26) and the root-mean-square term that follows the metric.

All images [N, 1, H, W] in units of the normalised target; `known` is 0 where the ground truth is unknown.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from config import LossConfig
from degrade import enlarged
from layers import halved

def mean_absolute(error: Tensor, known: Tensor) -> Tensor:
    return (error.abs() * known).sum() / known.sum().clamp_min(1)


def root_mean_square(error: Tensor, known: Tensor) -> Tensor:
    """Mean over crops of each crop's RMSE: a crop with little to restore counts as much as a difficult one."""
    mean = (error.square() * known).sum((1, 2, 3)) / known.sum((1, 2, 3)).clamp_min(1)
    return (mean + 1e-7).sqrt().mean()


def boundary(error: Tensor, known: Tensor) -> Tensor:
    """Equations 24 and 25: the error weighted by its own horizontal and vertical Sobel derivatives.

    Both are linear, so the derivatives' difference in equation 24 is the derivative of the difference.
    """
    padded = F.pad(error, [1] * 4, mode="replicate")
    down = padded[..., :-2, :] + 2 * padded[..., 1:-1, :] + padded[..., 2:, :]
    across = padded[..., :-2] + 2 * padded[..., 1:-1] + padded[..., 2:]
    horizontal, vertical = down[..., 2:] - down[..., :-2], across[..., 2:, :] - across[..., :-2, :]
    return mean_absolute(horizontal * vertical * error, known)


def pixel_loss(error: Tensor, known: Tensor, config: LossConfig) -> Tensor:
    loss = config.l1 * mean_absolute(error, known)
    if config.rmse:
        loss = loss + config.rmse * root_mean_square(error, known)
    return loss


def total_loss(outputs: list[Tensor], truth: Tensor, known: Tensor, multistage: Tensor, config: LossConfig) -> Tensor:
    """`outputs` from the coarsest to full size; `multistage` is the decaying weight of the coarser ones.

    Coarser outputs are compared with the area-reduced truth (what a reduced preview should show), or enlarged to full
    size as in equation 23.
    """
    error = outputs[-1] - truth
    loss = pixel_loss(error, known, config)
    if config.boundary:
        loss = loss + config.boundary * boundary(error, known)
    if not config.multistage:
        return loss
    for output in reversed(outputs[:-1]):
        if config.stages == "enlarged":
            enlargement = enlarged(output, truth.shape[-1] // output.shape[-1])
            loss = loss + multistage / (len(outputs) - 1) * pixel_loss(enlargement - truth, known, config)
            continue
        total = halved(known)
        truth, known = halved(truth * known) / total.clamp_min(0.25), (total > 0.2).to(total)
        loss = loss + multistage / (len(outputs) - 1) * pixel_loss(output - truth, known, config)
    return loss

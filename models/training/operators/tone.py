"""Distributions of values, and pictures that get another luma: what operators that change tones share. All batched."""

import torch
from torch import Tensor

BINS = 1024  # of a histogram over 0..1
LUMA = (0.299, 0.587, 0.114)  # Rec. 601, of sRGB values as they are
CHROMA_FLOOR = 0.05  # added to both lumas whose ratio scales the chroma, so that black does not gain any colour


def distribution(values: Tensor, bins: int = BINS) -> Tensor:
    """[N, K] values, those beyond 0..1 counted at its ends -> [N, bins + 1] shares below every edge of equal bins."""
    place = (values * bins).long().clamp(0, bins - 1)
    counts = torch.zeros(len(values), bins, device=values.device, dtype=torch.int64)
    counts.scatter_add_(1, place, torch.ones_like(place))
    below = counts.cumsum(1).double() / values.shape[1]
    return torch.cat([torch.zeros_like(below[:, :1]), below], 1)


def quantiles(below: Tensor, shares: Tensor) -> Tensor:
    """[N, bins + 1] of `distribution`, [K] shares within 0..1 -> [N, K]: linear within a bin."""
    wanted = shares.to(below).expand(len(below), -1).contiguous()
    bins = below.shape[1] - 1
    place = torch.searchsorted(below[:, 1:].contiguous(), wanted).clamp_max(bins - 1)
    first, last = below.gather(1, place), below.gather(1, place + 1)
    inside = ((wanted - first) / (last - first).clamp_min(1e-12)).clamp(0, 1)
    return (place + inside) / bins


def luma(image: Tensor) -> Tensor:
    """[N, 3, H, W] -> [N, 1, H, W]"""
    return sum(weight * image[:, c : c + 1] for c, weight in enumerate(LUMA))


def relit(image: Tensor, old: Tensor, new: Tensor, gain=1.0) -> Tensor:
    """[N, 3, H, W] of luma `old` with the luma `new`, both [N, 1, H, W] within 0..1.

    Chroma, the difference from the luma, grows with the luma, as that of a surface in more light, and by `gain`, but never
    beyond what leaves 0..1: no channel is clipped, and hue stays.
    """
    chroma = image - old
    room = torch.where(chroma > 0, 1 - new, new) / chroma.abs().clamp_min(1e-9)
    scale = torch.minimum(gain * (new + CHROMA_FLOOR) / (old + CHROMA_FLOOR), room.amin(1, keepdim=True))
    return new + scale * chroma

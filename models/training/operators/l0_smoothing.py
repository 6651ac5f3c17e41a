"""L0 gradient minimisation (Xu et al. 2011), the operator that `electron/filters/l0Smoothing.ts` computes."""

import torch
from torch import Tensor

LARGEST_BETA = 1e5


def l0_smoothing(picture: Tensor, strength: float | Tensor = 0.02, kappa: float = 2.0) -> Tensor:
    """[N, C, H, W] 0..1 -> the same, all channels of a picture together, the picture taken as periodic.

    strength: lambda, one or [N]; kappa: growth of beta between the rounds.
    """
    strength = torch.as_tensor(strength, dtype=picture.dtype, device=picture.device).expand(len(picture))
    lambdas = strength[:, None, None, None]
    height, width = picture.shape[-2:]
    places = lambda count: torch.arange(count, dtype=picture.dtype, device=picture.device)
    line = lambda count: 2 - 2 * torch.cos(2 * torch.pi * places(count) / count)
    power = line(height)[:, None] + line(width)[None, : width // 2 + 1]  # |OTF|^2 of both differences
    fixed, smooth, beta = torch.fft.rfft2(picture), picture, 2 * lambdas
    while bool((beta < LARGEST_BETA).any()):
        right = torch.roll(smooth, -1, -1) - smooth
        below = torch.roll(smooth, -1, -2) - smooth
        kept = ((right.square() + below.square()).sum(1, keepdim=True) >= lambdas / beta).to(smooth)
        right, below = right * kept, below * kept
        back = torch.roll(right, 1, -1) - right + torch.roll(below, 1, -2) - below
        solved = torch.fft.irfft2((fixed + beta * torch.fft.rfft2(back)) / (1 + beta * power), s=(height, width))
        smooth = torch.where(beta < LARGEST_BETA, solved, smooth)
        beta = beta * kappa
    return smooth

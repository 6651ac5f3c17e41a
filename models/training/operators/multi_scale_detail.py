"""Multi-scale detail manipulation (Farbman et al. 2008), the operator that `electron/filters/multiScaleDetail.ts` computes."""

import torch
from torch import Tensor

from operators.cielab import picture_of, roots_of
from operators.grid_solver import solve_grid

MIDDLE = 0.56  # lightness around which contrast turns
EPSILON = DARKEST = 1e-4
GAINS = (6.25, 10.0, 3.75)  # of fine detail, medium detail and contrast
LAMBDAS = (0.125, 0.5)


def steepness(gain: Tensor) -> Tensor:
    """The z with z / tanh z = gain, by halving; 0 for gains up to 1. float64."""
    low, high = torch.zeros_like(gain), gain
    for _ in range(60):
        middle = (low + high) / 2
        under = middle < gain * middle.tanh()
        low, high = torch.where(under, middle, low), torch.where(under, high, middle)
    return torch.where(gain > 1, high, torch.zeros_like(gain))


def contrast(difference: Tensor, gain: float | Tensor) -> Tensor:
    """The sigmoid with slope `gain`, one or [N], at 0 that leaves +-1/2 where they are; below 1 a line."""
    gains = torch.as_tensor(gain, dtype=torch.float64, device=difference.device).expand(len(difference))
    z = steepness(gains)
    of_picture = lambda values: values.to(difference)[:, None, None, None]
    bent = 0.5 * torch.tanh(2 * of_picture(z) * difference) / of_picture(z.tanh().clamp_min(1e-12))
    return torch.where(of_picture(z) < 1e-6, of_picture(gains) * difference, bent)


def smoothed(plane: Tensor, strength: float, alpha: float, start: Tensor) -> Tensor:
    """Weighted least squares (equations 3 to 5) of a plane [N, 1, H, W] with affinities of its own logarithm."""
    logs = (plane.clamp_min(0) + DARKEST).log()
    affinity = lambda step: strength / (step.abs() ** alpha + EPSILON)
    right, below = torch.zeros_like(plane), torch.zeros_like(plane)
    right[..., :-1] = affinity(logs[..., 1:] - logs[..., :-1])
    below[..., :-1, :] = affinity(logs[..., 1:, :] - logs[..., :-1, :])
    return solve_grid(torch.ones_like(plane), right, below, plane, start)


@torch.no_grad()
def multi_scale_detail(
    picture: Tensor, gains=GAINS, lambdas=LAMBDAS, alpha: float = 1.2, combination: str = "averaged"
) -> Tensor:
    """[N, 3, H, W] sRGB or [N, 1, H, W] lightness, 0..1 -> the same; colours are clipped before they are averaged.

    gains: of fine detail, medium detail and contrast, each one or [N].
    """
    colour = picture.shape[1] == 3
    roots = roots_of(picture) if colour else None
    lightness = 1.16 * roots[:, 1:2] - 0.16 if colour else picture
    smooth = smoothed(lightness, lambdas[0], alpha, lightness)
    smoother = smoothed(lightness, lambdas[1], alpha, smooth)
    parts = (lightness - smooth, smooth - smoother, smoother - MIDDLE)
    changes = [contrast(part, gain) - part for part, gain in zip(parts, gains)]
    changes = [sum(changes)] if combination == "together" else changes
    return sum(picture_of(roots + change / 1.16) if colour else picture + change for change in changes) / len(changes)

"""Degradations of the evaluation protocol: reductions as matrices, noise, bicubic enlargement (a = -0.5, centred)."""

from functools import lru_cache

import torch
from torch import Tensor

CUBIC_A = -0.5  # Catmull-Rom, as Pillow; torch's own interpolation has -0.75
NOISE = 5.0  # standard deviation of the protocol's noise, levels of 0..255
MIXTURES = {"blind": ("bicubic", "noisy", "area")}  # what a model for several degradations is trained and measured on


def cubic(x: Tensor) -> Tensor:
    """Keys' cubic kernel at distances x in pixels."""
    x = x.abs()
    near = ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1
    far = ((CUBIC_A * x - 5 * CUBIC_A) * x + 8 * CUBIC_A) * x - 4 * CUBIC_A
    return torch.where(x < 1, near, torch.where(x < 2, far, torch.zeros_like(x)))


@lru_cache(maxsize=64)
def reduction(length: int, factor: int) -> Tensor:
    """[length / factor, length]: antialiased bicubic; at the border the weights inside are renormalised (Pillow)."""
    small = length // factor
    centres = (torch.arange(small, dtype=torch.float64) + 0.5) * factor
    positions = torch.arange(length, dtype=torch.float64) + 0.5
    weights = cubic((positions[None] - centres[:, None]) / factor)
    return (weights / weights.sum(1, keepdim=True)).float()


@lru_cache(maxsize=64)
def sampling(length: int, factor: int) -> Tensor:
    """[length / factor, length]: the last pixel of every block (the papers' `nearest` protocol)."""
    weights = torch.zeros(length // factor, length)
    weights[torch.arange(length // factor), torch.arange(factor - 1, length, factor)] = 1
    return weights


@lru_cache(maxsize=64)
def averaging(length: int, factor: int) -> Tensor:
    """[length / factor, length]: mean of every block, as a sensor with large pixels gives it."""
    return torch.eye(length // factor).repeat_interleave(factor, 1) / factor


@lru_cache(maxsize=64)
def enlargement(small: int, factor: int) -> Tensor:
    """[small * factor, small]: centred bicubic, the border replicated."""
    positions = (torch.arange(small * factor, dtype=torch.float64) + 0.5) / factor - 0.5
    first = positions.floor().long() - 1
    weights = torch.zeros(small * factor, small, dtype=torch.float64)
    for tap in range(4):
        index = (first + tap).clamp(0, small - 1)[:, None]
        weights.scatter_add_(1, index, cubic(positions - (first + tap))[:, None])
    return weights.float()


@lru_cache(maxsize=64)
def held(matrix, length: int, factor: int, device: torch.device) -> Tensor:
    """The matrix on the device; moving it at every use would wait for the device."""
    return matrix(length, factor).to(device)


def apply(matrix, lengths: tuple[int, int], factor: int, image: Tensor) -> Tensor:
    """Separable linear map of [..., H, W]."""
    rows, columns = (held(matrix, length, factor, image.device) for length in lengths)
    return rows @ image @ columns.T


REDUCTIONS = {"bicubic": reduction, "noisy": reduction, "low-noise": reduction, "nearest": sampling, "area": averaging}
NOISY = ("noisy", "low-noise")  # "low-noise" is what removes it before anything is enlarged


def degraded(image: Tensor, factor: int, degradation: str, deviation=NOISE, generator=None) -> Tensor:
    """[..., H, W] in levels -> [..., H / factor, W / factor]; the NOISY ones add Gaussian noise of `deviation` levels."""
    small = apply(REDUCTIONS[degradation], image.shape[-2:], factor, image)
    if degradation in NOISY:
        small = small + deviation * torch.randn(small.shape, generator=generator, device=small.device)
    return small


def on_grid_of(guidance: Tensor, factor: int, detail: int = 1) -> Tensor:
    """A guidance [..., H, W] by means over areas on the grid of a target `factor` times smaller, or `detail` times as fine as that:
    [..., H detail / factor, W detail / factor]."""
    return apply(averaging, guidance.shape[-2:], factor // detail, guidance)


def enlarged(image: Tensor, factor: int) -> Tensor:
    """[..., h, w] -> [..., h * factor, w * factor]."""
    return apply(enlargement, image.shape[-2:], factor, image)

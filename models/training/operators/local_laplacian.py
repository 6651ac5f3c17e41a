"""Local Laplacian filters in their fast form (Aubry et al., Fast Local Laplacian Filters, ACM TOG 2014), batched.

Pyramids are Burt and Adelson's (1983): the binomial filter 1 4 6 4 1, edges replicated; sums, not convolutions, which GPUs
may do in less than float32.
"""

from typing import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

LEVELS = 32  # intensities between whose results coefficients are interpolated, evenly over 0..1
COARSEST = 4  # shorter side, in pixels, at which a pyramid ends

ROWS, COLUMNS = -2, -1


def taken(image: Tensor, axis: int, start: int, count: int, step: int) -> Tensor:
    """`count` rows or columns."""
    part = slice(start, start + (count - 1) * step + 1, step)
    return image[..., part, :] if axis == ROWS else image[..., part]


def padded(image: Tensor, axis: int, extent: int) -> Tensor:
    return F.pad(image, [0, 0, extent, extent] if axis == ROWS else [extent, extent, 0, 0], mode="replicate")


def halved(image: Tensor) -> Tensor:
    """[N, C, H, W] -> [N, C, ceil(H / 2), ceil(W / 2)]"""
    for axis in (ROWS, COLUMNS):
        count = (image.shape[axis] + 1) // 2
        wide = padded(image, axis, 2)
        a, b, c, d, e = (taken(wide, axis, start, count, 2) for start in range(5))
        image = (a + e + 4 * (b + d) + 6 * c) / 16
    return image


def doubled(image: Tensor, size: torch.Size) -> Tensor:
    """The way back, by the same filter, to the first rows and columns of twice the size."""
    for axis in (ROWS, COLUMNS):
        count = image.shape[axis]
        wide = padded(image, axis, 1)
        before, here, after = (taken(wide, axis, start, count, 1) for start in range(3))
        even, odd = (before + 6 * here + after) / 8, (here + after) / 2
        pairs = torch.stack([even, odd], -2 if axis == ROWS else -1)
        image = taken(pairs.flatten(-3, -2) if axis == ROWS else pairs.flatten(-2), axis, 0, size[axis], 1)
    return image


def gaussian_pyramid(image: Tensor) -> list[Tensor]:
    """From the image to one whose shorter side is COARSEST pixels or less."""
    pyramid = [image]
    while min(pyramid[-1].shape[-2:]) > COARSEST:
        pyramid.append(halved(pyramid[-1]))
    return pyramid


def laplacian_pyramid(image: Tensor) -> list[Tensor]:
    """What every level of the Gaussian pyramid has beside the next one; its last level."""
    levels = gaussian_pyramid(image)
    return [fine - doubled(coarse, fine.shape) for fine, coarse in zip(levels, levels[1:])] + levels[-1:]


def local_laplacian(image: Tensor, remapped: Callable[[Tensor], Tensor], levels: int = LEVELS) -> Tensor:
    """[N, 1, H, W] within 0..1 -> the same.

    A coefficient of the result is that of the image remapped around the intensity g that the image's Gaussian pyramid has
    there: g + remapped(i - g). `remapped` takes differences [N, levels, H, W]. The coarsest level stays.
    """
    at = torch.linspace(0, 1, levels, device=image.device, dtype=image.dtype).view(1, -1, 1, 1)
    gaussian = gaussian_pyramid(image)
    # The Laplacian pyramid of a constant is 0: g itself need not be added, except at the coarsest level, which is not used.
    filtered = laplacian_pyramid(remapped(image - at))
    result = gaussian[-1]
    for around, candidates in zip(gaussian[-2::-1], filtered[-2::-1]):
        place = around.clamp(0, 1) * (levels - 1)
        first = place.long().clamp_max(levels - 2)
        share = place - first
        chosen = (1 - share) * candidates.gather(1, first) + share * candidates.gather(1, first + 1)
        result = doubled(result, around.shape) + chosen
    return result

"""Automatic retouch by global adjustments from the picture's own statistics: the filter `auto-retouch`, batched.

Three stages, described in electron/filters/autoRetouch.ts: white balance from near-grey pixels, one tone curve for luma,
chroma. Stands in for the retouching expert of the deep guided filter's paper (Wu et al., section V-A 5): an algorithm.
"""

import torch
from torch import Tensor

from operators.tone import LUMA, distribution, luma, quantiles, relit

# White balance: scale of chroma in the weights, the share of neutral pixels assumed beside them, rounds, limit of powers.
GREYNESS, NEUTRAL, ROUNDS, STRONGEST = 0.06, 0.05, 3, 1.15
# Tone curve: quantiles of luma, what is good for each of them, how far each is moved, the slopes allowed.
SHARES = (0.01, 0.5, 0.99)
GOOD = ((0.0, 0.05), (0.4, 0.55), (0.92, 0.99))
FARTHEST = (0.15, 0.2, 0.3)
STEEPEST, FLATTEST = 2.0, 0.2
APART = 0.01  # least distance of the curve's knots
# Chroma: mean difference of the largest and the smallest channel that is enough, and the most it grows.
COLOURFUL, MOST_VIBRANCE = 0.2, 0.3


def spread(image: Tensor) -> Tensor:
    """Largest minus smallest channel, [N, 1, H, W]."""
    return image.amax(1, keepdim=True) - image.amin(1, keepdim=True)


def cast_powers(image: Tensor) -> Tensor:
    """Powers of the channels, [N, 3, 1, 1], that make the near-grey pixels grey."""
    powers = torch.ones_like(image[:, :, :1, :1])
    weights = image.new_tensor(LUMA).view(1, 3, 1, 1)
    for _ in range(ROUNDS):
        balanced = image**powers
        grey = luma(balanced)
        weight = 4 * grey * (1 - grey) / (1 + (spread(balanced) / GREYNESS) ** 2) ** 2
        total, pixels = weight.sum((2, 3), keepdim=True), grey[0].numel()
        mean = (weight * balanced).sum((2, 3), keepdim=True) / total.clamp_min(1e-12)
        neutral = (weights * mean).sum(1, keepdim=True)
        mean = (total * mean + NEUTRAL * pixels * neutral) / (total + NEUTRAL * pixels)
        step = neutral.clamp(1e-3, 0.999).log() / mean.clamp(1e-3, 0.999).log()
        powers = (powers * step).clamp(1 / STRONGEST, STRONGEST)
    return powers


def held(height: Tensor, place: Tensor, before: tuple, after: tuple) -> Tensor:
    """A knot's height such that neither the line from the knot before nor the one to the knot after is too steep or too flat."""
    left, right = place - before[0], after[0] - place
    least = torch.maximum(before[1] + left * FLATTEST, after[1] - right * STEEPEST)
    most = torch.minimum(before[1] + left * STEEPEST, after[1] - right * FLATTEST)
    return torch.minimum(torch.maximum(height, least), most)


def knots(grey: Tensor, light: float) -> tuple[Tensor, Tensor]:
    """Places and heights of the tone curve's five knots, [N, 5] each, for luma [N, 1, H, W]."""
    low, middle, high = quantiles(distribution(grey.flatten(1)), torch.tensor(SHARES)).unbind(1)
    middle = middle.clamp(2 * APART, 1 - 2 * APART)
    low = torch.minimum(low, middle - APART).clamp_min(APART)
    high = torch.maximum(high, middle + APART).clamp_max(1 - APART)
    places = (low, middle, high)
    wanted = [x + (x.clamp(*good) - x).clamp(-most, most) for x, good, most in zip(places, GOOD, FARTHEST)]
    zero, one = torch.zeros_like(low), torch.ones_like(low)
    start, end = (zero, zero), (one, one)
    # The middle moves first, yet not so far that the ends would have to follow it: black is not lifted with it.
    turn = (middle, held(wanted[1], middle, (low, low), (high, high)))
    dark, bright = held(wanted[0], low, start, turn), held(wanted[2], high, turn, end)
    x = torch.stack([zero, low, middle, high, one], 1)
    y = torch.stack([zero, dark, turn[1], bright, one], 1)
    return x, x + light * (y - x)


def slopes(x: Tensor, y: Tensor) -> Tensor:
    """Of the monotone cubic (Fritsch and Butland 1984) at its knots, [N, K]: weighted harmonic means of the lines' slopes."""
    width = x.diff(dim=1)
    line = y.diff(dim=1) / width
    left, right = 2 * width[:, 1:] + width[:, :-1], width[:, 1:] + 2 * width[:, :-1]
    inner = (left + right) / (left / line[:, :-1] + right / line[:, 1:])
    ends = []
    for (near, far), (first, second) in (
        (width[:, :2].unbind(1), line[:, :2].unbind(1)),
        (width[:, -2:].flip(1).unbind(1), line[:, -2:].flip(1).unbind(1)),
    ):
        slope = ((2 * near + far) * first - near * second) / (near + far)
        ends.append(torch.minimum(slope.clamp_min(0), 3 * first)[:, None])
    return torch.cat([ends[0], inner, ends[1]], 1)


def curved(grey: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """The curve through the knots at luma [N, 1, H, W]."""
    flat = grey.flatten(1)
    x, y, slope = x.float(), y.float(), slopes(x, y).float()
    piece = torch.searchsorted(x[:, 1:-1].contiguous(), flat, right=True)
    width, height = x.diff(dim=1).gather(1, piece), y.diff(dim=1).gather(1, piece)
    t = (flat - x.gather(1, piece)) / width
    s = 1 - t
    first, last = slope.gather(1, piece), slope.gather(1, piece + 1)
    value = y.gather(1, piece) + height * t * t * (3 - 2 * t) + width * t * s * (first * s - last * t)
    return value.view_as(grey)


@torch.no_grad()
def auto_retouch(image: Tensor, light: float = 1.0, colour: float = 1.0, larger: Tensor | None = None) -> Tensor:
    """[N, 3, H, W] sRGB values, 0..1 -> the same; strengths 0..1. larger: the same pictures on a larger grid, by whose statistics it
    goes."""
    seen = (image if larger is None else larger).clamp(0, 1)
    powers = cast_powers(seen) ** colour
    image, seen = image.clamp(0, 1) ** powers, seen**powers
    grey, difference = luma(image), spread(image)
    vibrance = (COLOURFUL / spread(seen).mean((2, 3), keepdim=True).clamp_min(1e-6) - 1).clamp(0, MOST_VIBRANCE)
    return relit(image, grey, curved(grey, *knots(luma(seen), light)), 1 + colour * vibrance * (1 - difference) ** 2)

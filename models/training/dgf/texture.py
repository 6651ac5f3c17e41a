"""What the pixels of a small copy do not tell by themselves: how the picture varies inside them."""

import torch
from torch import Tensor

from dgf.sampling import reduced

LAGS = (1, 4)  # pixels of the full size
PLANES = 1 + len(LAGS)
SCALE = 4.0  # in quarters of the range: about as large as the picture's values


def texture(picture: Tensor, height: int, width: int) -> Tensor:
    """[N, C, H, W], 0..1 -> [N, PLANES, height, width]: the deviation within every pixel of the small copy, and the root of the mean
    square difference of pixels 1 and 4 apart, along rows and columns alike; all channels together."""
    picture = picture.double()  # the difference of two large means
    means = reduced(picture, height, width)
    squares = reduced(picture.square().mean(1, keepdim=True), height, width)
    planes = [squares - means.square().mean(1, keepdim=True)]
    planes += [reduced(squared_difference(picture, lag), height, width) for lag in LAGS]
    return SCALE * torch.cat(planes, 1).clamp_min(0).sqrt().float()


def squared_difference(picture: Tensor, lag: int) -> Tensor:
    """[N, 1, H, W]: from the pixels `lag` to the left and above, at the border from its pixels."""
    both = 0
    for axis in (-1, -2):
        before = (torch.arange(picture.shape[axis], device=picture.device) - lag).clamp_min(0)
        both = both + (picture - picture.index_select(axis, before)).square()
    return both.mean(1, keepdim=True) / 2

"""Attentional kernel learning (paper Fig. 3, equations 11-14) and the per-pixel filtering (equation 18)."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from layers import ConvAct, shuffled


class Attention(nn.Module):
    """Light five-layer U-Net: target and guidance features [N, 2C, H, W] -> A in 0..1, [N, k*k, H, W] (equation 13).

    It works at half the size of its level, and its last convolution stands before the pixel shuffle, which costs a
    quarter of the same convolution after it.
    """

    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        self.down = ConvAct(2 * channels, channels, size=4, stride=2)
        self.inner = nn.Sequential(ConvAct(channels, channels), ConvAct(channels, channels))
        self.up = ConvAct(channels, channels)
        self.last = nn.Conv2d(channels, 4 * kernel * kernel, 1)

    def forward(self, target: Tensor, guidance: Tensor) -> Tensor:
        down = self.down(torch.cat([target, guidance], 1))
        return torch.sigmoid(shuffled(self.last(self.up(self.inner(down) + down))))


class AttentionalKernels(nn.Module):
    """W = A * W^g + (1 - A) * W^t (equation 14): features [N, C, H, W] twice -> kernels [N, k*k, H, W].

    Kernels are not normalised: they may sharpen. They start near the identity.
    """

    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        taps = kernel * kernel
        self.of_target = nn.Sequential(ConvAct(channels, channels), nn.Conv2d(channels, taps, 3, padding=1))
        self.of_guidance = nn.Sequential(ConvAct(channels, channels), nn.Conv2d(channels, taps, 3, padding=1))
        self.attention = Attention(channels, kernel)
        for branch in (self.of_target, self.of_guidance):
            nn.init.normal_(branch[1].weight, std=0.01)
            nn.init.zeros_(branch[1].bias)
            branch[1].bias.data[taps // 2] = 1.0

    def forward(self, target: Tensor, guidance: Tensor) -> Tensor:
        of_target = self.of_target(target)
        return of_target + self.attention(target, guidance) * (self.of_guidance(guidance) - of_target)


def filtered(features: Tensor, kernels: Tensor) -> Tensor:
    """GIF (equation 18): features [N, C, H, W] filtered with one k x k kernel per pixel, [N, k*k, H, W].

    All channels of a pixel share its kernel; outside the image the nearest pixel counts.
    """
    size = round(kernels.shape[1] ** 0.5)
    height, width = features.shape[-2:]
    padded = F.pad(features, [size // 2] * 4, mode="replicate")
    result = torch.zeros_like(features)
    for tap in range(size * size):
        y, x = divmod(tap, size)
        result = result + kernels[:, tap : tap + 1] * padded[..., y : y + height, x : x + width]
    return result

"""Attentional kernel learning (paper Fig. 3, equations 11-14) and the per-pixel filtering (equation 18)."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from config import NetworkConfig
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
    """Features of target and guidance [N, C, H, W] -> kernels [N, k*k, H, W], from one of them or from both.

    Both are combined by attention, W = A * W^g + (1 - A) * W^t (equation 14), or by product or sum (paper, Table VII).
    Kernels are not normalised: they may sharpen. They start near the identity whatever the combination.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        channels, taps = config.channels, config.kernel**2
        self.combination = config.combination if config.source == "both" else config.source
        branch = lambda: nn.Sequential(ConvAct(channels, channels), nn.Conv2d(channels, taps, 3, padding=1))
        if config.source != "guidance":
            self.of_target = branch()
        if config.source != "target":
            self.of_guidance = branch()
        if self.combination == "akl":
            self.attention = Attention(channels, config.kernel)
        if config.source != "guidance":
            _start(self.of_target[1], 0.0, 0.5 if self.combination == "sum" else 1.0)
        if config.source != "target":
            # As a factor the guidance's kernel starts at one everywhere: with two zeros neither tap would ever learn.
            _start(self.of_guidance[1], float(self.combination == "mul"), 0.5 if self.combination == "sum" else 1.0)

    def parts(self, target: Tensor | None, guidance: Tensor | None) -> dict[str, Tensor]:
        """W^t, W^g, A and W as `target_kernels`, `guidance_kernels`, `attention`, `kernels`: those that there are."""
        if self.combination == "target":
            of_target = self.of_target(target)
            return dict(target_kernels=of_target, kernels=of_target)
        of_guidance = self.of_guidance(guidance)
        if self.combination == "guidance":
            return dict(guidance_kernels=of_guidance, kernels=of_guidance)
        of_target = self.of_target(target)
        found = dict(target_kernels=of_target, guidance_kernels=of_guidance)
        if self.combination == "mul":
            return dict(found, kernels=of_target * of_guidance)
        if self.combination == "sum":
            return dict(found, kernels=of_target + of_guidance)
        attention = self.attention(target, guidance)
        return dict(found, attention=attention, kernels=of_target + attention * (of_guidance - of_target))

    def forward(self, target: Tensor | None, guidance: Tensor | None) -> Tensor:
        return self.parts(target, guidance)["kernels"]


def _start(layer: nn.Conv2d, elsewhere: float, centre: float) -> None:
    """Nearly constant kernels: `centre` at the middle tap, `elsewhere` at the others."""
    nn.init.normal_(layer.weight, std=0.01)
    nn.init.constant_(layer.bias, elsewhere)
    layer.bias.data[layer.out_channels // 2] = centre


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


def filtered_at_once(features: Tensor, kernels: Tensor) -> Tensor:
    """The same with few operations on k*k times the memory: faster where nothing fuses the sums of `filtered`."""
    size = round(kernels.shape[1] ** 0.5)
    windows = F.pad(features, [size // 2] * 4, mode="replicate").unfold(2, size, 1).unfold(3, size, 1)
    count, _, height, width = kernels.shape
    each = kernels.reshape(count, 1, size, size, height, width).permute(0, 1, 4, 5, 2, 3)
    return (windows * each).sum((4, 5))

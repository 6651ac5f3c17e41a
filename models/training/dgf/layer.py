"""The guided filtering layer (Wu et al., section III): coefficients A and b at low resolution.

Border pixels are repeated, so that a mean is a mean everywhere; the classical filter shrinks its windows there instead.
"""

from typing import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dgf.config import DgfConfig


def differences(image: Tensor, radius: int, step: int = 1) -> Tensor:
    """[N, C, H, W] -> [N, C, K, H, W]: what the pixels of the square window, every `step`-th along both sides, have beside the one
    in its middle. Moments of them, unlike those of the values, do not lose small variances to rounding."""
    height, width = image.shape[-2:]
    padded, steps = F.pad(image, [radius] * 4, mode="replicate"), range(0, 2 * radius + 1, step)
    return torch.stack([padded[..., y : y + height, x : x + width] - image for y in steps for x in steps], 2)


class GuidedLayer(nn.Module):
    """Equations 1 and 2 with a guidance of as many channels, each for itself: no parameters."""

    def __init__(self, config: DgfConfig) -> None:
        super().__init__()
        self.radius, self.epsilon = config.radius, config.epsilon

    def forward(self, guidance: Tensor, output: Tensor) -> tuple[Tensor, Tensor]:
        """G_l and O_l [N, 3, h, w] -> A_l and b_l of the same shape."""
        mean_guidance, mean_output, covariance, variance = moments(
            differences(guidance, self.radius), differences(output, self.radius), lambda values: values.mean(2)
        )
        slope = covariance / (variance.clamp_min(0) + self.epsilon)
        return slope, output + mean_output - slope * (guidance + mean_guidance)


def moments(of_guidance: Tensor, of_output: Tensor, mean: Callable[[Tensor], Tensor]) -> tuple[Tensor, ...]:
    """Means of the differences [N, C, K, H, W], their covariance and the guidance's variance, [N, C, H, W] each."""
    mean_guidance, mean_output = mean(of_guidance), mean(of_output)
    covariance = mean(of_guidance * of_output) - mean_guidance * mean_output
    return mean_guidance, mean_output, covariance, mean(of_guidance.square()) - mean_guidance.square()


def begin_as_nothing(conv: nn.Conv2d) -> None:
    nn.init.zeros_(conv.weight)
    nn.init.zeros_(conv.bias)


def even_quotient(covariance: Tensor, variance: Tensor, least: float) -> Tensor:
    """The slope of the classical layer, 1 where nothing varies."""
    return (covariance + least) / (variance.clamp_min(0) + least)


class DilatedMean(nn.Module):
    """In place of the mean filter: a 3x3 convolution of every channel for itself with dilation r, whose weights add up to
    one. It begins as the mean of its nine samples."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels, 1, 3, 3), 1 / 9))

    def normalised(self) -> Tensor:
        return self.weight + (1 - self.weight.sum((2, 3), keepdim=True)) / 9

    def forward(self, of_window: Tensor) -> Tensor:
        """[N, C, 9, H, W] -> [N, C, H, W]"""
        return weighted(of_window, self.normalised())


def weighted(of_window: Tensor, weight: Tensor) -> Tensor:
    """[N, C, 9, H, W] and [C, 1, 3, 3] -> [N, C, H, W]"""
    return (of_window * weight.flatten(1)[:, :, None, None]).sum(2)


class ConvolutionalLayer(nn.Module):
    """Section III-E: learned means, and pointwise convolutions of covariance and variance in place of their quotient."""

    def __init__(self, config: DgfConfig) -> None:
        super().__init__()
        width = config.model_channels
        self.mean, self.radius = DilatedMean(3), config.radius
        self.model = nn.Sequential(
            nn.Conv2d(6 + config.layer_planes, width, 1, bias=False), nn.BatchNorm2d(width), nn.LeakyReLU(0.2),
            nn.Conv2d(width, width, 1, bias=False), nn.BatchNorm2d(width), nn.LeakyReLU(0.2),
            nn.Conv2d(width, 3, 1),
        )
        self.classical = config.classical
        if self.classical:  # it begins as the classical layer
            begin_as_nothing(self.model[-1])

    def forward(self, guidance: Tensor, output: Tensor, *told: Tensor) -> tuple[Tensor, Tensor]:
        """told [N, planes, h, w]: what the linear model knows beside the moments."""
        of_window = (differences(image, self.radius, self.radius) for image in (guidance, output))
        mean_guidance, mean_output, covariance, variance = moments(*of_window, self.mean)
        slope = self.model(torch.cat([covariance, variance, *told], 1))
        if self.classical:
            slope = slope + even_quotient(covariance, variance, self.classical)
        return slope, output + mean_output - slope * (guidance + mean_guidance)

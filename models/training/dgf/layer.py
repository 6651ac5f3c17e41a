"""The guided filtering layer (Wu et al., section III): coefficients A and b at low resolution.

Border pixels are repeated, so that a mean is a mean everywhere; the classical filter shrinks its windows there instead.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dgf.config import DgfConfig


def mean_filter(image: Tensor, radius: int) -> Tensor:
    """[N, C, H, W]: mean of the square window of side 2 r + 1."""
    return F.avg_pool2d(F.pad(image, [radius] * 4, mode="replicate"), 2 * radius + 1, stride=1)


class GuidedLayer(nn.Module):
    """Equations 1 and 2 with a guidance of as many channels, each for itself: no parameters."""

    def __init__(self, config: DgfConfig) -> None:
        super().__init__()
        self.radius, self.epsilon = config.radius, config.epsilon

    def forward(self, guidance: Tensor, output: Tensor) -> tuple[Tensor, Tensor]:
        """G_l and O_l [N, 3, h, w] -> A_l and b_l of the same shape."""
        mean = lambda image: mean_filter(image, self.radius)
        mean_guidance, mean_output = mean(guidance), mean(output)
        covariance = mean(guidance * output) - mean_guidance * mean_output
        variance = mean(guidance * guidance) - mean_guidance.square()
        slope = covariance / (variance.clamp_min(0) + self.epsilon)
        return slope, mean_output - slope * mean_guidance


class DilatedMean(nn.Module):
    """In place of the mean filter: a 3x3 convolution of every channel for itself with dilation r, whose weights add up to
    one. It begins as the mean of its nine samples."""

    def __init__(self, channels: int, radius: int) -> None:
        super().__init__()
        self.channels, self.radius = channels, radius
        self.weight = nn.Parameter(torch.full((channels, 1, 3, 3), 1 / 9))

    def normalised(self) -> Tensor:
        return self.weight + (1 - self.weight.sum((2, 3), keepdim=True)) / 9

    def forward(self, image: Tensor) -> Tensor:
        padded = F.pad(image, [self.radius] * 4, mode="replicate")
        return F.conv2d(padded, self.normalised(), dilation=self.radius, groups=self.channels)


class ConvolutionalLayer(nn.Module):
    """Section III-E: learned means, and pointwise convolutions of covariance and variance in place of their quotient."""

    def __init__(self, config: DgfConfig) -> None:
        super().__init__()
        width = config.model_channels
        self.mean = DilatedMean(3, config.radius)
        self.model = nn.Sequential(
            nn.Conv2d(6, width, 1, bias=False), nn.BatchNorm2d(width), nn.LeakyReLU(0.2),
            nn.Conv2d(width, width, 1, bias=False), nn.BatchNorm2d(width), nn.LeakyReLU(0.2),
            nn.Conv2d(width, 3, 1),
        )

    def forward(self, guidance: Tensor, output: Tensor) -> tuple[Tensor, Tensor]:
        mean_guidance, mean_output = self.mean(guidance), self.mean(output)
        covariance = self.mean(guidance * output) - mean_guidance * mean_output
        variance = self.mean(guidance * guidance) - mean_guidance.square()
        slope = self.model(torch.cat([covariance, variance], 1))
        return slope, mean_output - slope * mean_guidance

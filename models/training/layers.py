"""Layers of the network, in the forms that inference engines run fast."""

from torch import Tensor, nn
from torch.nn import functional as F


def patches(inputs: int, outputs: int, stride: int) -> nn.Conv2d:
    """A 3x3 convolution of blocks of stride x stride pixels, their pixels taken for channels: [N, C, H / stride, W / stride]."""
    return nn.Conv2d(inputs, outputs, 3 * stride, stride=stride, padding=stride)


class ConvAct(nn.Module):
    """Convolution and PReLU with one slope (exported as LeakyRelu, which engines fuse into the convolution)."""

    def __init__(self, inputs: int, outputs: int, size: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride=stride, padding=(size - stride + 1) // 2)
        self.act = nn.PReLU(1, init=0.2)
        nn.init.kaiming_normal_(self.conv.weight, a=0.2)
        nn.init.zeros_(self.conv.bias)

    def forward(self, image: Tensor) -> Tensor:
        return self.act(self.conv(image))


class Down(nn.Module):
    """Down (equation 10): [N, C, H, W] -> [N, C, H/2, W/2].

    Two convolutions and an inverse pixel shuffle: a 3x3 convolution after the inverse shuffle is exactly a 6x6
    convolution with stride 2, and is kept in that form.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.shrink = ConvAct(channels, channels, size=6, stride=2)
        self.refine = ConvAct(channels, channels)

    def forward(self, image: Tensor) -> Tensor:
        return self.refine(self.shrink(image))


class ResidualBlock(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = ConvAct(channels, channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.kaiming_normal_(self.second.weight, a=0.2)
        self.second.weight.data *= 0.2  # a block starts near the identity
        nn.init.zeros_(self.second.bias)

    def forward(self, image: Tensor) -> Tensor:
        return image + self.second(self.first(image))


class Up(nn.Module):
    """[N, C, H, W] -> [N, C, 2H, 2W]: pointwise convolution and pixel shuffle."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, 4 * channels, 1)

    def forward(self, image: Tensor) -> Tensor:
        return shuffled(self.conv(image))


def shuffled(image: Tensor) -> Tensor:
    """Pixel shuffle by two: [N, 4C, H, W] -> [N, C, 2H, 2W]."""
    return F.pixel_shuffle(image, 2)


def halved(image: Tensor) -> Tensor:
    """Mean of 2x2 pixels: the reduction of the target between levels, linear and exact in every engine."""
    return F.avg_pool2d(image, 2)

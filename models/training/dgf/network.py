"""Deep guided filtering network (Wu et al., section IV): an operator at low resolution, brought back to full size."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dgf.config import DgfConfig
from dgf.layer import ConvolutionalLayer, GuidedLayer, begin_as_nothing

SLOPE = 0.2  # of every leaky ReLU
CONTEXT_AFTER = 3  # convolutions


class AdaptNorm(nn.Module):
    """Adaptive normalisation (Chen et al. 2017, as the paper uses it): a x + b BN(x), beginning as the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.identity, self.normed = nn.Parameter(torch.ones(1)), nn.Parameter(torch.zeros(1))
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, image: Tensor) -> Tensor:
        return self.identity * image + self.normed * self.norm(image)


class Context(nn.Module):
    """What the whole picture is like, added to every pixel: means of features over the picture, through two layers.

    Not in the paper, whose CAN sees 33 pixels far: operators that go by a picture's whole distribution (photographic style,
    haze removal, retouching) cannot be told from that. It begins as nothing.
    """

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.features = nn.Conv2d(channels, width, 1)
        self.first, self.last = nn.Conv2d(width, width, 1), nn.Conv2d(width, channels, 1)
        begin_as_nothing(self.last)

    def forward(self, image: Tensor) -> Tensor:
        means = F.leaky_relu(self.features(image), SLOPE).mean((2, 3), keepdim=True)
        return image + self.last(F.leaky_relu(self.first(means), SLOPE))


class Can(nn.Sequential):
    """Context aggregation network (Table I): [N, 3, H, W] sRGB 0..1, and planes of what else is known -> [N, 3, H, W]."""

    def __init__(self, config: DgfConfig) -> None:
        layers, channels = [], 3 + config.planes
        for dilation in config.dilations:
            conv = nn.Conv2d(channels, config.channels, 3, padding=dilation, dilation=dilation, bias=False)
            layers += [conv, AdaptNorm(config.channels), nn.LeakyReLU(SLOPE)]
            channels = config.channels
            begin_near_identity(conv)
            if config.context and len(layers) == 3 * CONTEXT_AFTER:
                layers.append(Context(channels, config.context))
        super().__init__(*layers, nn.Conv2d(channels, 3, 1))
        begin_near_identity(self[-1])


def begin_near_identity(conv: nn.Conv2d) -> None:
    """Channels are handed on where there are as many, beside small random weights (Chen et al.)."""
    nn.init.kaiming_normal_(conv.weight, a=0.2)
    conv.weight.data *= 0.3
    middle = conv.kernel_size[0] // 2
    for channel in range(min(conv.in_channels, conv.out_channels)):
        conv.weight.data[channel, channel, middle, middle] += 1.0
    if conv.bias is not None:
        nn.init.zeros_(conv.bias)


class GuidanceMap(nn.Sequential):
    """F(I) (section III-D): two pointwise convolutions; it begins as the picture itself."""

    def __init__(self, config: DgfConfig) -> None:
        first = nn.Conv2d(3, config.guidance_channels, 1, bias=False)
        last = nn.Conv2d(config.guidance_channels, 3, 1)
        begin_near_identity(first)
        begin_near_identity(last)
        super().__init__(first, AdaptNorm(config.guidance_channels), nn.LeakyReLU(0.2), last)
        self.adds = config.classical > 0
        if self.adds:
            begin_as_nothing(last)

    def forward(self, image: Tensor) -> Tensor:
        return image + super().forward(image) if self.adds else super().forward(image)


def told_planes(picture: Tensor, condition: Tensor) -> Tensor:
    """Of a picture, with its texture and draft after it, [N, 3 + T, H, W] and values [N, K] within 0..1: [N, K + T, H, W], a plane for every value
    first."""
    return torch.cat([condition[:, :, None, None].expand(-1, -1, *picture.shape[-2:]), picture[:, 3:]], 1)


def with_planes(picture: Tensor, condition: Tensor) -> Tensor:
    """The same with the picture itself before them: [N, 3 + K + T, H, W]."""
    return torch.cat([picture[:, :3], told_planes(picture, condition)], 1)


class Dgf(nn.Module):
    """All variants but "can" give coefficients: the result is A F(I) + b, with A and b enlarged bilinearly.

    condition [N, K]: what `conditions.told` gives of the operator's parameters; K is 0 for most operators.
    """

    def __init__(self, config: DgfConfig = DgfConfig()) -> None:
        super().__init__()
        self.config = config
        self.network = Can(config)
        if config.variant != "can":
            self.layer = ConvolutionalLayer(config) if config.convolutional else GuidedLayer(config)
        self.guidance = GuidanceMap(config) if config.variant == "c" else nn.Identity()
        if config.draft:
            begin_as_nothing(self.network[-1])

    def output(self, picture: Tensor, condition: Tensor) -> Tensor:
        """The operator by the network alone, at any size: [N, 3 + T, H, W], after the picture its texture and last its draft, -> [N, 3, H, W]."""
        output = self.network(with_planes(picture, condition))
        return picture[:, -3:] + output if self.config.draft else output

    def coefficients(self, small: Tensor, condition: Tensor) -> Tensor:
        """I_l, with its texture and draft, [N, 3 + T, h, w] -> A_l and b_l [N, 6, h, w]."""
        return self.coefficients_of(small, self.output(small, condition), condition)

    def coefficients_of(self, small: Tensor, output: Tensor, condition: Tensor) -> Tensor:
        """The same from the network's result O_l [N, 3, h, w]."""
        told = [told_planes(small, condition)] if self.config.layer_planes else []
        return torch.cat(self.layer(self.guidance(small[:, :3]), output, *told), 1)

    def applied(self, coefficients: Tensor, picture: Tensor) -> Tensor:
        """Equation 2 on any part of I_h [N, 3, H, W], with coefficients enlarged to that part [N, 6, H, W]."""
        slope, offset = coefficients.chunk(2, 1)
        return slope * self.guidance(picture) + offset


def config_of(settings: dict) -> DgfConfig:
    """Of a training's record."""
    recorded = settings["network"]
    return DgfConfig(**{**recorded, "dilations": tuple(recorded["dilations"])})


def restored(settings: dict, weights: dict[str, Tensor]) -> Dgf:
    """The network of a training's record, `settings["network"]`, with the weights of its state; in evaluation mode."""
    network = Dgf(config_of(settings)).eval()
    network.load_state_dict(weights)
    return network

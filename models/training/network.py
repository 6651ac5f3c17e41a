"""DAGF, the deep attentional guided image filter (Zhong et al., paper Fig. 2)."""

from contextlib import nullcontext

import torch
from torch import Tensor, nn

from akl import AttentionalKernels, filtered
from config import NetworkConfig
from layers import ConvAct, Down, ResidualBlock, Up, halved, patches, shuffled


class Pyramid(nn.Module):
    """Features of one input at every level, the finest first (equations 9, 10). `detail`: how many times finer the input is."""

    def __init__(self, inputs: int, config: NetworkConfig, detail: int = 1) -> None:
        super().__init__()
        stride = config.stride * detail  # finer pixels are taken for channels
        first = ConvAct(inputs, config.channels, 3 * stride, stride)
        self.first = nn.Sequential(first, ConvAct(config.channels, config.channels))
        self.downs = nn.ModuleList(Down(config.channels) for _ in range(config.levels - 1))

    def forward(self, image: Tensor) -> list[Tensor]:
        features = [self.first(image)]
        for down in self.downs:
            features.append(down(features[-1]))
        return features


class Level(nn.Module):
    """One step of the coarse-to-fine filtering (equations 16, 17, 19-21).

    The paper concatenates F_up with Conv(I^t) before filtering. All channels share a pixel's kernel, so a pointwise
    convolution of the concatenation commutes with the filtering; it is the sum of two convolutions, and is written so.
    """

    def __init__(self, config: NetworkConfig, index: int) -> None:
        super().__init__()
        channels = config.channels
        self.kernels, self.filtering = AttentionalKernels(config), filtered
        self.of_target = patches(1, channels, config.stride)
        self.residual = nn.Sequential(*(ResidualBlock(channels) for _ in range(config.blocks_of(index))))
        fused = channels // 4  # what the levels hand on beside F; no activation follows, so few channels carry it
        self.fused = nn.Conv2d(channels, fused, 3, padding=1)
        self.stride = config.stride
        self.output = nn.Conv2d(fused, config.stride**2, 3, padding=1)
        nn.init.normal_(self.output.weight, std=0.01)
        nn.init.zeros_(self.output.bias)
        if index:
            self.up_features = Up(channels)
            self.up_fused = Up(fused)
            self.fusion = nn.Parameter(torch.zeros(1))  # lambda of equation 20

    def forward(self, image, target_features, guidance_features, coarser):
        """image: I^t at this level [N, 1, h, w], features at 1 / stride of its size; coarser: (F, fused F) of the level below or None."""
        kernels = self.kernels(target_features, guidance_features)
        features = self.of_target(image)
        if coarser is not None:
            features = features + self.up_features(coarser[0])
        features = self.residual(self.filtering(features, kernels))
        fused = self.fused(features)
        if coarser is not None:
            fused = fused + self.fusion * self.up_fused(coarser[1])
        correction = self.output(fused).to(image.dtype)
        return image + (shuffled(correction) if self.stride > 1 else correction), (features, fused)


class DAGF(nn.Module):
    """target [N, 1, H, W] (bicubic to full size, 0..1), guidance [N, 3, H, W] (sRGB 0..1) -> [I_0, ..., I_{m-1}].

    Networks of more `detail` want a guidance so many times as high and wide.

    `noisy` [N, 1, H, W] is the target before it was cleaned, enlarged and scaled as the cleaned one. Networks that see it
    (`config.noisy`) want it, others leave it alone. Only the target's features, and so its kernels, are made of it: what
    is filtered and corrected is the cleaned target.

    I_0 is the coarsest output (1/4 size at m = 3), the last one has full size. H and W are multiples of 2^m stride. Nothing
    here looks at the whole image: every output pixel has a bounded reach. With kernels from the target alone, the
    guidance has no influence at all.
    """

    def __init__(self, config: NetworkConfig = NetworkConfig()) -> None:
        super().__init__()
        self.config = config
        if config.source != "guidance":
            self.target = Pyramid(1 + config.noisy, config)
        if config.source != "target":
            self.guidance = Pyramid(3, config, config.detail)
        self.levels = nn.ModuleList(Level(config, i) for i in range(config.levels))

    def forward(self, target: Tensor, guidance: Tensor, noisy: Tensor | None = None) -> list[Tensor]:
        images = [target]
        for _ in self.levels[1:]:
            images.append(halved(images[-1]))
        source, unused = self.config.source, [None] * self.config.levels
        seen = torch.cat((target, noisy), 1) if self.config.noisy else target
        target_features = self.target(seen) if source != "guidance" else [*unused]
        guidance_features = self.guidance(guidance) if source != "target" else [*unused]
        outputs, coarser = [], None
        for level in self.levels:
            output, coarser = level(images.pop(), target_features.pop(), guidance_features.pop(), coarser)
            outputs.append(output)
        return outputs


def continued(image: Tensor, multiple: int, detail: int = 1) -> Tensor:
    """[N, C, h detail, w detail] to the next multiples of `multiple detail`: reflected about the middle of the last `detail` pixels, so that
    finer pixels stay with the target's."""
    for axis in (-2, -1):
        length = image.shape[axis]
        missing = -length % (multiple * detail)
        if missing > length - detail:
            raise ValueError(f"{length} pixels cannot be continued by {missing} through reflection")
        if missing:
            image = torch.cat([image, image.narrow(axis, length - detail - missing, missing).flip(axis)], axis)
    return image


@torch.no_grad()
def cleaned(network: DAGF, small: Tensor, guidance: Tensor) -> Tensor:
    """A noisy target [N, 1, h, w] of any size without its noise, before it is enlarged. `guidance`: [N, 3, h detail, w detail]; 0..1."""
    height, width = small.shape[-2:]
    small, guidance = continued(small, network.config.multiple), continued(guidance, network.config.multiple, network.config.detail)
    with torch.autocast("cuda", torch.float16) if small.is_cuda else nullcontext():
        result = network(small, guidance)[-1]
    return result[..., :height, :width].float()


def parameter_count(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())

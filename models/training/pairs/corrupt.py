"""Targets of denoising and of structure-texture separation, made on the device from a batch of crops.

Truths [N, 1, H, W] in levels (0..255), guidance [N, 3, H, W] in 0..1; every crop has its own settings.
"""

import torch
from torch import Generator, Tensor
from torch.nn import functional as F

STRONGEST = 65.0  # standard deviation of the noise, 8-bit levels
RADIUS = 3  # of the Gaussian kernels, pixels
CORRELATED = 1.1  # widest correlation of the noise, standard deviation of a Gaussian in pixels


class Dice:
    """Random numbers of a generator's device; `each` gives one number a crop as [N, 1, 1, 1]."""

    def __init__(self, generator: Generator, count: int) -> None:
        self.generator, self.device, self.count = generator, generator.device, count

    def each(self) -> Tensor:
        return torch.rand(self.count, 1, 1, 1, generator=self.generator, device=self.device)

    def normal(self, *shape: int) -> Tensor:
        return torch.randn(shape, generator=self.generator, device=self.device)


def gaussians(width: Tensor, radius: int = RADIUS) -> Tensor:
    """[N, 1, k, k] of standard deviations `width` [N, 1, 1, 1] in pixels, sum 1; 0 is the identity."""
    t = torch.arange(-radius, radius + 1, device=width.device, dtype=torch.float32)
    line = torch.exp(-(t**2) / (2 * width.clamp_min(0.05) ** 2))
    kernel = line * line.transpose(2, 3)
    return kernel / kernel.sum((2, 3), keepdim=True)


def convolved(image: Tensor, kernels: Tensor) -> Tensor:
    """[N, 1, H, W], each image with its own kernel."""
    padded = F.pad(image, [kernels.shape[-1] // 2] * 4, mode="reflect")
    return F.conv2d(padded.transpose(0, 1), kernels, groups=image.shape[0]).transpose(0, 1)


def noisy(truth: Tensor, dice: Dice, correlated: float = CORRELATED) -> Tensor:
    """Gaussian noise of 0..STRONGEST levels; often stronger where it is bright (photons) or dark (a tone curve after
    the sensor), or correlated between neighbours (demosaicking; colour differences that a JPEG file stores at half size:
    up to about 2 pixels); most targets are clipped and rounded as files are."""
    sigma = STRONGEST * dice.each() ** 1.3 * (dice.each() > 0.04)
    power = (1.3 * dice.each() - 0.5) * (dice.each() < 0.6)
    profile = ((truth.clamp(0, 255) / 255 + 0.08) / 1.08) ** power
    profile = profile / profile.mean((2, 3), keepdim=True)
    kernels = gaussians(correlated * dice.each() * (dice.each() < 0.4), max(RADIUS, round(3 * correlated)))
    kernels = kernels / kernels.square().sum((2, 3), keepdim=True).sqrt()  # the variance stays 1
    target = truth + sigma * profile * convolved(dice.normal(*truth.shape), kernels)
    return torch.where(dice.each() < 0.85, target.clamp(0, 255).round(), target)


def doubtful(guidance: Tensor, target: Tensor, truth: Tensor, dice: Dice, correlated: float) -> Tensor:
    """Some guidance is noisy itself; some is the noisy picture; some shows nothing of the scene."""
    guidance = guidance + 0.06 * dice.each() * (dice.each() < 0.3) * dice.normal(*guidance.shape)
    itself = torch.cat([target, *(noisy(truth, dice, correlated) for _ in range(2))], 1) / 255
    kind = dice.each()
    guidance = torch.where(kind < 0.08, itself, guidance)
    guidance = torch.where((kind >= 0.08) & (kind < 0.11), guidance.roll(1, 0), guidance)
    guidance = torch.where((kind >= 0.11) & (kind < 0.12), guidance.mean((1, 2, 3), keepdim=True), guidance)
    return guidance.clamp(0, 1)


def partly_cleaned(guidance: Tensor, truth: Tensor, dice: Dice) -> Tensor:
    """The picture's channel 0; or what an earlier iteration made of it: less of its texture, and that softer."""
    picture = 255 * guidance[:, :1]
    left = (dice.each() * 1.3).clamp_max(1) * (dice.each() > 0.15)
    softer = convolved(picture - truth, gaussians(1.5 * dice.each()))
    return torch.where(dice.each() < 0.7, picture, truth + left * softer)


def by_range(target: Tensor, truth: Tensor, dice: Dice) -> tuple[Tensor, Tensor]:
    """Scaled as the engine does, by the range of the whole picture, of which a crop shows a part."""
    low, high = target.amin((2, 3), keepdim=True).amin(1, keepdim=True), target.amax((1, 2, 3), keepdim=True)
    part = (dice.each() < 0.7).float()
    low = low - part * dice.each().sqrt() * low.clamp_min(0)
    high = high + part * dice.each().sqrt() * (255 - high).clamp_min(0)
    span = (high - low).clamp_min(10)
    return (target - low) / span, (truth - low) / span


def corrupted(
    degradation: str, guidance: Tensor, truth: Tensor, generator: Generator, correlated: float = CORRELATED
) -> tuple[Tensor, Tensor, Tensor]:
    """target, guidance, truth of the network for "noise" or "texture"; target and truth scaled, see by_range."""
    dice = Dice(generator, truth.shape[0])
    if degradation == "noise":
        target = noisy(truth, dice, correlated)
        guidance = doubtful(guidance, target, truth, dice, correlated)
    else:
        target = partly_cleaned(guidance, truth, dice)
        # Channel 0 is the target by construction; the network must not learn that.
        order = torch.argsort(dice.normal(guidance.shape[0], 3), 1)
        guidance = guidance.gather(1, order[:, :, None, None].expand_as(guidance))
        flipped = dice.each() < 0.3  # negatives
        target, truth = (torch.where(flipped, 255 - image, image) for image in (target, truth))
        guidance = torch.where(flipped, 1 - guidance, guidance)
    target, truth = by_range(target, truth, dice)
    return target, guidance, truth

"""The network without normalisation: every normalisation folded into the convolution before it. What ships.

Names of the tensors: network.I, guidance.I and model.I with .weight and .bias, in the order of their use; context.features,
context.first and context.last with both; mean.weight.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dgf.config import DgfConfig
from dgf.layer import GuidedLayer, differences, even_quotient, moments, weighted
from dgf.network import CONTEXT_AFTER, SLOPE, AdaptNorm, Context, Dgf, told_planes, with_planes


def scale_and_shift(norm: nn.Module) -> tuple[Tensor, Tensor]:
    """What a normalisation in evaluation mode does to every channel."""
    batch = norm.norm if isinstance(norm, AdaptNorm) else norm
    gain = batch.weight / (batch.running_var + batch.eps).sqrt()
    scale, shift = gain, batch.bias - gain * batch.running_mean
    return (norm.identity + norm.normed * scale, norm.normed * shift) if isinstance(norm, AdaptNorm) else (scale, shift)


def folded_chain(name: str, chain: nn.Sequential) -> dict[str, Tensor]:
    tensors, layers = {}, list(chain)
    convolutions = [i for i, layer in enumerate(layers) if isinstance(layer, nn.Conv2d)]
    for number, index in enumerate(convolutions):
        conv, after = layers[index], layers[index + 1] if index + 1 < len(layers) else None
        weight, bias = conv.weight, conv.bias
        if isinstance(after, (AdaptNorm, nn.BatchNorm2d)):
            scale, shift = scale_and_shift(after)
            weight, bias = weight * scale[:, None, None, None], shift
        tensors[f"{name}.{number}.weight"], tensors[f"{name}.{number}.bias"] = weight.detach(), bias.detach()
    return tensors


def folded(network: Dgf) -> dict[str, Tensor]:
    """The tensors of a network in evaluation mode."""
    tensors = folded_chain("network", network.network)
    context = next((layer for layer in network.network if isinstance(layer, Context)), None)
    if context:
        tensors.update({f"context.{name}": value.detach() for name, value in context.named_parameters()})
    if network.config.variant == "c":
        tensors.update(folded_chain("guidance", network.guidance))
    if network.config.convolutional:
        tensors.update(folded_chain("model", network.layer.model))
        tensors["mean.weight"] = network.layer.mean.normalised().detach()
    return tensors


class Folded:
    """The same function from folded tensors alone: what the exported graphs must compute."""

    def __init__(self, config: DgfConfig, tensors: dict[str, Tensor]) -> None:
        self.config, self.tensors = config, tensors

    def chain(self, name: str, image: Tensor, dilations: list[int]) -> Tensor:
        for number, dilation in enumerate(dilations):
            weight, bias = self.tensors[f"{name}.{number}.weight"], self.tensors[f"{name}.{number}.bias"]
            image = F.conv2d(image, weight, bias, padding=dilation * (weight.shape[-1] // 2), dilation=dilation)
            if number + 1 < len(dilations):
                image = F.leaky_relu(image, SLOPE)
            if name == "network" and self.config.context and number + 1 == CONTEXT_AFTER:
                image = image + self.context(image)
        return image

    def context(self, image: Tensor) -> Tensor:
        layer = lambda name, image: F.conv2d(image, self.tensors[f"context.{name}.weight"], self.tensors[f"context.{name}.bias"])
        means = F.leaky_relu(layer("features", image), SLOPE).mean((2, 3), keepdim=True)
        return layer("last", F.leaky_relu(layer("first", means), SLOPE))

    def output(self, picture: Tensor, condition: Tensor) -> Tensor:
        output = self.chain("network", with_planes(picture, condition), [*self.config.dilations, 1])
        return picture[:, -3:] + output if self.config.draft else output

    def guidance(self, picture: Tensor) -> Tensor:
        if self.config.variant != "c":
            return picture
        learned = self.chain("guidance", picture, [1, 1])
        return picture + learned if self.config.classical else learned

    def coefficients(self, small: Tensor, condition: Tensor) -> Tensor:
        guidance, output = self.guidance(small[:, :3]), self.output(small, condition)
        if not self.config.convolutional:
            return torch.cat(GuidedLayer(self.config)(guidance, output), 1)
        radius = self.config.radius
        of_window = (differences(image, radius, radius) for image in (guidance, output))
        mean = lambda values: weighted(values, self.tensors["mean.weight"])
        mean_guidance, mean_output, covariance, variance = moments(*of_window, mean)
        told = [told_planes(small, condition)] if self.config.layer_planes else []
        slope = self.chain("model", torch.cat([covariance, variance, *told], 1), [1, 1, 1])
        if self.config.classical:
            slope = slope + even_quotient(covariance, variance, self.config.classical)
        return torch.cat([slope, output + mean_output - slope * (guidance + mean_guidance)], 1)

    def applied(self, coefficients: Tensor, picture: Tensor) -> Tensor:
        slope, offset = coefficients.chunk(2, 1)
        return slope * self.guidance(picture) + offset

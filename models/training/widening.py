"""A wider network from a narrow one that computes the same (Chen, Goodfellow and Shlens, Net2Net, ICLR 2016)."""

import torch
from torch import Tensor

SPREAD = 0.15  # standard deviation of a copy's share of its weight around one half: equal copies would learn the same
PAIRED = "attention.down.conv.weight"  # its inputs are the target's channels and then the guidance's


def widened(weights: dict[str, Tensor], own: dict[str, Tensor], generator: torch.Generator) -> dict[str, Tensor]:
    """Weights for a network with twice the channels, which has its `own`, from those of a narrow one. Every channel is there twice,
    one after all others; what reads it shares its weight between both copies. Those that fit already stay as they are."""
    return {name: value if name not in own else doubled(name, value, own[name].shape, generator) for name, value in weights.items()}


def doubled(name: str, value: Tensor, shape: torch.Size, generator: torch.Generator) -> Tensor:
    if value.dim() == 4 and shape[1] == 2 * value.shape[1]:
        parts = value.chunk(2, 1) if name.endswith(PAIRED) else [value]
        value = torch.cat([shared for part in parts for shared in halves(part, generator)], 1)
    if value.dim() and shape[0] == 2 * len(value):
        value = torch.cat([value, value])
    if value.shape != shape:
        raise ValueError(f"{name} of {list(value.shape)} is not half as wide as one of {list(shape)}")
    return value


def halves(value: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    share = 0.5 + SPREAD * torch.randn(value.shape, generator=generator).to(value)
    return share * value, value - share * value

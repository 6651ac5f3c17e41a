"""PSNR of a network against its operator on whole pictures."""

import torch

from dgf.conditions import told
from dgf.folded import Folded
from dgf.network import Dgf
from dgf.pairs import Pair
from dgf.sampling import enlarged, overview_size, places
from dgf.texture import small_copy


@torch.no_grad()
def filtered(network: Dgf | Folded, picture: torch.Tensor, condition: torch.Tensor, side: int) -> torch.Tensor:
    """Whole picture [3, H, W] with its condition [K] -> [3, H, W]."""
    picture, condition = picture[None], condition[None]
    if network.config.variant == "can":
        return network.output(picture, condition)[0]
    height, width = picture.shape[-2:]
    small = small_copy(picture, *overview_size(height, width, side), network.config.texture > 0)
    coefficients, (h, w) = network.coefficients(small, condition), small.shape[-2:]
    rows, columns = places(h, 0, height, height, picture.device), places(w, 0, width, width, picture.device)
    return network.applied(enlarged(coefficients, rows[None], columns[None]), picture)[0]


def psnr(found: torch.Tensor, target: torch.Tensor) -> float:
    """dB of two pictures in 8-bit levels, the first one rounded as a file of it would be; all channels together."""
    error = found.clamp(0, 255).round().double() - target.double()
    return float(10 * torch.log10(255**2 / error.square().mean().clamp_min(1e-6)))


def measure(network: Dgf, pairs: list[Pair], operator: str, side: int) -> dict:
    """Means over pictures: PSNR of the result and of the unchanged input."""
    condition = lambda pair: torch.from_numpy(told(operator, pair.values)).to(pair.picture.device)
    results = [255 * filtered(network, pair.picture.float() / 255, condition(pair), side) for pair in pairs]
    mean = lambda values: sum(values) / len(values)
    return dict(
        psnr=mean([psnr(result, pair.target) for result, pair in zip(results, pairs)]),
        input=mean([psnr(pair.picture, pair.target) for pair in pairs]),
    )

"""PSNR of a network against its operator on whole pictures."""

import torch

from dgf.network import Dgf
from dgf.pool import Pair
from dgf.sampling import enlarged, places


@torch.no_grad()
def filtered(network: Dgf, picture: torch.Tensor, small: torch.Tensor) -> torch.Tensor:
    """Whole picture [3, H, W] with its low-resolution picture [3, h, w] -> [3, H, W]."""
    if network.config.variant == "can":
        return network.network(picture[None])[0]
    (height, width), (h, w) = picture.shape[-2:], small.shape[-2:]
    coefficients = network.coefficients(small[None])
    rows, columns = places(h, 0, height, height, picture.device), places(w, 0, width, width, picture.device)
    return network.applied(enlarged(coefficients, rows[None], columns[None]), picture[None])[0]


def psnr(found: torch.Tensor, target: torch.Tensor) -> float:
    """dB of two pictures in 8-bit levels, the first one rounded as a file of it would be; all channels together."""
    error = found.clamp(0, 255).round().double() - target.double()
    return float(10 * torch.log10(255**2 / error.square().mean().clamp_min(1e-6)))


def measure(network: Dgf, pairs: list[Pair]) -> dict:
    """Means over pictures: PSNR of the result and of the unchanged input."""
    results = [255 * filtered(network, pair.picture.float() / 255, pair.small) for pair in pairs]
    mean = lambda values: sum(values) / len(values)
    return dict(
        psnr=mean([psnr(result, pair.target) for result, pair in zip(results, pairs)]),
        input=mean([psnr(pair.picture, pair.target) for pair in pairs]),
    )

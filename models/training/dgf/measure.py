"""PSNR of a network against its operator on whole pictures."""

import numpy as np
import torch

from dgf.conditions import told
from dgf.folded import Folded
from dgf.network import Dgf
from dgf.pairs import Pair
from dgf.sampling import enlarged, places
from dgf.small import small_copies


@torch.no_grad()
def filtered(network: Dgf | Folded, picture: torch.Tensor, operator: str, values: np.ndarray, side: int) -> torch.Tensor:
    """Whole picture [3, H, W] with the values [K] of the operator's conditions -> [3, H, W]."""
    picture, condition = picture[None], torch.from_numpy(told(operator, values))[None].to(picture.device)
    if network.config.variant == "can":
        return network.output(picture, condition)[0]
    height, width = picture.shape[-2:]
    given = torch.from_numpy(values).float()[None].to(picture.device)
    small = small_copies(picture, side, network.config, operator, given)
    coefficients, (h, w) = network.coefficients(small, condition), small.shape[-2:]
    rows, columns = places(h, 0, height, height, picture.device), places(w, 0, width, width, picture.device)
    return network.applied(enlarged(coefficients, rows[None], columns[None]), picture)[0]


def psnr(found: torch.Tensor, target: torch.Tensor) -> float:
    """dB of two pictures in 8-bit levels, the first one rounded as a file of it would be; all channels together."""
    error = found.clamp(0, 255).round().double() - target.double()
    return float(10 * torch.log10(255**2 / error.square().mean().clamp_min(1e-6)))


def measure(network: Dgf, pairs: list[Pair], operator: str, side: int) -> dict:
    """Means over pictures: PSNR of the result and of the unchanged input."""
    results = [255 * filtered(network, pair.picture.float() / 255, operator, pair.values, side) for pair in pairs]
    mean = lambda values: sum(values) / len(values)
    return dict(
        psnr=mean([psnr(result, pair.target) for result, pair in zip(results, pairs)]),
        input=mean([psnr(pair.picture, pair.target) for pair in pairs]),
    )

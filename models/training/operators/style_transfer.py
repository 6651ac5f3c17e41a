"""Photographic style transfer: the filter `style-transfer`, batched.

Aubry et al., Fast Local Laplacian Filters: Theory and Applications, ACM TOG 2014, on the transfer of gradients and intensities from
one photograph to another; electron/filters/styleTransfer.ts says how. Pictures give grey results, as in the deep guided
filter's paper (Wu et al., section V-A 3).
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from operators.local_laplacian import local_laplacian
from operators.tone import distribution, luma, relit

LOOKS = Path(__file__).resolve().parents[3] / "electron" / "filters" / "style" / "looks.json"
BINS = 128  # of the curves; those of gradients are equal in the square root of the amplitude
STEEPEST_FIRST, STEEPEST, STEEPEST_GRADIENTS = 2.0, 1.1, 1.5
NOISE = (0.02, 0.06)  # differences below the first are not strengthened, those above the second wholly
ROUNDS = 4


class Look(NamedTuple):
    """Quantiles of a reference photograph's intensities and of its gradients' amplitudes."""

    intensities: Tensor
    gradients: Tensor


def intensity_shares(count: int) -> Tensor:
    return torch.linspace(0, 1, count, dtype=torch.float64)


def gradient_shares(count: int) -> Tensor:
    """Denser towards the strong and rare ones."""
    return 1 - (1 - torch.linspace(0, 1, count, dtype=torch.float64)) ** 2


@lru_cache(maxsize=None)
def reference_of(look: str) -> Look:
    entry = next(entry for entry in json.loads(LOOKS.read_text()) if entry["id"] == look)
    return Look(*(torch.tensor(entry[part], dtype=torch.float64) for part in ("intensities", "gradients")))


def gradients(grey: Tensor) -> Tensor:
    """Amplitudes of the differences to the right and the lower neighbour, [N, (H - 1)(W - 1)], for [N, 1, H, W]."""
    inside = grey[..., :-1, :-1]
    across, along = grey[..., :-1, 1:] - inside, grey[..., 1:, :-1] - inside
    return (across.square() + along.square()).sqrt().flatten(1)


def interpolated(table: Tensor, place: Tensor) -> Tensor:
    """[N or 1, K] tables at places 0..K-1, [N, ...]."""
    flat = place.flatten(1).clamp(0, table.shape[1] - 1)
    first = flat.long().clamp_max(table.shape[1] - 2)
    table = table.expand(len(flat), -1)
    low, high = table.gather(1, first), table.gather(1, first + 1)
    return (low + (flat - first) * (high - low)).view_as(place)


def intensity_curve(grey: Tensor, reference: Tensor, steepest: float) -> Tensor:
    """[N, BINS + 1], at equal steps of intensity: brings the reference's distribution, nowhere steeper than allowed."""
    below = distribution(grey.flatten(1), BINS)
    curve = interpolated(reference[None], below * (len(reference) - 1))
    steps = curve.diff(dim=1).clamp_max(steepest / BINS)
    curve = torch.cat([torch.zeros_like(below[:, :1]), steps.cumsum(1)], 1)
    mean = (below.diff(dim=1) * (curve[:, 1:] + curve[:, :-1]) / 2).sum(1, keepdim=True)
    aim = (reference[1:] + reference[:-1]).mean() / 2
    return (curve + aim - mean).clamp(0, 1)


def gradient_curve(grey: Tensor, reference: Tensor, detail: Tensor) -> Tensor:
    """[N, BINS + 1], at equal steps of the amplitude's square root; detail [N]: how many times weaker gradients count than they are."""
    below = distribution((gradients(grey) / detail.to(grey)[:, None]).sqrt(), BINS)
    place = 1 - (1 - below).clamp_min(0).sqrt()
    wanted = interpolated(reference[None], place * (len(reference) - 1))
    given = torch.linspace(0, 1, BINS + 1, device=grey.device, dtype=torch.float64).square()
    wanted = torch.minimum(wanted, STEEPEST_GRADIENTS * given)
    t = ((given - NOISE[0]) / (NOISE[1] - NOISE[0])).clamp(0, 1)
    stronger = (wanted - given).clamp_min(0) * t * t * (3 - 2 * t)
    return torch.minimum(wanted, given) + stronger


def styled(grey: Tensor, reference: Look, rounds: int, detail: Tensor) -> Tensor:
    """[N, 1, H, W] within 0..1, detail [N] -> the same."""
    reference = Look(*(part.to(grey.device) for part in reference))
    for done in range(rounds + 1):
        if done and min(grey.shape[-2:]) > 1:
            curve = gradient_curve(grey, reference.gradients, detail).to(grey.dtype)
            grey = local_laplacian(grey, lambda d: d.sign() * interpolated(curve, d.abs().sqrt() * BINS))
        curve = intensity_curve(grey, reference.intensities, STEEPEST if done else STEEPEST_FIRST).to(grey.dtype)
        grey = interpolated(curve, grey * BINS)
    return grey


@torch.no_grad()
def style_transfer(
    image: Tensor, look: str = "dramatic", output: str = "grey", rounds: int = ROUNDS, detail: float | Tensor = 1.0
) -> Tensor:
    """[N, 3, H, W] sRGB values, 0..1 -> the same; three equal channels, or with `output` colour the image's hues.

    detail: how many times weaker gradients count than they are, one or one a picture [N]; more makes local contrast stronger.
    """
    image = image.clamp(0, 1)
    grey = luma(image)
    strengths = torch.as_tensor(detail, device=image.device).expand(len(image))
    result = styled(grey, reference_of(look), rounds, strengths)
    return relit(image, grey, result) if output == "colour" else result.expand_as(image).contiguous()

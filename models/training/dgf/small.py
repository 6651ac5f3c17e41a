"""What a network is given of pictures: their small copies and, after them, what it is told beside."""

import torch
from torch import Tensor

from dgf.config import DgfConfig
from dgf.sampling import overview_size, reduced
from dgf.teachers import drafted
from dgf.texture import texture


def small_copies(pictures: Tensor, side: int, config: DgfConfig, operator: str, values: Tensor) -> Tensor:
    """[N, 3, H, W], 0..1 -> [N, 3, h, w], with three planes of texture or of the operator's draft after them, or both, [N, 6 or 9, h, w].

    values [N, K]: of the operator's conditions.
    """
    whole = pictures.shape[-2:]
    size = overview_size(*whole, side)
    if config.draft:
        larger = overview_size(*whole, config.draft)
        shrunk = torch.full((len(pictures),), min(whole) / min(larger), device=pictures.device)
        return reduced(with_draft(told_copies(pictures, larger, config), operator, values, shrunk), *size)
    return told_copies(pictures, size, config)


def told_copies(pictures: Tensor, size: tuple[int, int], config: DgfConfig) -> Tensor:
    """Copies of this size, with the texture inside their pixels where the network is told it, [N, 3 or 6, h, w]."""
    return torch.cat([reduced(pictures, *size), *([texture(pictures, *size)] if config.texture else [])], 1)


def with_draft(copies: Tensor, operator: str, values: Tensor, shrunk: Tensor) -> Tensor:
    """Copies on which the operator itself is computed, perhaps with their texture, [N, 3 or 6, H, W], and last what it makes of them, [N, 6 or 9, H, W].
    All are reduced to the small copy, as in the engine: it is that of these copies, not of the pictures. shrunk [N]: pixels of a picture
    along one of its copy's."""
    return torch.cat([copies, drafted(operator, copies, values, shrunk)], 1)

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
        copies = told_copies(pictures, overview_size(*whole, config.overview or config.draft), config)
        return reduced(with_draft(copies, larger, operator, values, shrunk), *size)
    return told_copies(pictures, size, config)


def told_copies(pictures: Tensor, size: tuple[int, int], config: DgfConfig) -> Tensor:
    """Copies of this size, with the texture inside their pixels where the network is told it, [N, 3 or 6, h, w]."""
    return torch.cat([reduced(pictures, *size), *([texture(pictures, *size)] if config.texture else [])], 1)


def with_draft(copies: Tensor, size: tuple[int, int], operator: str, values: Tensor, shrunk: Tensor) -> Tensor:
    """Copies, perhaps with their texture, [N, 3 or 6, H, W], reduced to `size`, and last what the operator makes of them there by the statistics
    of those that are larger, [N, 6 or 9, h, w]. All are reduced to the small copy, as in the engine: it is that of these copies, not of the
    pictures. shrunk [N]: pixels of a picture along one of the draft's copy."""
    own = reduced(copies, *size)
    larger = None if copies.shape == own.shape else copies[:, :3]
    return torch.cat([own, drafted(operator, own, values, shrunk, larger)], 1)

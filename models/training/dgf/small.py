"""What a network is given of pictures: their small copies and, after them, what it is told beside."""

import torch
from torch import Tensor

from dgf.config import DgfConfig
from dgf.sampling import overview_size, reduced
from dgf.teachers import TEACHERS
from dgf.texture import texture


def small_copies(pictures: Tensor, side: int, config: DgfConfig, operator: str, values: Tensor) -> Tensor:
    """[N, 3, H, W], 0..1 -> [N, 3, h, w], with three planes of texture or of the operator's draft after them: [N, 6, h, w].

    values [N, K]: of the operator's conditions.
    """
    whole = pictures.shape[-2:]
    size = overview_size(*whole, side)
    if config.draft:
        return reduced(with_draft(reduced(pictures, *overview_size(*whole, config.draft)), operator, values), *size)
    return torch.cat([reduced(pictures, *size), *([texture(pictures, *size)] if config.texture else [])], 1)


def with_draft(copies: Tensor, operator: str, values: Tensor) -> Tensor:
    """Copies on which the operator itself is computed, [N, 3, H, W], and after them what it makes of them, [N, 6, H, W]. Both are
    reduced to the small copy, as in the engine: it is that of these copies, not of the pictures."""
    return torch.cat([copies, TEACHERS[operator](copies, values)], 1)

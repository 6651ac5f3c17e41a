"""What a network is given of pictures: their small copies and, after them, what it is told beside."""

import torch
from torch import Tensor

from dgf.config import DgfConfig
from dgf.sampling import overview_size, reduced
from dgf.teachers import TEACHERS
from dgf.texture import texture


def told_side(side: int, config: DgfConfig) -> int:
    """Short side of the smallest copy from which everything is made that a network with a small copy of `side` is given."""
    return max(side, config.draft)


def small_copies(
    pictures: Tensor, whole: tuple[int, int], side: int, config: DgfConfig, operator: str, values: Tensor
) -> Tensor:
    """[N, 3, H, W], 0..1 -> [N, 3, h, w], with three planes of texture or of the operator's draft after them: [N, 6, h, w].

    pictures: in full, or where there is a draft also copies of `told_side`. whole: height and width in full. values [N, K]: of the
    operator's conditions. A small copy beside a draft is that of the copy on which the operator was computed, as in the engine.
    """
    size = overview_size(*whole, side)
    if not config.draft:
        return torch.cat([reduced(pictures, *size), *([texture(pictures, *size)] if config.texture else [])], 1)
    larger = reduced(pictures, *overview_size(*whole, told_side(side, config)))
    draft = TEACHERS[operator](larger, values)
    return torch.cat([reduced(larger, *size), reduced(draft, *size)], 1)

"""The operators that DGF clones: the one list of them for training."""

from typing import Callable

from torch import Tensor

from operators.auto_retouch import auto_retouch
from operators.haze_removal import remove_haze
from operators.l0_smoothing import l0_smoothing
from operators.multi_scale_detail import multi_scale_detail
from operators.style_transfer import style_transfer

FLATNESS = 0.01  # haze removal's default, a share of the range for a pixel

# Name of the filter in the application -> [N, 3, H, W] sRGB 0..1 and, where the operator has CONDITIONS, their values [N, K]
# -> pictures of the same shape. Everything else is at the filters' defaults.
TEACHERS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "l0-smoothing": lambda pictures, values: l0_smoothing(pictures, values[:, 0]),
    "multi-scale-detail": lambda pictures, values: multi_scale_detail(pictures, values.unbind(1)),
    "style-transfer": lambda pictures, _: style_transfer(pictures),
    "haze-removal": lambda pictures, _: remove_haze(pictures),
    "auto-retouch": lambda pictures, _: auto_retouch(pictures),
}


def drafted(operator: str, copies: Tensor, values: Tensor, shrunk: Tensor) -> Tensor:
    """What the operator makes of copies [N, 3, H, W] of which a pixel is as long as `shrunk` [N] pixels of the pictures: what it is set to for a pixel
    of a picture (haze removal's flatness) is meant for fewer of the copy's."""
    if operator == "haze-removal":
        return remove_haze(copies, flatness=FLATNESS * shrunk)
    return TEACHERS[operator](copies, values)

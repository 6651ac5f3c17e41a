"""The operators that DGF clones, at their filters' default settings: the one list of them for training."""

from typing import Callable

from torch import Tensor

from operators.auto_retouch import auto_retouch
from operators.haze_removal import remove_haze
from operators.l0_smoothing import l0_smoothing
from operators.multi_scale_detail import multi_scale_detail
from operators.style_transfer import style_transfer

# Name of the filter in the application -> [N, 3, H, W] sRGB 0..1 -> the same shape.
TEACHERS: dict[str, Callable[[Tensor], Tensor]] = {
    "l0-smoothing": l0_smoothing,
    "multi-scale-detail": multi_scale_detail,
    "style-transfer": style_transfer,
    "haze-removal": remove_haze,
    "auto-retouch": auto_retouch,
}

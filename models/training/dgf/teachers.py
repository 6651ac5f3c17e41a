"""The operators that DGF clones, at their filters' default settings: the one list of them for training."""

from typing import Callable

from torch import Tensor

from operators.l0_smoothing import l0_smoothing

# Name of the filter in the application -> [N, 3, H, W] sRGB 0..1 -> the same shape.
TEACHERS: dict[str, Callable[[Tensor], Tensor]] = {
    "l0-smoothing": l0_smoothing,
}

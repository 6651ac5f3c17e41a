"""The operators that DGF clones: the one list of them for training."""

from typing import Callable

from torch import Tensor

from operators.auto_retouch import auto_retouch
from operators.haze_removal import remove_haze
from operators.l0_smoothing import l0_smoothing
from operators.multi_scale_detail import multi_scale_detail
from operators.style_transfer import style_transfer

from dgf.texture import LAGS, SCALE, squared_difference

FLATNESS = 0.01  # haze removal's default, a share of the range for a pixel
NONE = 1e-12  # square of a difference

# Name of the filter in the application -> [N, 3, H, W] sRGB 0..1 and, where the operator has CONDITIONS, their values [N, K]
# -> pictures of the same shape. Everything else is at the filters' defaults.
TEACHERS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "l0-smoothing": lambda pictures, values: l0_smoothing(pictures, values[:, 0]),
    "multi-scale-detail": lambda pictures, values: multi_scale_detail(pictures, values.unbind(1)),
    "style-transfer": lambda pictures, _: style_transfer(pictures),
    "haze-removal": lambda pictures, _: remove_haze(pictures),
    "auto-retouch": lambda pictures, _: auto_retouch(pictures),
}


def drafted(operator: str, copies: Tensor, values: Tensor, shrunk: Tensor, larger: Tensor | None = None) -> Tensor:
    """What the operator makes of copies, [N, 3, H, W], or with their texture [N, 6, H, W]; one of their pixels is as long as `shrunk` [N] of the pictures'.

    What haze removal is set to for a pixel of a picture, its flatness, is meant for fewer of the copy's. Style transfer goes by the
    gradients between a picture's own pixels, which the texture tells. Of `larger`, the same pictures in a larger copy [N, 3, V, U], haze
    removal has the air-light and retouching the tones.
    """
    pictures = copies[:, :3]
    if operator == "haze-removal":
        return remove_haze(pictures, flatness=FLATNESS * shrunk, larger=larger)
    if operator == "style-transfer":
        return style_transfer(pictures, detail=strengthened(copies))
    if operator == "auto-retouch":
        return auto_retouch(pictures, larger=larger)
    return TEACHERS[operator](pictures, values)


def strengthened(copies: Tensor) -> Tensor:
    """[N]: how many times stronger the gradients are between pixels of copies with their texture [N, 6, H, W] than between those of the pictures, as
    root mean squares. Means over areas make neighbours differ more; 1 where nothing differs."""
    own = squared_difference(copies[:, :3].double(), LAGS[0]).mean((1, 2, 3))
    told = (copies[:, 4].double() / SCALE).square().mean((1, 2))
    return ((own + NONE) / (told + NONE)).sqrt().to(copies)

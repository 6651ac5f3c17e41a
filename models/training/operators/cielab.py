"""sRGB to CIELAB's coordinates and back (CIE 15, IEC 61966-2-1), white being that of sRGB; [N, 3, H, W]."""

import torch
from torch import Tensor

TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))


def matrices(like: Tensor) -> tuple[Tensor, Tensor]:
    """RGB to XYZ, and XYZ of white [3, 1, 1]."""
    to_xyz = torch.tensor(TO_XYZ, dtype=torch.float64)
    return to_xyz.to(like), to_xyz.sum(1)[:, None, None].to(like)


def roots_of(picture: Tensor) -> Tensor:
    """sRGB 0..1 -> f(X), f(Y), f(Z) of shares of white: L* = 116 f(Y) - 16, a* = 500 (fX - fY), b* = 200 (fY - fZ)."""
    to_xyz, white = matrices(picture)
    light = torch.where(picture <= 0.04045, picture / 12.92, ((picture.clamp_min(0) + 0.055) / 1.055) ** 2.4)
    share = torch.einsum("ij,njhw->nihw", to_xyz, light) / white
    line = (24389 / 27) * (share / 116) + 4 / 29
    return torch.where(share > 216 / 24389, share.clamp_min(1e-9) ** (1 / 3), line)


def picture_of(roots: Tensor) -> Tensor:
    """The way back, clipped to sRGB."""
    to_xyz, white = matrices(roots)
    share = torch.where(roots > 6 / 29, roots**3, (116 * 27 / 24389) * (roots - 4 / 29))
    light = torch.einsum("ij,njhw->nihw", torch.linalg.inv(to_xyz.double()).to(roots), share * white).clamp(0, 1)
    return torch.where(light <= 0.0031308, 12.92 * light, 1.055 * light.clamp_min(1e-9) ** (1 / 2.4) - 0.055)

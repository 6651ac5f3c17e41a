"""Changes of size as the engine computes them: area means down, bilinear interpolation up, both by one matrix a side."""

import torch
from torch import Tensor


def overview_size(height: int, width: int, side: int) -> tuple[int, int]:
    """Height and width of the low-resolution picture: the short side is `side`, nothing is enlarged."""
    scale = min(1.0, side / min(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def area_matrix(length: int, shorter: int, device=None) -> Tensor:
    """[shorter, length]: every row is the mean over its share of the line, pixels at its ends counted in part."""
    ends = torch.arange(shorter + 1, dtype=torch.float64, device=device) * (length / shorter)
    pixels = torch.arange(length, dtype=torch.float64, device=device)
    first, last = ends[:-1, None], ends[1:, None]
    overlap = (torch.minimum(pixels + 1, last) - torch.maximum(pixels, first)).clamp_min(0)
    return (overlap * (shorter / length)).float()


def reduced(image: Tensor, height: int, width: int) -> Tensor:
    """[N, C, H, W] -> [N, C, height, width]."""
    down = area_matrix(image.shape[-2], height, image.device).to(image)
    across = area_matrix(image.shape[-1], width, image.device).to(image)
    return down @ image @ across.T


def places(length: int, begin: int, count: int, whole: int, device=None) -> Tensor:
    """[count]: where in a line of `length` pixels, stretched over one of `whole`, the centres of its pixels `begin` … lie; no
    further out than the outer pixels' centres."""
    centres = torch.arange(begin, begin + count, dtype=torch.float64, device=device) + 0.5
    return (centres * (length / whole) - 0.5).clamp(0, length - 1)


def enlarged(image: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """[N, C, h, w] at the places rows [N, H] and columns [N, W] -> [N, C, H, W], interpolated linearly.

    The same as two matrix products, without most of the multiplications by 0.
    """
    left = rows.floor().clamp(max=max(image.shape[-2] - 2, 0))
    share = (rows - left)[:, None, :, None].to(image)
    index = left.long()[:, None, :, None].expand(-1, image.shape[1], -1, image.shape[-1])
    image = torch.lerp(image.gather(2, index), image.gather(2, (index + 1).clamp(max=image.shape[-2] - 1)), share)
    left = columns.floor().clamp(max=max(image.shape[-1] - 2, 0))
    share = (columns - left)[:, None, None].to(image)
    index = left.long()[:, None, None].expand(-1, image.shape[1], image.shape[2], -1)
    return torch.lerp(image.gather(3, index), image.gather(3, (index + 1).clamp(max=image.shape[-1] - 1)), share)


def bilinear_matrix(length: int, begin: int, count: int, whole: int, device=None) -> Tensor:
    """[count, length]: what gives the samples of a line of `length` at `places`."""
    at = places(length, begin, count, whole, device)
    left = at.floor().clamp(max=max(length - 2, 0))
    matrix = torch.zeros(count, length, dtype=torch.float64, device=device)
    share = (at - left)[:, None]
    if length == 1:
        return matrix.fill_(1).float()
    index = left.long()[:, None]
    return matrix.scatter_(1, index, 1 - share).scatter_add_(1, index + 1, share).float()

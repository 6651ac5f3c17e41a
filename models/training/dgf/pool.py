"""Batches of windows, cut on the device that holds the pairs."""

from dataclasses import dataclass
from itertools import groupby
from typing import Iterator

import numpy as np
import torch
from torch import Tensor

from dgf.conditions import told
from dgf.config import DgfConfig
from dgf.pairs import AT_ONCE, Pair
from dgf.pictures import ASPECTS
from dgf.sampling import enlarged, overview_size, reduced
from dgf.small import small_copies, told_copies, with_draft

DRAWS = 5  # random numbers a window: which pair, where (2), mirrored how (2)
EDGE = 24  # windows that would lie up to so far outside lie at the border: it is seen more often than by chance


@dataclass
class Batch:
    """Windows of the full-resolution pictures, and the pictures that they are of, at low resolution; 0..1.

    rows [N, H] and columns [N, W]: the windows' places in `small`. condition [N, K]. seen [N, 1, H, W]: 1 where a network
    that looks `reach` pixels far sees in the window all that it would see in the picture.
    """

    small: Tensor
    small_target: Tensor
    picture: Tensor
    target: Tensor
    rows: Tensor
    columns: Tensor
    condition: Tensor
    seen: Tensor

    def enlarged(self, coefficients: Tensor) -> Tensor:
        return enlarged(coefficients, self.rows, self.columns)


class Full:
    """The pairs of one aspect at full resolution, one after the other."""

    def __init__(self, pairs: list[Pair], operator: str) -> None:
        device, self.least = pairs[0].picture.device, min(min(p.picture.shape[1:]) for p in pairs)
        number = lambda values: torch.tensor(values, device=device)
        self.pictures, self.targets = (torch.cat([getattr(p, part).flatten() for p in pairs]) for part in ("picture", "target"))
        self.heights, self.widths = (number([p.picture.shape[axis] for p in pairs]) for axis in (1, 2))
        self.offsets = number([0, *np.cumsum([p.picture.numel() for p in pairs])[:-1]])
        self.condition = number(np.stack([told(operator, p.values) for p in pairs]))


class PairPool:
    """All pairs of an operator by aspect; copies at low resolution are kept for every side that is asked for."""

    def __init__(self, pairs: list[Pair], operator: str) -> None:
        self.by_aspect: dict[tuple, list[Pair]] = {}
        for pair in pairs:
            ratio = pair.picture.shape[-2] / pair.picture.shape[-1]
            aspect = min(ASPECTS, key=lambda one: abs(one[0] / one[1] - ratio))
            self.by_aspect.setdefault(aspect, []).append(pair)
        self.full = {aspect: Full(ones, operator) for aspect, ones in self.by_aspect.items()}
        self.operator = operator
        self.copies: dict[tuple, tuple[Tensor, Tensor]] = {}
        self.drafts: dict[tuple, Tensor] = {}
        self.aspects = list(self.by_aspect)
        counts = np.array([len(ones) for ones in self.by_aspect.values()], float)
        self.shares = counts / counts.sum()

    def small(self, aspect: tuple, side: int, network: DgfConfig = DgfConfig()) -> tuple[Tensor, Tensor]:
        """Pictures, with what the network is told beside them, and targets of an aspect at low resolution, [n, 3 or more, h, w]."""
        key = aspect, side, network.texture, network.draft, network.overview
        if key not in self.copies:
            pairs, size = self.by_aspect[aspect], overview_size(side * aspect[0], side * aspect[1], side)
            unit = lambda image: image[None].float() / 255
            if network.draft:
                copies = reduced(self.drafted(aspect, network), *size)
            else:
                values = lambda pair: torch.from_numpy(pair.values).float()[None].to(pair.picture.device)
                copies = torch.cat([small_copies(unit(p.picture), side, network, self.operator, values(p)) for p in pairs])
            self.copies[key] = copies, torch.cat([reduced(unit(p.target), *size) for p in pairs])
        return self.copies[key]

    def drafted(self, aspect: tuple, network: DgfConfig) -> Tensor:
        """Copies of an aspect's pictures, and what the operator makes of them, [n, 6 or 9, h, w]: the same for every small copy."""
        side, key = network.draft, (aspect, network.draft, network.overview, network.texture)
        if key not in self.drafts:
            size, found = overview_size(side * aspect[0], side * aspect[1], side), []
            for pairs, copies in overviews(self.by_aspect[aspect], network):
                values = torch.from_numpy(np.stack([p.values for p in pairs])).to(copies)
                shrunk = torch.tensor([min(p.picture.shape[1:]) / min(size) for p in pairs], device=copies.device)
                found.append(with_draft(copies, size, self.operator, values, shrunk))
            self.drafts[key] = torch.cat(found)
        return self.drafts[key]

    def batch(
        self, aspect: tuple, side: int, crop: int, draws: Tensor, reach: int = 0, spread: bool = False,
        network: DgfConfig = DgfConfig(),
    ) -> Batch:
        """draws: [N, DRAWS] within 0..1. `spread`: lines and columns from all over the pictures instead of windows. Nothing here waits
        for the device."""
        full, (small, small_target) = self.full[aspect], self.small(aspect, side, network)
        if crop > full.least:
            raise ValueError(f"windows of {crop} pixels are larger than a picture of {full.least}")
        index = (draws[:, 0] * len(small)).long().clamp(max=len(small) - 1)
        heights, widths = full.heights[index], full.widths[index]
        mirrored, upside = draws[:, 3] < 0.5, draws[:, 4] < 0.3
        lines = spread_lines if spread else window_lines
        y, x = lines(draws[:, 1], heights, crop, upside), lines(draws[:, 2], widths, crop, mirrored)
        channel = torch.arange(3, device=draws.device)[None, :, None, None]
        of_pair = lambda values: values[:, None, None, None]
        where = of_pair(full.offsets[index]) + (channel * of_pair(heights) + y[:, None, :, None]) * of_pair(widths) + x[:, None, None]
        turn = lambda images: torch.where(of_pair(upside), images.flip(-2), images)
        turn_both = lambda images: turn(torch.where(of_pair(mirrored), images.flip(-1), images))
        seen = lambda at, length: ((at - at.amin(1, keepdim=True) >= reach) | (at.amin(1, keepdim=True) == 0)) & (
            (at.amax(1, keepdim=True) - at >= reach) | (at.amax(1, keepdim=True) == length[:, None] - 1)
        )
        both = seen(y, heights)[:, None, :, None] & seen(x, widths)[:, None, None]
        return Batch(
            turn_both(small[index]), turn_both(small_target[index]),
            full.pictures[where].float() / 255, full.targets[where].float() / 255,
            located(y, heights, small.shape[-2], upside), located(x, widths, small.shape[-1], mirrored),
            full.condition[index], both.float(),
        )


def overviews(pairs: list[Pair], network: DgfConfig) -> Iterator[tuple[list[Pair], Tensor]]:
    """Pairs one after the other whose pictures' copies are of one size, as many as an operator is given at once, and those copies."""
    size = lambda pair: overview_size(*pair.picture.shape[1:], network.overview or network.draft)
    for (height, width), alike in groupby(pairs, size):
        alike, count = [*alike], max(1, int(AT_ONCE / (height * width)))
        for some in (alike[begin : begin + count] for begin in range(0, len(alike), count)):
            yield some, torch.cat([told_copies(p.picture[None].float() / 255, (height, width), network) for p in some])


def window_lines(draws: Tensor, lengths: Tensor, count: int, turned: Tensor) -> Tensor:
    """[N, count]: neighbouring lines of the pictures of `lengths` [N], from where `draws` [N] says; backwards where `turned`."""
    begin = (draws * (lengths - count + 1 + 2 * EDGE) - EDGE).floor().long().clamp_min(0).minimum(lengths - count)
    steps = torch.arange(count, device=draws.device)[None]
    return begin[:, None] + torch.where(turned[:, None], count - 1 - steps, steps)


def spread_lines(draws: Tensor, lengths: Tensor, count: int, turned: Tensor) -> Tensor:
    """[N, count]: lines all over the pictures, as evenly as whole numbers allow; every line is as likely as any other."""
    steps = torch.arange(count, device=draws.device)[None]
    ordered = torch.where(turned[:, None], count - 1 - steps, steps).double() + draws.double()[:, None]
    return (ordered * (lengths.double() / count)[:, None]).floor().long().minimum(lengths[:, None] - 1)


def located(at: Tensor, whole: Tensor, length: int, turned: Tensor) -> Tensor:
    """[N, K]: where in lines of `length` pixels, stretched over ones of `whole` [N], the centres of the pixels `at` lie, no further
    out than the outer pixels' centres; from the other end where they are `turned`."""
    place = ((at.double() + 0.5) * (length / whole.double())[:, None] - 0.5).clamp(0, length - 1)
    return torch.where(turned[:, None], length - 1 - place, place)

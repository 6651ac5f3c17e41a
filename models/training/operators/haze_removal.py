"""Non-local dehazing (Berman, Treibitz and Avidan, CVPR 2016) of batches of pictures: the filter `haze-removal` of the
application (electron/filters/hazeRemoval.ts, where every choice is explained) in whole-tensor operations.
"""

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional as F

from operators.grid_solver import solve_grid

DIRECTIONS, CELLS = 1000, 64  # points on the sphere; cells along a side of the cube on which they are looked up
REACH_SHARE = 7 / 400  # of the dark channel's window, of the shorter side
AIR_SHARE = 0.001  # of the pixels, of the highest dark channel, whose mean is the air-light
CLEAR_SHARE = 0.99  # of a line's pixels that are nearer to the air-light than one without haze
FULL_COUNT, LEAST_DEVIATION, LEAST_RELIABILITY = 50, 0.01, 0.001
CLIPPED, OWN_SHARE, LEAST_WHITE = (0.005, 0.995), 0.2, 0.2  # stretching of contrast
LEAST_DIFFERENCE = 0.005  # pictures of less have no haze-lines


@torch.no_grad()
def remove_haze(
    pictures: Tensor,
    kept: float = 0.06,
    least: float = 0.1,
    smoothness: float = 0.1,
    flatness: float | Tensor = 0.01,
    gamma: float = 1.0,
    steps: int = 30,
    larger: Tensor | None = None,
) -> Tensor:
    """sRGB pictures [N, 3, H, W], float32, 0..1 -> the same without haze. Grey ones, or of one colour, stay as they are.

    kept: share of the air-light that is left; least: transmission that counts as opaque; smoothness: weight of a smooth
    transmission (lambda); flatness: difference of neighbours' colours that counts as none, one or one a picture [N]; gamma: power that makes values linear
    light; steps: of the solver; larger: the same pictures on a larger grid, whose air-light it is. Nothing but the transmission's smoothing
    is iterative.
    """
    colours = pictures.clamp(0, 1)
    light = colours**gamma
    air = air_light(light if larger is None else larger.clamp(0, 1) ** gamma)
    line, radius = haze_lines(light, air)
    estimate, reliability = estimated_transmission(light, air, line, radius, least)
    smooth = smoothed(colours, estimate, reliability, smoothness, flatness, steps).clamp(least, 1)
    radiance = (light - air) / smooth + (1 + kept) * air
    result = stretched(radiance.clamp(0, 1) ** (1 / gamma))
    grey = (colours.amax(1) - colours.amin(1)).amax((1, 2)) < LEAST_DIFFERENCE
    flat = radius.amax((1, 2, 3)) < LEAST_DIFFERENCE
    return torch.where((grey | flat)[:, None, None, None], pictures, result)


def air_light(light: Tensor) -> Tensor:
    """[N, 3, H, W] -> [N, 3, 1, 1]"""
    height, width = light.shape[-2:]
    window = 2 * int(min(height, width) * REACH_SHARE + 0.5) + 1
    dark = -light.amin(1, keepdim=True)
    dark = F.max_pool2d(dark, (1, window), stride=1, padding=(0, window // 2))
    dark = -F.max_pool2d(dark, (window, 1), stride=1, padding=(window // 2, 0))
    count = max(1, int(height * width * AIR_SHARE))
    least = dark.flatten(1).topk(count).values[:, -1]
    chosen = (dark >= least[:, None, None, None]).double()
    return ((light.double() * chosen).sum((2, 3), keepdim=True) / chosen.sum((2, 3), keepdim=True)).to(light.dtype)


@lru_cache(maxsize=8)
def nearest_points(device: torch.device) -> Tensor:
    """[6 * CELLS * CELLS]: the point of a spherical Fibonacci lattice nearest to the middle of every cell of the cube."""
    place = torch.arange(DIRECTIONS, dtype=torch.float64) + 0.5
    z = 1 - 2 * place / DIRECTIONS
    turn = torch.pi * (1 + 5**0.5) * place
    points = torch.stack([(1 - z * z).sqrt() * turn.cos(), (1 - z * z).sqrt() * turn.sin(), z])
    middle = (2 * torch.arange(CELLS, dtype=torch.float64) + 1) / CELLS - 1
    v, u = torch.meshgrid(middle, middle, indexing="ij")
    faces = []
    for axis in range(3):
        for sign in (1.0, -1.0):
            face = torch.stack([torch.full_like(u, sign), u, v], -1).roll(axis, -1)
            faces.append((face.flatten(0, 1) @ points).argmax(1))
    return torch.cat(faces).to(device)


def haze_lines(light: Tensor, air: Tensor) -> tuple[Tensor, Tensor]:
    """Every pixel's line, [N, H, W], and its distance from the air-light, [N, 1, H, W]."""
    away = light.double() - air.double()
    radius = away.square().sum(1, keepdim=True).sqrt()
    axis = away.abs().argmax(1, keepdim=True)
    major, u, v = (away.gather(1, (axis + step) % 3) for step in range(3))
    length = major.abs().clamp_min(1e-30)
    cell = lambda share: ((share / length + 1) * (CELLS / 2)).floor().clamp(0, CELLS - 1).long()
    face = 2 * axis + (major < 0)
    line = nearest_points(light.device)[(face * CELLS + cell(v)) * CELLS + cell(u)]
    return torch.where(radius > 0, line, torch.zeros_like(line))[:, 0], radius.to(light.dtype)


def line_statistics(line: Tensor, radius: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Of all pictures' lines, [N, DIRECTIONS]: number of pixels, largest radius, standard deviation of the radii."""
    number = len(line)
    place = (line + DIRECTIONS * torch.arange(number, device=line.device)[:, None, None]).flatten()
    radii = radius.flatten()
    sums = lambda values: torch.zeros(number * DIRECTIONS, dtype=torch.float64, device=line.device).index_add_(
        0, place, values
    )
    count = sums(torch.ones_like(radii, dtype=torch.float64))
    mean = sums(radii.double()) / count.clamp_min(1)
    deviation = (sums((radii - mean[place]).square()) / (count - 1).clamp_min(1)).sqrt()
    # By line, and within a line by radius: a stable sort by line of what is sorted by radius.
    ascending = radii.argsort()
    grouped = radii[ascending[place[ascending].sort(stable=True).indices]]
    rank = CLEAR_SHARE * (count - 1).clamp_min(0)
    first = (count.cumsum(0) - count).clamp_max(len(radii) - 1)
    below, above = (grouped[(first + step(rank)).long()].double() for step in (torch.floor, torch.ceil))
    largest = below + rank.frac() * (above - below)
    return tuple(each.view(number, DIRECTIONS).to(radius.dtype) for each in (count, largest, deviation))


def estimated_transmission(
    light: Tensor, air: Tensor, line: Tensor, radius: Tensor, least: float
) -> tuple[Tensor, Tensor]:
    """What every pixel's line says of its transmission, and how far that is to be trusted; both [N, 1, H, W]."""
    count, largest, deviation = line_statistics(line, radius)
    counted = (count / FULL_COUNT).clamp_max(1)
    greatest = (deviation * counted).amax(1, keepdim=True).clamp_min(LEAST_DEVIATION)
    reliability = counted * (3 * (deviation / greatest - 0.1)).clamp_max(1)
    of_pixels = lambda values: values.gather(1, line.flatten(1)).view_as(radius)
    share = (radius / of_pixels(largest).clamp_min(1e-6)).clamp_min(least)
    bound = 1 - (light / air.clamp_min(1e-6)).amin(1, keepdim=True)
    return torch.maximum(share, bound).clamp_max(1), of_pixels(reliability.clamp_min(LEAST_RELIABILITY))


def smoothed(
    colours: Tensor, estimate: Tensor, reliability: Tensor, smoothness: float, flatness: float | Tensor, steps: int
) -> Tensor:
    """The transmission that changes only where colours do, [N, 1, H, W]."""
    none = torch.as_tensor(flatness, dtype=colours.dtype, device=colours.device).square().view(-1, 1, 1, 1)
    across = (colours[..., 1:] - colours[..., :-1]).square().sum(1, keepdim=True)
    along = (colours[..., 1:, :] - colours[..., :-1, :]).square().sum(1, keepdim=True)
    right = F.pad(smoothness / (across + none), (0, 1))
    below = F.pad(smoothness / (along + none), (0, 0, 0, 1))
    return solve_grid(reliability, right, below, reliability * estimate, estimate, steps)


def quantile(ascending: Tensor, share: float) -> Tensor:
    """Along the last dimension, in proportion between two samples."""
    place = share * (ascending.shape[-1] - 1)
    below = int(place)
    above = min(below + 1, ascending.shape[-1] - 1)
    return torch.lerp(ascending[..., below], ascending[..., above], place - below)


def stretched(pictures: Tensor) -> Tensor:
    ascending = pictures.flatten(2).sort(-1).values
    least, most = ascending[..., 0].amin(1, keepdim=True), ascending[..., -1].amax(1, keepdim=True)
    extent = (most - least).clamp_min(1e-30)
    black, white = ((quantile(ascending, share) - least) / extent for share in CLIPPED)
    white = white.clamp_min(LEAST_WHITE)
    black = OWN_SHARE * black + (1 - OWN_SHARE) * torch.minimum(black, black.mean(1, keepdim=True))
    white = OWN_SHARE * white + (1 - OWN_SHARE) * torch.maximum(white, white.mean(1, keepdim=True))
    spread = lambda limits: limits[..., None, None]
    shares = (pictures - spread(least)) / spread(extent)
    return ((shares - spread(black)) / spread(white - black)).clamp(0, 1)

"""Pictures and what an operator makes of them, and batches of them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dgf.pictures import ASPECTS, STEP, Photographs, part
from dgf.sampling import enlarged, overview_size, places, reduced
from dgf.teachers import TEACHERS


@dataclass
class Pair:
    """uint8 [3, H, W]; `small` and `small_target`: both at low resolution [3, h, w], float32 0..1."""

    name: str
    picture: Tensor
    target: Tensor
    small: Tensor
    small_target: Tensor


@dataclass
class Batch:
    """Windows of the full-resolution pictures, and the pictures that they are of, at low resolution; 0..1.

    rows [N, H] and columns [N, W]: the windows' places in `small`.
    """

    small: Tensor
    small_target: Tensor
    picture: Tensor
    target: Tensor
    rows: Tensor
    columns: Tensor

    def enlarged(self, coefficients: Tensor) -> Tensor:
        return enlarged(coefficients, self.rows, self.columns)


def as_tensor(image: np.ndarray, device) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1))).to(device)


def taught(picture: Tensor, operator: str) -> Tensor:
    """What the operator makes of a picture [3, H, W] uint8, rounded to 8 bits, as a file of it would be."""
    exact = picture[None].float() / 255
    return (TEACHERS[operator](exact)[0].clamp(0, 1) * 255).round().to(torch.uint8)


def training_pictures(folder: Path, count: int, sizes: tuple, seed: int, device):
    """`count` names and pictures, random parts of the photographs; short sides log-uniform between both of `sizes`, on
    multiples of STEP, which Fourier transforms are fast for."""
    photographs, rng, last = Photographs(folder, held_out=False), np.random.default_rng(seed), None
    for number in range(count):
        index = number * len(photographs.paths) // count
        if index != last:
            image, last = photographs.loaded(index), index
        aspect = ASPECTS[rng.choice(len(ASPECTS), p=(0.45, 0.35, 0.2))]
        most = min(image.shape[0] / aspect[0], image.shape[1] / aspect[1]) * min(aspect)
        short = min(np.exp(rng.uniform(*np.log(sizes))), most)
        cut = part(image, max(STEP, int(short / STEP) * STEP), aspect, rng)
        yield photographs.paths[index].stem, as_tensor(cut, device)


def made_pairs(folder: Path, operator: str, count: int, sizes: tuple, seed: int, device) -> list[tuple]:
    """Name, picture and target of every training picture; one operator is taught to several networks by the same."""
    return [(name, picture, taught(picture, operator)) for name, picture in training_pictures(folder, count, sizes, seed, device)]


def paired(name: str, picture: Tensor, target: Tensor, side: int) -> Pair:
    size = overview_size(*picture.shape[-2:], side)
    small, small_target = (reduced(one[None].float() / 255, *size)[0] for one in (picture, target))
    return Pair(name, picture, target, small, small_target)


class PairPool:
    """Pairs by aspect; what they look like at low resolution belongs to one side."""

    def __init__(self, pairs: list[tuple], side: int) -> None:
        self.pairs = {aspect: [] for aspect in ASPECTS}
        for name, picture, target in pairs:
            ratio = picture.shape[-2] / picture.shape[-1]
            aspect = min(ASPECTS, key=lambda one: abs(one[0] / one[1] - ratio))
            self.pairs[aspect].append(paired(name, picture, target, side))

    def batch(self, size: int, crop: int, rng: np.random.Generator) -> Batch:
        counts = np.array([len(self.pairs[aspect]) for aspect in ASPECTS], float)
        pairs = self.pairs[ASPECTS[rng.choice(len(ASPECTS), p=counts / counts.sum())]]
        drawn = [window(pairs[rng.integers(len(pairs))], crop, rng) for _ in range(size)]
        return Batch(*(torch.stack(tensors) for tensors in zip(*drawn)))


def window(pair: Pair, crop: int, rng: np.random.Generator) -> tuple[Tensor, ...]:
    """A window of a pair, all of it mirrored at random: the tensors of a batch."""
    height, width = pair.picture.shape[-2:]
    y, x = int(rng.integers(height - crop + 1)), int(rng.integers(width - crop + 1))
    inside = np.s_[:, y : y + crop, x : x + crop]
    device = pair.picture.device
    h, w = pair.small.shape[-2:]
    rows, columns = places(h, y, crop, height, device), places(w, x, crop, width, device)
    pictures = [pair.small, pair.small_target, pair.picture[inside].float() / 255, pair.target[inside].float() / 255]
    if rng.random() < 0.5:
        pictures, columns = [one.flip(-1) for one in pictures], w - 1 - columns.flip(0)
    if rng.random() < 0.3:
        pictures, rows = [one.flip(-2) for one in pictures], h - 1 - rows.flip(0)
    return *pictures, rows, columns


def validation_pairs(folder: Path, operator: str, side: int, short: int, device) -> list[Pair]:
    """The photographs that training leaves out, whole, at this short side."""
    photographs, found = Photographs(folder, held_out=True), []
    for index, path in enumerate(photographs.paths):
        image = photographs.loaded(index)
        aspect = (2, 3) if image.shape[0] < image.shape[1] else (3, 2)
        most = min(image.shape[0] / aspect[0], image.shape[1] / aspect[1]) * min(aspect)
        cut = part(image, int(min(short, most) / STEP) * STEP, aspect, np.random.default_rng(index))
        picture = as_tensor(cut, device)
        found.append(paired(path.stem, picture, taught(picture, operator), side))
    return found

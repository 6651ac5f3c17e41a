"""Pictures and what an operator makes of them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dgf.conditions import defaults, drawn
from dgf.config import DgfTraining
from dgf.pictures import ASPECTS, STEP, Photographs, part, whole
from dgf.teachers import TEACHERS
from dgf.tones import toned

AT_ONCE = 6e6  # pixels that an operator is given in one batch


@dataclass
class Pair:
    """uint8 [3, H, W] each; values [K]: of the operator's conditions."""

    name: str
    picture: Tensor
    target: Tensor
    values: np.ndarray


def as_tensor(image: np.ndarray, device) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1))).to(device)


def taught(pictures: Tensor, operator: str, values: np.ndarray) -> Tensor:
    """What the operator makes of pictures [N, 3, H, W] uint8 with values [N, K], rounded to 8 bits, as files of it would be."""
    told = torch.from_numpy(values).float().to(pictures.device)
    results = TEACHERS[operator](pictures.float() / 255, told)
    return (results.clamp(0, 1) * 255).round().to(torch.uint8)


def training_pictures(folder: Path, lossy: float, config: DgfTraining, count: int, sizes: tuple, rng: np.random.Generator):
    """At most `count` names and pictures [H, W, 3], random parts of the photographs, a share of them in another light; short sides
    log-uniform between both of `sizes`, in STEPs."""
    photographs, last = Photographs(folder, held_out=False, lossy=lossy), None
    for number in range(count):
        index = number * len(photographs.paths) // count
        if index != last:
            image, last = photographs.loaded(index), index
        aspect = ASPECTS[rng.choice(len(ASPECTS), p=(0.5, 0.35, 0.15))]
        most = min(image.shape[0] / aspect[0], image.shape[1] / aspect[1]) * min(aspect)
        if most < sizes[0]:  # too small for the windows
            continue
        short = min(np.exp(rng.uniform(*np.log((sizes[0], sizes[1] + STEP - 1)))), most)
        cut = part(image, max(STEP, int(short / STEP) * STEP), aspect, rng)
        yield photographs.paths[index].stem, toned(cut, rng) if rng.random() < config.toned else cut


def made_pairs(folder: Path, lossy: float, config: DgfTraining, count: int, sizes: tuple, device) -> list[Pair]:
    """One operator is taught to several networks by the same pairs. Pictures of one size are taught together."""
    operator, rng = config.operator, np.random.default_rng(config.seed)
    by_shape: dict[tuple, list] = {}
    for name, picture in training_pictures(folder, lossy, config, count, sizes, rng):
        by_shape.setdefault(picture.shape, []).append((name, as_tensor(picture, device), drawn(operator, rng)))
    pairs = []
    for (height, width, _), drawings in by_shape.items():
        size = max(1, int(AT_ONCE / (height * width)))
        for begin in range(0, len(drawings), size):
            names, pictures, values = zip(*drawings[begin : begin + size])
            targets = taught(torch.stack(pictures), operator, np.stack(values))
            pairs += map(Pair, names, pictures, targets, values)
    return pairs


def validation_pairs(folder: Path, lossy: float, operator: str, short: int, device) -> list[Pair]:
    """The photographs that training leaves out, whole, at this short side, the operator at its defaults."""
    photographs, found = Photographs(folder, held_out=True, lossy=lossy), []
    for index, path in enumerate(photographs.paths):
        picture, values = as_tensor(whole(photographs.loaded(index), short), device), defaults(operator)
        found.append(Pair(path.stem, picture, taught(picture[None], operator, values[None])[0], values))
    return found

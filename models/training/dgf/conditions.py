"""The operators' parameters that a network is told, and what it is told of them: the one list of them for training.

The filters' own names and defaults; the ranges are those of the training.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Condition:
    name: str
    default: float
    least: float
    most: float  # all above 0; the network is told the logarithm's place between `least` and `most`, 0..1

    def told(self, value: np.ndarray) -> np.ndarray:
        return np.log(np.clip(value, self.least, self.most) / self.least) / np.log(self.most / self.least)

    def record(self) -> dict:
        return dict(name=self.name, min=self.least, max=self.most, scale="log")


CONDITIONS: dict[str, tuple[Condition, ...]] = {
    "l0-smoothing": (Condition("lambda", 0.02, 0.005, 0.08),),
    "multi-scale-detail": (
        Condition("fine", 6.25, 1, 12.5), Condition("medium", 10, 1, 15), Condition("base", 3.75, 1, 7.5),
    ),
}
AT_DEFAULTS = 0.5  # share of the training's pictures with the defaults


def conditions_of(operator: str) -> tuple[Condition, ...]:
    return CONDITIONS.get(operator, ())


def defaults(operator: str) -> np.ndarray:
    return np.array([condition.default for condition in conditions_of(operator)])


def drawn(operator: str, rng: np.random.Generator) -> np.ndarray:
    """Values for one picture: the defaults, or each of its own, log-uniform."""
    shares, at_defaults = rng.random(len(conditions_of(operator))), rng.random() < AT_DEFAULTS
    values = [c.least * (c.most / c.least) ** share for c, share in zip(conditions_of(operator), shares)]
    return defaults(operator) if at_defaults else np.array(values)


def told(operator: str, values: np.ndarray) -> np.ndarray:
    """[K] values -> [K] float32 within 0..1."""
    return np.array([c.told(value) for c, value in zip(conditions_of(operator), values)], np.float32)

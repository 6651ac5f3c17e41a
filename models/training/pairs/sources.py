"""What a training draws from, and the photographs kept for validation."""

from pathlib import Path
from typing import Callable

from config import SceneConfig
from pairs import photographs, textured
from scenes import generate as scenes
from scenes.photos import PhotoBank

# No pair of the training is drawn from these: validation.py measures on them.
HELD_OUT = ("brendon-van-zyl", "coffee", "margaret-jaszowska", "seondol-son")
# Texture all over: patterns are cut from them, structures are not.
ROUGH = (
    "andrew-ridley", "brick", "grass", "gravel", "hubble", "karly-santiago", "la-partida-eterna", "rhondak",
    "zach-inglis",
)

# By degradation; all others are made from RGB-D scenes.
SOURCES = {"noise": photographs.generate, "texture": textured.generate}


class PairBank(PhotoBank):
    """The photographs without the held-out ones, or only those; `rough` and `smooth` are indices."""

    def __init__(self, folder: Path, held_out: bool = False) -> None:
        super().__init__(folder, lambda name: name.startswith(HELD_OUT) == held_out)
        self.smooth = [i for i, name in enumerate(self.names) if not name.startswith(ROUGH)]
        self.rough = [i for i in range(len(self.names)) if i not in self.smooth] or self.smooth


def drawer(degradation: str, folder: Path, config: SceneConfig) -> Callable:
    """Function of a seed: guidance [S, S, 3] uint8, truth [S, S] float32, known [S, S] bool."""
    generate = SOURCES.get(degradation, scenes.generate)
    bank = PairBank(folder) if degradation in SOURCES else PhotoBank(folder)
    return lambda seed: generate(seed, bank, config)

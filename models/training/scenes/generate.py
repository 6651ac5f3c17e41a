"""One scene from a seed."""

import numpy as np

from config import SceneConfig
from scenes.compose import Scene
from scenes.imperfect import measured, photographed
from scenes.photos import PhotoBank


def generate(seed, bank: PhotoBank, config: SceneConfig):
    """guidance [S, S, 3] uint8, depth [S, S] float32 (levels of 0..255), known [S, S] bool."""
    rng = np.random.default_rng(seed)
    scene = Scene(rng, bank, config)
    depth, known = measured(rng, scene.depth, config)
    return photographed(rng, scene.guidance, config), depth, known

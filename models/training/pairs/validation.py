"""Measures of the models for equal grids on pairs made of held-out photographs; deterministic.

Denoising: RMSE of the result over that of the noisy input. Structure-texture separation: texture energy left in flat
parts, and the share of the main edges' strength that is kept, after ITERATIONS applications.
"""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from config import SceneConfig
from pairs import textured
from pairs.photographs import displaced, modality_pair, target_channel
from pairs.sources import HELD_OUT, PairBank

SIDE = 320
SEED = 20261122
SIGMAS = (25, 50)  # 8-bit levels
MISALIGNMENT = 1.5  # pixels, at most
ITERATIONS = 4
TEXTURES = 8  # scenes
EDGE = 12.0  # levels a pixel: steeper is a main edge
MARGIN = 4  # pixels from a main edge to a flat part


@dataclass
class Case:
    name: str
    guidance: Tensor  # [1, 3, H, W] 0..1
    target: Tensor  # [1, 1, H, W] levels
    truth: Tensor  # [1, 1, H, W] levels


def tensors(*images: np.ndarray) -> list[Tensor]:
    """[H, W] or [H, W, C] to [1, C, H, W]."""
    return [torch.from_numpy(np.ascontiguousarray(np.atleast_3d(i).transpose(2, 0, 1)))[None].float() for i in images]


def denoising_cases(bank: PairBank) -> list[Case]:
    cases = []
    for index, name in enumerate(HELD_OUT):
        for kind in ("flash", "nir"):
            rng = np.random.default_rng([SEED, index, kind == "nir"])
            photo, labels = bank.crop(rng, SIDE, SIDE, "coarse", [index])
            guidance, truth = modality_pair(rng, bank, photo, labels, kind)
            guidance = displaced(rng, guidance, MISALIGNMENT).round() / 255
            truth = target_channel(rng, truth)
            for sigma in SIGMAS:
                noisy = (truth + sigma * rng.standard_normal(truth.shape)).clip(0, 255).round()
                cases.append(Case(f"{name} {kind} {sigma}", *tensors(guidance, noisy, truth)))
    return cases


def texture_cases(bank: PairBank) -> list[Case]:
    config, cases = dataclasses.replace(SceneConfig(), size=SIDE), []
    for index in range(TEXTURES):
        guidance, truth, _ = textured.generate([SEED, index], bank, config)
        cases.append(Case(f"textures {index}", *tensors(guidance / np.float32(255), guidance[..., 0], truth)))
    return cases


def cases(degradation: str, photos: Path) -> list[Case]:
    bank = PairBank(Path(photos), held_out=True)
    return denoising_cases(bank) if degradation == "noise" else texture_cases(bank)


@torch.no_grad()
def applied(network, target: Tensor, guidance: Tensor) -> Tensor:
    """Full-size output in levels for targets [N, 1, H, W] in levels, scaled as the engine scales them."""
    low, high = target.amin((1, 2, 3), keepdim=True), target.amax((1, 2, 3), keepdim=True)
    span = (high - low).clamp_min(1e-6)
    return network((target - low) / span, guidance)[-1].float() * span + low


def separated(network, picture: Tensor, iterations: int = ITERATIONS) -> list[Tensor]:
    """`picture` [1, 3, H, W] 0..1 after every iteration, channel by channel, guided by the one before."""
    results = []
    for _ in range(iterations):
        channels = picture.transpose(0, 1) * 255
        result = applied(network, channels, picture.expand(3, -1, -1, -1))
        picture = result.transpose(0, 1).div(255).clamp(0, 1)
        results.append(picture)
    return results


def slopes(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives in levels a pixel of the slightly blurred image."""
    image = cv2.GaussianBlur(image, (0, 0), 0.8)
    return cv2.Sobel(image, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(image, cv2.CV_32F, 0, 1) / 8


def texture_energy(difference: np.ndarray, flat: np.ndarray) -> float:
    """Mean square of what a blur (8 pixels) within the flat parts removes from a picture's difference to its structure:
    a slow shift of levels is no texture."""
    weight = flat.astype(np.float32)
    blur = lambda a: cv2.GaussianBlur(a, (0, 0), 8)
    smooth = blur(difference * weight) / np.maximum(blur(weight), 1e-3)
    return float(np.mean(np.square(difference - smooth)[flat]))


def texture_measures(result: np.ndarray, target: np.ndarray, truth: np.ndarray) -> dict:
    """`ratio`: texture energy left; `edges`: slope kept across the truth's main edges (1: all of it)."""
    (ty, tx), (ry, rx) = slopes(truth), slopes(result)
    strength = np.hypot(ty, tx)
    main = strength > EDGE
    flat = cv2.distanceTransform((~main).astype(np.uint8), cv2.DIST_L2, 5) > MARGIN
    kept = ((ry * ty + rx * tx)[main].sum() / np.square(strength[main]).sum()) if main.any() else 1.0
    left = texture_energy(result - truth, flat) / texture_energy(target - truth, flat)
    return dict(ratio=left, edges=float(kept))


def measure_equal_grids(network, found: list[Case], factor: int, degradation: str, device="cpu") -> dict:
    """Mean and case by case, in the form of evaluate.measure."""
    scenes = {}
    for case in found:
        guidance, target = case.guidance.to(device), case.target.to(device)
        if degradation == "noise":
            result = applied(network, target, guidance).cpu()
            rmse, noisy = (float((image - case.truth).square().mean().sqrt()) for image in (result, case.target))
            scenes[case.name] = dict(ratio=rmse / noisy, gain=20 * float(np.log10(noisy / rmse)), rmse=rmse)
        else:
            result = separated(network, guidance)[-1][0, 0].mul(255).cpu().numpy()
            scenes[case.name] = texture_measures(result, case.target[0, 0].numpy(), case.truth[0, 0].numpy())
    keys = next(iter(scenes.values())).keys()
    mean = {key: float(np.mean([s[key] for s in scenes.values()])) for key in keys}
    return dict(protocol=f"x{factor} {degradation}", **mean, scenes=scenes)

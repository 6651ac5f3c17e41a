"""Depth super-resolution on real pairs: RMSE of the network and of bicubic enlargement, scene by scene.

    python evaluate.py --weights ../dagf-x8-bicubic.safetensors --dataset <folder> [--factor 8] [--degradation bicubic] \
        [--cleaner ../dagf-x8-low-noise.safetensors]
"""

import argparse
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from degrade import NOISE, degraded, enlarged, on_grid_of
from network import DAGF, cleaned
from pairs.sources import SOURCES
from pairs.validation import cases, measure_equal_grids
from scenes.imperfect import filled

BORDER = 6  # pixels left out of the metric on every side
MULTIPLE = 16


@dataclass
class Pair:
    name: str
    guidance: Tensor  # [1, 3, H, W] 0..1
    truth: Tensor  # [1, 1, H, W] disparity levels, holes filled from the nearest known pixel
    known: np.ndarray  # [H, W] bool


def read_disparity(path: Path) -> np.ndarray:
    if path.suffix == ".npy":
        disparity = np.load(path).astype(np.float32)
        return np.where(np.isfinite(disparity), disparity, 0)
    return cv2.imread(str(path), cv2.IMREAD_GRAYSCALE).astype(np.float32)


def pairs(folder: Path, degradation: str = "bicubic") -> list:
    """Pairs named `X_left` + `X_disp` or `X_view1`/`X_im2` + `X_disp1`/`X_disp2`; a disparity of 0 is unknown.
    For degradations on equal grids, `folder` is a pack of photographs: see pairs/validation.py."""
    if degradation in SOURCES:
        return cases(degradation, folder)
    found = []
    for path in sorted(p for p in Path(folder).iterdir() if "_disp" in p.stem and p.suffix in (".png", ".npy")):
        name, view = path.stem.split("_disp")
        guides = [path.with_name(f"{name}_{v}.png") for v in ("left", f"view{view}", f"im{view}")]
        guide = next(g for g in guides if g.exists())
        disparity, guidance = read_disparity(path), cv2.imread(str(guide))[..., ::-1]
        height, width = (n // MULTIPLE * MULTIPLE for n in disparity.shape)
        disparity, guidance = disparity[:height, :width], guidance[:height, :width]
        known = disparity > 0
        truth = torch.from_numpy(filled(np.ascontiguousarray(disparity), known))[None, None]
        picture = torch.from_numpy(np.ascontiguousarray(guidance.transpose(2, 0, 1)))[None].float() / 255
        found.append(Pair(name, picture, truth, known))
    return found


def rmse(result: Tensor, pair: Pair) -> float:
    """Of a result [1, 1, H, W] in disparity levels."""
    error = (result[0, 0].double().cpu() - pair.truth[0, 0].double().cpu()).numpy()
    inside = np.zeros_like(pair.known)
    inside[BORDER:-BORDER, BORDER:-BORDER] = True
    return float(np.sqrt(np.mean(error[inside & pair.known] ** 2)))


@torch.no_grad()
def restored(
    network, pair: Pair, factor: int, degradation: str, device="cpu", deviation=NOISE, cleaner: DAGF | None = None
) -> list[Tensor]:
    """[I_0, ..., I_{m-1}, bicubic], all enlarged to full size, in disparity levels; `deviation` of the noise in levels. `cleaner`: what
    removes the noise before the target is enlarged for the network."""
    small, low, span = given_of(pair, factor, degradation, deviation)
    target, guidance, bicubic = inputs_of(((small - low) / span).to(device), pair.guidance.to(device), factor, cleaner)
    outputs = network(target, guidance, bicubic)
    full = [enlarged(o, target.shape[-1] // o.shape[-1]) if o.shape != target.shape else o for o in outputs]
    return [o.cpu() * span + low for o in (*full, bicubic)]


def inputs_of(given: Tensor, guidance: Tensor, factor: int, cleaner: DAGF | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """What a network gets of a degraded target in 0..1: it cleaned and enlarged, the guidance, and it enlarged as it is."""
    bicubic = enlarged(given, factor)
    return enlarged(cleaned(cleaner, given, on_grid_of(guidance, factor, cleaner.config.detail)), factor) if cleaner else bicubic, guidance, bicubic


def given_of(pair: Pair, factor: int, degradation: str, deviation=NOISE) -> tuple[Tensor, Tensor, Tensor]:
    """The degraded target [1, 1, h, w] in levels, its least value and its range."""
    seed = zlib.crc32(pair.name.encode())  # every network meets the same noise
    small = degraded(pair.truth, factor, degradation, deviation, torch.Generator().manual_seed(seed))
    return small, small.min(), (small.max() - small.min()).clamp_min(1e-6)


def means_of(scenes: dict[str, dict], *names: str) -> dict[str, float]:
    return {name: float(np.mean([scene[name] for scene in scenes.values()])) for name in names}


@torch.no_grad()
def measure_low_noise(network: DAGF, found: list, factor: int, device="cpu") -> dict:
    """On the targets' own grids: RMSE, in levels, of the cleaned target and of the noisy one; gain in dB."""
    scenes = {}
    for pair in found:
        small, low, span = given_of(pair, factor, "low-noise")
        truth, given, guidance = degraded(pair.truth, factor, "bicubic"), ((small - low) / span).to(device), pair.guidance.to(device)
        result = cleaned(network, given, on_grid_of(guidance, factor, network.config.detail)).cpu() * span + low
        error, noisy = (float((image - truth).double().square().mean().sqrt()) for image in (result, small))
        scenes[pair.name] = dict(rmse=error, noisyRmse=noisy, ratio=error / noisy)
    mean = means_of(scenes, "rmse", "noisyRmse")
    ratio = mean["rmse"] / mean["noisyRmse"]
    return dict(protocol=f"x{factor} low-noise", **mean, ratio=ratio, gain=-20 * float(np.log10(ratio)), scenes=scenes)


def measure(network, found: list, factor: int, degradation: str, device="cpu", cleaner: DAGF | None = None) -> dict:
    """Mean over scenes and scene by scene; `rmse` is that of the full-size output, `levels` those of all outputs."""
    if degradation in SOURCES:
        return measure_equal_grids(network, found, factor, degradation, device)
    if degradation == "low-noise":
        return measure_low_noise(network, found, factor, device)
    scenes = {}
    for pair in found:
        *levels, bicubic = (rmse(o, pair) for o in restored(network, pair, factor, degradation, device, cleaner=cleaner))
        scenes[pair.name] = dict(rmse=levels[-1], bicubicRmse=bicubic, ratio=levels[-1] / bicubic, levels=levels)
    mean = means_of(scenes, "rmse", "bicubicRmse")
    levels = np.mean([s["levels"] for s in scenes.values()], 0)
    return dict(
        protocol=f"x{factor} {degradation}", **mean, ratio=mean["rmse"] / mean["bicubicRmse"],
        levelRatios=[float(v) / mean["bicubicRmse"] for v in levels], scenes=scenes,
    )


def main() -> None:
    from weights import load_network

    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path, required=True)
    arguments.add_argument("--dataset", type=Path, required=True)
    arguments.add_argument("--factor", type=int, default=8)
    arguments.add_argument("--degradation", default="bicubic")
    arguments.add_argument("--cleaner", type=Path, help="weights of what cleans the targets first")
    options = arguments.parse_args()
    network = load_network(options.weights)
    found = pairs(options.dataset, options.degradation)
    cleaner = load_network(options.cleaner) if options.cleaner else None
    print(json.dumps(measure(network, found, options.factor, options.degradation, cleaner=cleaner), indent=1))


if __name__ == "__main__":
    main()

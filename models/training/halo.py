"""What tiles with a smaller halo than a network's reach would cost: the largest difference of the finest output between a tile and the whole,
over nine tiles of every validation scene, in units of the target's range. Targets are degraded and cleaned as the model's are.

    python halo.py dagf-x8-noisy dagf-wide-x8-noisy --validation <folder of pairs>

Writes records/halo.json, which manifest.py goes by and card.py shows, with the weights that were measured: others of the same shape can feel farther.
"""

import argparse
import itertools
import json
import os
from pathlib import Path

import torch
from torch import Tensor

from evaluate import given_of, inputs_of, pairs
from manifest import RECORDS, file_entry
from network import DAGF
from weights import MODELS, load_cleaner, load_network

HALOS = (64, 80, 96)  # pixels
SIDE = 96  # of a tile without its halo
PLACES = (0.3, 0.5, 0.7)  # of tiles' middles, shares of a scene's height and width


@torch.no_grad()
def halo_errors(network: DAGF, inputs: tuple[Tensor, ...], halos: tuple[int, ...]) -> list[float]:
    """`inputs`: of a whole scene, [1, C, H, W] each."""
    whole, errors = network(*inputs)[-1], [0.0] * len(halos)
    for shares, (index, halo) in itertools.product(itertools.product(PLACES, PLACES), enumerate(halos)):
        starts = [int(length * share - SIDE / 2) // 8 * 8 for length, share in zip(whole.shape[-2:], shares)]
        seen = [slice(max(0, start - halo), start + SIDE + halo) for start in starts]
        tile = network(*(plane[..., *seen] for plane in inputs))[-1]
        own = [slice(start - part.start, start - part.start + SIDE) for start, part in zip(starts, seen)]
        difference = tile[..., *own] - whole[..., *(slice(start, start + SIDE) for start in starts)]
        errors[index] = max(errors[index], float(difference.abs().max()))
    return errors


def measured(name: str, found: list) -> dict:
    """`found`: the validation pairs."""
    record, path = json.loads((RECORDS / f"{name}.json").read_text()), MODELS / f"{name}.safetensors"
    network, cleaner = load_network(path), load_cleaner(record.get("denoised_by"))
    factor, errors = record["factors"][0], []
    for pair in found:
        small, low, span = given_of(pair, factor, record["degradation"])
        errors.append(halo_errors(network, inputs_of((small - low) / span, pair.guidance, factor, cleaner), HALOS))
    return dict(weights=file_entry(path)["sha256"], errors={str(halo): max(column) for halo, column in zip(HALOS, zip(*errors))})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("names", nargs="+")
    arguments.add_argument("--validation", type=Path, required=True)
    options = arguments.parse_args()
    torch.set_num_threads(1)
    found, path = pairs(options.validation), RECORDS / "halo.json"
    for name in options.names:
        result = measured(name, found)
        print(name, *(f"{halo} px: {error:.1e}" for halo, error in result["errors"].items()), flush=True)
        report = json.loads(path.read_text()) if path.exists() else {}
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(dict(sorted((report | {name: result}).items())), indent=1) + "\n")
        os.replace(temporary, path)


if __name__ == "__main__":
    main()

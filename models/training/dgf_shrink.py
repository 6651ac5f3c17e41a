"""Lets what a clone has learned count in part: what its network adds to the draft, and its layer to the classical one.

    python dgf_shrink.py --states OUT/dgf-auto-retouch-c-128.pt --share 0 --photos SMALL --lossy 1 --out SHRUNK

Networks that only correct something near already (`network.draft`, `network.classical`) learn corrections that hold for few photographs
faster than those that hold for all. The learned means of the layer stay.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor

from dgf.beginning import last_layer
from dgf.measure import measure
from dgf.network import restored
from dgf.pairs import validation_pairs
from dgf.pictures import LOSSY
from dgf_train import VALIDATION_SIDE
from weights import write_state

ADDING = ("network.", "layer.model.", "guidance.")


def shrunk(weights: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """The weights of a network whose three parts add only a `share` of what they did, 0..1."""
    last = tuple(last_layer(weights, chain) for chain in ADDING if any(name.startswith(chain) for name in weights))
    return {name: share * value if name.startswith(last) else value for name, value in weights.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--states", type=Path, nargs="+", required=True)
    arguments.add_argument("--share", type=float, required=True)
    arguments.add_argument("--photos", type=Path, required=True)
    arguments.add_argument("--lossy", type=float, default=LOSSY)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in options.states:
        state = torch.load(path, map_location="cpu")
        settings = state["stages"][-1]["settings"]
        if not (settings["network"].get("draft") and settings["network"].get("classical")):
            raise SystemExit(f"{path.name}: its network and layer do not add to something, they take its place")
        weights = shrunk(state["ema"], options.share)
        operator, side = settings["operator"], settings["side"]
        pairs = validation_pairs(options.photos, options.lossy, operator, VALIDATION_SIDE, "cpu")
        figures = measure(restored(settings, weights), pairs, operator, side)
        figures = {name: round(value, 3) for name, value in figures.items()}
        command = f"python dgf_shrink.py --states OUT/{path.name} --share {options.share:g} --photos PHOTOS --lossy {options.lossy:g}"
        stage = dict(
            command=f"{command} --out OUT/shrunk", steps=0, seconds=0, seed=settings["seed"], settings=settings,
            curve=[dict(step=0, seconds=0, **figures)],
        )
        write_state(options.out / path.name, dict(ema=weights, stages=[*state["stages"], stage]))
        print(path.stem, figures, flush=True)


if __name__ == "__main__":
    main()

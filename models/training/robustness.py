"""What the super-resolution weights do with targets that they were not trained for: ratio to bicubic of the same input,
mean of the validation scenes' ratios.

    python robustness.py --validation <folder of pairs> [--scenes adirondack venus]

Writes records/robustness.json, which card.py shows: noise, on which the filter's choice of weights rests (`noisyFrom` in
dagfModel.ts); blocks averaged instead of bicubic reduction; a target twice as sharp.
"""

import argparse
import json
from pathlib import Path

import torch

from evaluate import pairs, restored, rmse
from network import DAGF
from weights import load_cleaner, load_network

TRAINING = Path(__file__).resolve().parent
SHARES = (0.0, 0.007, 0.014, 0.03)  # standard deviation of the noise, of the target's range
FACTORS = (8,)


def cleaner_of(name: str) -> DAGF | None:
    """What cleans the targets of a model, where one does."""
    record = json.loads((TRAINING / "records" / f"{name}.json").read_text())
    return load_cleaner(record.get("denoised_by"))


def mean_ratio(networks: tuple[DAGF, DAGF | None], found: list, factor: int, degradation: str, share: float = 0.0) -> float:
    """`networks`: the one that enlarges and its cleaner."""
    network, cleaner = networks
    total = 0.0
    for pair in found:
        deviation = share * float(pair.truth.max() - pair.truth.min())
        *_, result, bicubic = restored(network, pair, factor, degradation, deviation=deviation, cleaner=cleaner)
        total += rmse(result, pair) / rmse(bicubic, pair)
    return total / len(found)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--validation", type=Path, required=True)
    arguments.add_argument("--scenes", nargs="*")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    found = [p for p in pairs(options.validation) if options.scenes is None or p.name in options.scenes]
    noise, others = [], []
    for factor in FACTORS:
        for trained in ("bicubic", "noisy"):
            name = f"dagf-x{factor}-{trained}"
            networks = load_network(TRAINING.parent / f"{name}.safetensors"), cleaner_of(name)
            noise.append(dict(name=name, ratios=[mean_ratio(networks, found, factor, "noisy", s) for s in SHARES]))
            averaged = mean_ratio(networks, found, factor, "area")
            sharper = mean_ratio(networks, found, factor // 2, "bicubic")
            others.append(dict(name=name, averaged=averaged, sharper=sharper))
            print(noise[-1], others[-1], flush=True)
    report = dict(scenes=[pair.name for pair in found], shares=SHARES, noise=noise, others=others)
    (TRAINING / "records" / "robustness.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""From which noise on weights for noisy targets are the better ones: ratio to bicubic on validation scenes.

    python noise_levels.py --validation <folder of pairs>

Writes records/noise-levels.json, which card.py shows; the filter's choice (`noisyFrom` in dagfModel.ts) rests on it.
"""

import argparse
import json
from pathlib import Path

import torch

from evaluate import pairs, restored, rmse
from weights import load_network

TRAINING = Path(__file__).resolve().parent
SHARES = (0.0, 0.004, 0.008, 0.012, 0.02, 0.04)  # of the target's range
FACTORS = (4, 8, 16)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--validation", type=Path, required=True)
    options = arguments.parse_args()
    torch.set_num_threads(1)
    found, rows = pairs(options.validation), []
    for factor in FACTORS:
        for trained in ("bicubic", "noisy"):
            name = f"dagf-x{factor}-{trained}"
            network, ratios = load_network(TRAINING.parent / f"{name}.safetensors"), []
            for share in SHARES:
                total = 0.0
                for pair in found:
                    deviation = share * float(pair.truth.max() - pair.truth.min())
                    *_, result, bicubic = restored(network, pair, factor, "noisy", deviation=deviation)
                    total += rmse(result, pair) / rmse(bicubic, pair) / len(found)
                ratios.append(total)
            rows.append(dict(name=name, ratios=ratios))
            print(name, [round(r, 3) for r in ratios], flush=True)
    report = dict(shares=SHARES, scenes=[pair.name for pair in found], rows=rows)
    (TRAINING / "records" / "noise-levels.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()

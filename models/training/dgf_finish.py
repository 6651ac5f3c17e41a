"""Turns a training state of a deep guided filter into what ships: folded weights, ONNX graphs, parity and the record; then
run manifest.py.

    python dgf_finish.py --state OUT/dgf-l0-smoothing-c-64.pt --hardware "one NVIDIA H200" --date 2026-11-28
    python dgf_finish.py ... --side 128 --photos SMALL --lossy 1    the same weights for another small copy than they were trained with
"""

import argparse
from dataclasses import asdict
import json
from pathlib import Path

import torch

import dgf_parity
from dgf.folded import folded
from dgf.measure import measure
from dgf.network import restored
from dgf.pairs import validation_pairs
from dgf.pictures import LOSSY
from dgf_export import export
from dgf_train import VALIDATION_SIDE
from weights import save_tensors

TRAINING = Path(__file__).resolve().parent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--state", type=Path, nargs="+", required=True)
    arguments.add_argument("--hardware", required=True)
    arguments.add_argument("--date", required=True)
    arguments.add_argument("--note", default="")
    arguments.add_argument("--side", type=int)
    arguments.add_argument("--photos", type=Path, help="to measure at that side, as the training does")
    arguments.add_argument("--lossy", type=float, default=LOSSY)
    options = arguments.parse_args()
    torch.set_num_threads(2)
    for path in options.state:
        state = torch.load(path, map_location="cpu")
        stages = state["stages"]
        settings = stages[-1]["settings"]
        network = restored(settings, state["ema"])
        tensors, side, last = folded(network), settings["side"], stages[-1]["curve"][-1]
        if options.side:
            side, operator = options.side, settings["operator"]
            pairs = validation_pairs(options.photos, options.lossy, operator, VALIDATION_SIDE, "cpu")
            last = measure(network, pairs, operator, side)
        name = path.stem.replace(f"-{settings['side']}", f"-{side}")
        weights = TRAINING.parent / f"{name}.safetensors"
        save_tensors(
            weights, {name: value.contiguous().numpy() for name, value in tensors.items()},
            dict(network="dgf", config=json.dumps(asdict(network.config))),
        )
        export(weights)
        dgf_parity.write(weights)
        record = dict(
            name=name, operator=settings["operator"], variant=network.config.variant,
            side=None if network.config.variant == "can" else side, conditions=network.config.conditions,
            texture=network.config.texture, draft=network.config.draft, overview=network.config.overview, date=options.date,
            hardware=options.hardware, parameters=sum(value.numel() for value in tensors.values()), seed=settings["seed"],
            steps=sum(stage["steps"] for stage in stages), seconds=sum(stage["seconds"] for stage in stages),
            note=options.note, metrics=[dict(dataset="held-out photographs, 512 px", psnr=last["psnr"], input=last["input"])],
            stages=stages,
        )
        (TRAINING / "records" / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n")
        print(name, record["parameters"], last)


if __name__ == "__main__":
    main()

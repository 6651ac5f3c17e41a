"""Turns a training state of a deep guided filter into what ships: folded weights, ONNX graphs, parity and the record; then
run manifest.py.

    python dgf_finish.py --state OUT/dgf-l0-smoothing-c-64.pt --hardware "one NVIDIA H200" --date 2026-11-28
"""

import argparse
from dataclasses import asdict
import json
from pathlib import Path

import torch

import dgf_parity
from dgf.config import DgfConfig
from dgf.folded import folded
from dgf.network import Dgf
from dgf_export import export
from weights import save_tensors

TRAINING = Path(__file__).resolve().parent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--state", type=Path, nargs="+", required=True)
    arguments.add_argument("--hardware", required=True)
    arguments.add_argument("--date", required=True)
    arguments.add_argument("--note", default="")
    options = arguments.parse_args()
    for path in options.state:
        state = torch.load(path, map_location="cpu")
        stages = state["stages"]
        settings = stages[-1]["settings"]
        network = Dgf(DgfConfig(**{**settings["network"], "dilations": tuple(settings["network"]["dilations"])})).eval()
        network.load_state_dict(state["ema"])
        tensors = folded(network)
        weights = TRAINING.parent / f"{path.stem}.safetensors"
        save_tensors(
            weights, {name: value.contiguous().numpy() for name, value in tensors.items()},
            dict(network="dgf", config=json.dumps(asdict(network.config))),
        )
        export(weights)
        dgf_parity.write(weights)
        last = stages[-1]["curve"][-1]
        record = dict(
            name=path.stem, operator=settings["operator"], variant=network.config.variant,
            side=None if network.config.variant == "can" else settings["side"], conditions=network.config.conditions, date=options.date,
            hardware=options.hardware, parameters=sum(value.numel() for value in tensors.values()), seed=settings["seed"],
            steps=sum(stage["steps"] for stage in stages), seconds=sum(stage["seconds"] for stage in stages),
            note=options.note, metrics=[dict(dataset="held-out photographs, 512 px", psnr=last["psnr"], input=last["input"])],
            stages=stages,
        )
        (TRAINING / "records" / f"{path.stem}.json").write_text(json.dumps(record, indent=1) + "\n")
        print(path.stem, record["parameters"], last)


if __name__ == "__main__":
    main()

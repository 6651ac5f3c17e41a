"""Turns a training state into what ships: averaged weights, ONNX files and the record; then run manifest.py.

    python finish.py --state <state.pt> --name dagf-x8-bicubic --validation <folder of pairs> \
        [--previous <earlier state.pt> ...] [--final-measurement <folder of pairs>] [--note "..."]

`--previous` names the states this one was initialised from, oldest first: their curves and times join the record.
The final measurement is made once, on scenes that nothing was trained, tuned or selected on.
"""

import argparse
import json
from pathlib import Path

import torch

from config import NetworkConfig
from evaluate import measure, pairs
from export import export
from manifest import VARIANTS
from network import DAGF, parameter_count
from pairs.sources import SOURCES
from reach import exact_reach
from weights import load_network, save_network

TRAINING = Path(__file__).resolve().parent


def stage(path: Path) -> dict:
    """What a state says about how it came to be."""
    state = torch.load(path, map_location="cpu")
    config = state["config"]
    return dict(steps=state["step"], seconds=config["seconds"], seed=config["seed"], settings=config, curve=state["log"])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--name", required=True)
    arguments.add_argument("--variant", choices=VARIANTS, default="standard")
    arguments.add_argument("--previous", type=Path, nargs="*", default=[])
    arguments.add_argument("--validation", type=Path, required=True)
    arguments.add_argument("--final-measurement", type=Path)
    arguments.add_argument("--hardware", default="one NVIDIA H100")
    arguments.add_argument("--date", default="2026-11-22")
    arguments.add_argument("--note", default="")
    arguments.add_argument("--form", default="banded")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.state, map_location="cpu")
    config = state["config"]
    network = DAGF(NetworkConfig(**config["network"]))
    network.load_state_dict(state["ema"])
    weights = TRAINING.parent / f"{options.name}.safetensors"
    save_network(weights, network)
    network = load_network(weights)
    stages = [stage(path) for path in (*options.previous, options.state)]
    record = dict(
        name=options.name, factors=list(config["factors"]), degradation=config["degradation"], variant=options.variant,
        date=options.date, hardware=options.hardware, parameters=parameter_count(network), seed=config["seed"],
        steps=sum(s["steps"] for s in stages), seconds=sum(s["seconds"] for s in stages), note=options.note,
        metrics=[], stages=stages,
    )
    sets = [("held-out photographs" if record["degradation"] in SOURCES else "validation/depth", options.validation)]
    if options.final_measurement:
        sets.append((options.final_measurement.name, options.final_measurement))
    for dataset, folder in sets:
        result = measure(network, pairs(folder, record["degradation"]), record["factors"][0], record["degradation"])
        record["metrics"].append(dict(dataset=dataset, **result))
        print(options.name, dataset, {k: round(v, 4) for k, v in result.items() if isinstance(v, float)}, flush=True)
    record["reach"] = exact_reach(network)
    export(weights, options.form)
    (TRAINING / "records" / f"{options.name}.json").write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Turns a training state into what ships: averaged weights, ONNX files and the record; then run halo.py, manifest.py and card.py.

    python finish.py --state <state.pt> --name dagf-x8-bicubic --validation <folder of pairs> \
        [--final-measurement <folder of pairs>] [--note "..."]

A network of the shape FAST gets the variant `fast`, one whose name says so `wide`. One for several factors or degradations (research) keeps the figures
of its training's last report. The final measurement is made once, on scenes that nothing was trained, tuned or selected
on.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import torch

import parity
from config import NetworkConfig
from evaluate import measure, pairs
from export import export
from network import DAGF, parameter_count
from pairs.sources import SOURCES
from reach import exact_reach
from weights import load_cleaner, load_network, save_network

TRAINING = Path(__file__).resolve().parent
RECORDS = TRAINING / "records"
FAST = NetworkConfig(blocks=1, stride=2)


def variant(name: str, config: NetworkConfig) -> str:
    """The ones that remove noise are wider where targets have few pixels, whatever they serve."""
    if name.startswith("dagf-wide-"):
        return "wide"
    return "fast" if replace(config, noisy=0) == FAST else "standard"


def known_reach(config: NetworkConfig) -> list[int] | None:
    """That of a recorded model of the same shape: neither weights nor channels change it, and finding it takes minutes. The noisy target is
    seen through the same layers as the cleaned one, and finer pixels of a guidance lie within the target's."""
    alike = lambda network: replace(network, noisy=0, detail=1, channels=NetworkConfig.channels)
    for path in RECORDS.glob("dagf-*.json"):
        record = json.loads(path.read_text())
        if alike(NetworkConfig(**record["stages"][-1]["settings"]["network"])) == alike(config):
            return record["reach"]
    return None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--name", required=True)
    arguments.add_argument("--validation", type=Path, required=True)
    arguments.add_argument("--final-measurement", type=Path)
    arguments.add_argument("--hardware", default="one NVIDIA H100")
    arguments.add_argument("--date", default="2026-11-22")
    arguments.add_argument("--note", default="")
    arguments.add_argument("--denoised-by", help="what cleans its targets, if not what it learned behind")
    arguments.add_argument("--research", action="store_true", help="weights that do not ship: no graphs, in research/")
    arguments.add_argument("--form", default="banded")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.state, map_location="cpu")
    stages = state["stages"]
    config = stages[-1]["settings"]
    factors, degradation = list(config["factors"]), config["degradation"]
    network = DAGF(NetworkConfig(**config["network"]))
    network.load_state_dict(state["ema"])
    folder = TRAINING / "research" if options.research else TRAINING.parent
    folder.mkdir(exist_ok=True)
    weights = folder / f"{options.name}.safetensors"
    save_network(weights, network)
    network = load_network(weights)
    denoised_by = options.denoised_by or config.get("denoised_by")
    cleaner = load_cleaner(denoised_by)
    record = dict(
        name=options.name, factors=factors, degradation=degradation, variant=variant(options.name, network.config),
        date=options.date, hardware=options.hardware, parameters=parameter_count(network), seed=config["seed"],
        steps=sum(s["steps"] for s in stages), seconds=sum(s["seconds"] for s in stages), note=options.note,
        metrics=[], stages=stages, **(dict(denoised_by=denoised_by) if cleaner else {}),
    )
    sets = [("held-out photographs" if degradation in SOURCES else "validation/depth", options.validation)]
    if options.final_measurement:
        sets.append((options.final_measurement.name, options.final_measurement))
    for dataset, place in [] if options.research else sets:
        result = measure(network, pairs(place, degradation), factors[0], degradation, cleaner=cleaner)
        record["metrics"].append(dict(dataset=dataset, **result))
        print(options.name, dataset, {k: round(v, 4) for k, v in result.items() if isinstance(v, float)}, flush=True)
    record["reach"] = known_reach(network.config) or exact_reach(network)
    if not options.research:
        export(weights, options.form)
        parity.write(weights)
    (RECORDS / f"{options.name}.json").write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Writes the ablations' models from what `ablation_train.py` saved: ONNX graphs, weights, manifest, tables and record.

    python ablation_export.py --states ablation-components.npz ablation-grid-1.npz --seeds 1 --out ../ablation \
        [--record records/ablation.json]

OUT is a folder of models as ../ is one, with every model as a fast one for x16 nearest, so that the engine runs any of
them at full size whatever its number of levels; `tables.json` beside the manifest says what each stands for and what
the paper reports. Weights are stored as float16: that is how they came from the GPU.
"""

import argparse
from dataclasses import asdict
import json
import os
from pathlib import Path

import numpy as np
import torch

from ablation_models import TABLES, AblationModel
from ablation_train import DEGRADATION, FACTOR
from export import Exporter, size_multiple, write
from manifest import file_entry
from network import DAGF, parameter_count
from reach import reach_bound
from weights import load_network, save_network


UNUSED = ("name", "network", "loss", "schedule", "seconds", "report")  # settings that the ablations do not follow


def averaged(held, model: AblationModel, seed: int) -> DAGF:
    network, prefix = DAGF(model.network), f"{model.id}.{seed}/"
    values = {n[len(prefix) :]: torch.from_numpy(held[n]).float() for n in held.files if n.startswith(prefix)}
    network.load_state_dict(values)
    return network.eval()


def model_entry(weights: Path, model: AblationModel, seed: int) -> dict:
    """Writes the graph beside the weights; the model as the manifest describes it."""
    network = load_network(weights)
    finest = f"I_{model.network.levels - 1}"
    graph = Exporter(network, weights, "banded", "float32").build()
    path = write(graph, weights.with_suffix(".onnx"), [finest], "banded")
    return dict(
        id=weights.stem, title=f"{model.title} (seed {seed})", network="dagf", task="super-resolution",
        factors=[FACTOR], degradation=DEGRADATION, variant="fast", channels=model.network.channels,
        parameters=parameter_count(network), sizeMultiple=size_multiple(model.network),
        inputs=dict(target=dict(name="target", channels=1), guidance=dict(name="guidance", channels=3)),
        outputs=[dict(id=finest, scale=1, reach=reach_bound(model.network), **file_entry(path))],
        weights=file_entry(weights), licence="MIT",
    )


def row(model: AblationModel, models: list[str]) -> dict:
    """What a row or cell of a table stands for; `models`: ids in the manifest, one a seed."""
    config = model.network
    return dict(
        id=model.id, title=model.title, levels=config.levels, kernel=config.kernel,
        parameters=parameter_count(DAGF(config)), paper=model.rmse, models=models,
    )


def training_record(record: dict, hardware: str) -> dict:
    """As saved, with every model's own settings in the place of the defaults."""
    config = {n: v for n, v in record["config"].items() if n not in UNUSED}
    models = {m.id: dict(network=asdict(m.network), loss=asdict(m.loss)) for m in TABLES[record["table"]]}
    return dict(record, config=config, models=models, hardware=hardware)


def write_json(path: Path, content: dict) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    os.replace(temporary, path)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--states", type=Path, nargs="+", required=True)
    arguments.add_argument("--seeds", type=int, nargs="+", required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--record", type=Path, help="how they were trained, with every model's curve")
    arguments.add_argument("--hardware", default="one NVIDIA H100, both tables at the same time")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    entries, rows, records = [], {table: {} for table in TABLES}, []
    for state in options.states:
        held = np.load(state)
        record = json.loads(str(held["__record__"]))
        records.append(training_record(record, options.hardware))
        for seed in (s for s in record["seeds"] if s in options.seeds):
            for model in TABLES[record["table"]]:
                weights = options.out / f"{model.id}-seed{seed}.safetensors"
                save_network(weights, averaged(held, model, seed), np.float16)
                entries.append(model_entry(weights, model, seed))
                rows[record["table"]].setdefault(model.id, (model, []))[1].append(weights.stem)
                print(weights.stem, flush=True)
    tables = {
        table: dict(dataset=TABLES[table][0].dataset, rows=[row(*pair) for pair in found.values()])
        for table, found in rows.items()
    }
    write_json(options.out / "tables.json", tables)
    write_json(options.out / "manifest.json", dict(version=2, models=entries))
    if options.record:
        write_json(options.record, dict(factor=FACTOR, degradation=DEGRADATION, trainings=records))


if __name__ == "__main__":
    main()

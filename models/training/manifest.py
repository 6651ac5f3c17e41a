"""Writes ../manifest.json from the records and the files beside it: files first, the manifest last, atomically.

    python manifest.py
"""

import hashlib
import json
import math
import os
from pathlib import Path

from config import NetworkConfig
from dgf.conditions import conditions_of
from export import size_multiple

MODELS = Path(__file__).resolve().parent.parent
RECORDS = MODELS / "training" / "records"
TASKS = {  # everything else is super-resolution
    "noise": "denoising", "low-noise": "denoising", "texture": "texture-removal",
}
SHOWN = {"low-noise": "noise of the small target"}  # in titles, where it is neither the degradation nor the task
DEGRADATIONS = ("bicubic", "nearest", "noisy", "blind", "noise", "texture", "low-noise")
VARIANTS = ("standard", "wide", "fast")
FELT = "96"  # pixels of a halo that may do, as in records/halo.json
UNSEEN = 5e-6  # of the range: less than half a step of 16 bits (7.6e-6), as other tiles can show more than those measured
LAYERS = ("c", "cb", "b", "s", "can")  # variants of the deep guided filter
OPERATORS = {  # as their filters are titled
    "l0-smoothing": "L0 smoothing", "multi-scale-detail": "multi-scale detail", "style-transfer": "photographic style",
    "haze-removal": "haze removal", "auto-retouch": "auto retouch",
}


def file_entry(path: Path) -> dict:
    data = path.read_bytes()
    return dict(file=path.name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def output_entry(index: int, levels: int, name: str, reach: int) -> dict:
    finest = index == levels - 1
    entry = dict(
        id=f"I_{index}", scale=1 if finest else 2.0 ** (index - levels + 1), reach=reach,
        **file_entry(MODELS / (f"{name}.onnx" if finest else f"{name}.i{index}.onnx")),
    )
    return dict(entry, float16=file_entry(MODELS / f"{name}.f16.onnx")) if finest else entry


def title(record: dict) -> str:
    factors, degradation = record["factors"], record["degradation"]
    variant = "" if record["variant"] == "standard" else f" {record['variant']}"
    range_ = f"×{factors[0]}" if len(factors) == 1 else f"×{factors[0]}–×{factors[-1]}"
    shown = SHOWN.get(degradation) or TASKS.get(degradation, degradation)
    return f"DAGF{variant} {range_}" + ("" if degradation == "bicubic" else f" ({shown})")


def halo_costs(name: str) -> dict[str, float]:
    """Halo in pixels -> what tiles of the finest output cost with it, shares of the range (halo.py); empty where these very weights were not measured."""
    path = RECORDS / "halo.json"
    measured = json.loads(path.read_text()).get(name) if path.exists() else None
    if not measured or measured["weights"] != file_entry(MODELS / f"{name}.safetensors")["sha256"]:
        return {}
    return measured["errors"]


def model_entry(record: dict) -> dict:
    name, reach = record["name"], record["reach"]
    network = NetworkConfig(**record["stages"][-1]["settings"]["network"])
    levels = len(reach)
    if halo_costs(name).get(FELT, math.inf) <= UNSEEN:  # however far the network sees
        reach = [*reach[:-1], min(reach[-1], int(FELT))]
    inputs = [("target", 1), ("guidance", 3), *([("noisy", 1)] if network.noisy else [])]
    return dict(
        id=name, title=title(record), network="dagf", task=TASKS.get(record["degradation"], "super-resolution"),
        factors=record["factors"], degradation=record["degradation"], **cleaned_first(record),
        **(dict(seesNoisy=True) if network.noisy else {}), **(dict(guidanceDetail=network.detail) if network.detail > 1 else {}),
        variant=record["variant"], channels=network.channels,
        parameters=record["parameters"], sizeMultiple=size_multiple(network),
        inputs={name: dict(name=name, channels=channels) for name, channels in inputs},
        outputs=[output_entry(i, levels, name, reach[i]) for i in reversed(range(levels))],
        **origin(record),
    )


def cleaned_first(record: dict) -> dict:
    """Which model removes the noise of the targets on their own grid, where one does."""
    return dict(denoisedBy=record["denoised_by"]) if record.get("denoised_by") else {}


def origin(record: dict) -> dict:
    """Where a model's numbers are and how they came to be."""
    name = record["name"]
    shown = lambda metric: {
        key: value if isinstance(value, str) else round(value, 4)
        for key, value in metric.items() if isinstance(value, (str, float))
    }
    return dict(
        weights=file_entry(MODELS / f"{name}.safetensors"),
        metrics=[shown(metric) for metric in record["metrics"]],
        training=dict(
            record=f"training/records/{name}.json", steps=record["steps"], seconds=record["seconds"],
            seed=record["seed"], date=record["date"],
        ),
        licence="MIT",
    )


def dgf_entry(record: dict) -> dict:
    """A clone of an operator: of a small copy and of full size there is a graph each, of full size in float16, too."""
    name, side = record["name"], record["side"]
    conditions = [condition.record() for condition in conditions_of(record["operator"])] if record["conditions"] else []
    told = [("condition", len(conditions))] if conditions else []
    textured = [("texture", record["texture"])] if record.get("texture") else []
    drafted = [("draft", 3)] if record.get("draft") else []
    inputs = [("picture", 3), *told, *textured, *drafted, *([("coefficients", 6), ("rows", 1), ("columns", 1)] if side else [])]
    reach = 0 if side else sum(record["stages"][-1]["settings"]["network"]["dilations"])
    part = ".result" if side else ""
    full = dict(
        id="result", scale=1, reach=reach, **file_entry(MODELS / f"{name}{part}.onnx"),
        float16=file_entry(MODELS / f"{name}{part}.f16.onnx"),
    )
    small = dict(id="coefficients", scale=1, reach=0, **file_entry(MODELS / f"{name}.coefficients.onnx")) if side else None
    operator = OPERATORS[record["operator"]]
    return dict(
        id=name, title=f"DGF {operator} ({record['variant']}{f', {side} px' if side else ''})", network="dgf",
        operator=record["operator"], variant=record["variant"], side=side, conditions=conditions,
        **(dict(texture=True) if textured else {}), **{copy: record[copy] for copy in ("draft", "overview") if record.get(copy)},
        parameters=record["parameters"], inputs={key: dict(name=key, channels=channels) for key, channels in inputs},
        outputs=[full, *([small] if small else [])], **origin(record),
    )


def dgf_order(record: dict) -> tuple:
    return record["operator"], LAYERS.index(record["variant"]), record["side"] or 0


def order(record: dict) -> tuple:
    return VARIANTS.index(record["variant"]), DEGRADATIONS.index(record["degradation"]), record["factors"]


def main() -> None:
    records = [json.loads(p.read_text()) for p in RECORDS.glob("dagf-*.json")]
    records = sorted((r for r in records if (MODELS / f"{r['name']}.onnx").exists()), key=order)
    clones = sorted((json.loads(p.read_text()) for p in RECORDS.glob("dgf-*.json")), key=dgf_order)
    models = [*map(model_entry, records), *map(dgf_entry, clones)]
    text = json.dumps(dict(version=2, models=models), indent=2, ensure_ascii=False) + "\n"
    temporary = MODELS / "manifest.json.tmp"
    temporary.write_text(text)
    os.replace(temporary, MODELS / "manifest.json")
    print([r["name"] for r in (*records, *clones)])


if __name__ == "__main__":
    main()

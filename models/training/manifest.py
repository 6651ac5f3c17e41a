"""Writes ../manifest.json from the records and the files beside it: files first, the manifest last, atomically.

    python manifest.py
"""

import hashlib
import json
import os
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent
RECORDS = MODELS / "training" / "records"
TASKS = {"noise": "denoising", "texture": "texture-removal"}  # everything else is super-resolution
DEGRADATIONS = ("bicubic", "nearest", "noisy", "blind", "noise", "texture")
VARIANTS = ("standard", "fast")


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
    fast = " fast" if record["variant"] == "fast" else ""
    range_ = f"×{factors[0]}" if len(factors) == 1 else f"×{factors[0]}–×{factors[-1]}"
    return f"DAGF{fast} {range_}" + ("" if degradation == "bicubic" else f" ({TASKS.get(degradation, degradation)})")


def model_entry(record: dict) -> dict:
    name, reach = record["name"], record["reach"]
    levels = len(reach)
    shown = lambda metric: {
        key: value if isinstance(value, str) else round(value, 4)
        for key, value in metric.items() if isinstance(value, (str, float))
    }
    return dict(
        id=name, title=title(record), network="dagf", task=TASKS.get(record["degradation"], "super-resolution"),
        factors=record["factors"], degradation=record["degradation"], variant=record["variant"],
        parameters=record["parameters"], sizeMultiple=max(8, 2**levels),
        inputs=dict(target=dict(name="target", channels=1), guidance=dict(name="guidance", channels=3)),
        outputs=[output_entry(i, levels, name, reach[i]) for i in reversed(range(levels))],
        weights=file_entry(MODELS / f"{name}.safetensors"),
        metrics=[shown(metric) for metric in record["metrics"]],
        training=dict(
            record=f"training/records/{name}.json", steps=record["steps"], seconds=record["seconds"],
            seed=record["seed"], date=record["date"],
        ),
        licence="MIT",
    )


def order(record: dict) -> tuple:
    return VARIANTS.index(record["variant"]), DEGRADATIONS.index(record["degradation"]), record["factors"]


def main() -> None:
    records = [json.loads(p.read_text()) for p in RECORDS.glob("dagf-*.json")]
    records = sorted((r for r in records if (MODELS / f"{r['name']}.onnx").exists()), key=order)
    text = json.dumps(dict(version=2, models=[model_entry(r) for r in records]), indent=2, ensure_ascii=False) + "\n"
    temporary = MODELS / "manifest.json.tmp"
    temporary.write_text(text)
    os.replace(temporary, MODELS / "manifest.json")
    print([r["name"] for r in records])


if __name__ == "__main__":
    main()

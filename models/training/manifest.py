"""Writes ../manifest.json from the records and the ONNX files beside it: files first, the manifest last, atomically.

    python manifest.py
"""

import hashlib
import json
import os
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent
RECORDS = MODELS / "training" / "records"


def file_entry(index: int, levels: int, name: str, reach: int) -> dict:
    suffix = "" if index == levels - 1 else f".i{index}"
    path = MODELS / f"{name}{suffix}.onnx"
    data = path.read_bytes()
    return dict(
        id=f"I_{index}", scale=2.0 ** (index - levels + 1) if index < levels - 1 else 1, reach=reach, file=path.name,
        bytes=len(data), sha256=hashlib.sha256(data).hexdigest(),
    )


def model_entry(record: dict) -> dict:
    name, reach = record["name"], record["reach"]
    levels = len(reach)
    metric_keys = ("dataset", "protocol", "rmse", "bicubicRmse", "ratio")
    shown = lambda value: value if isinstance(value, str) else round(value, 4)
    return dict(
        id=name, title=f"DAGF ×{record['factor']}" + (" (nearest)" if record["degradation"] == "nearest" else ""),
        network="dagf", task="super-resolution", factor=record["factor"], degradation=record["degradation"],
        precision="float32", parameters=record["parameters"], sizeMultiple=8,
        inputs=dict(target=dict(name="target", channels=1), guidance=dict(name="guidance", channels=3)),
        outputs=[file_entry(i, levels, name, reach[i]) for i in reversed(range(levels))],
        metrics=[{k: shown(m[k]) for k in metric_keys} for m in record["metrics"]],
        training=dict(
            record=f"training/records/{name}.json", steps=record["steps"], seconds=record["seconds"],
            seed=record["seed"], date=record["date"],
        ),
        licence="MIT",
    )


def main() -> None:
    records = [json.loads(p.read_text()) for p in RECORDS.glob("dagf-*.json")]
    records = [r for r in records if (MODELS / f"{r['name']}.onnx").exists()]
    records.sort(key=lambda r: (r["degradation"] != "bicubic", r["factor"] != 8, r["factor"]))
    text = json.dumps(dict(version=1, models=[model_entry(r) for r in records]), indent=2, ensure_ascii=False) + "\n"
    temporary = MODELS / "manifest.json.tmp"
    temporary.write_text(text)
    os.replace(temporary, MODELS / "manifest.json")
    print([r["name"] for r in records])


if __name__ == "__main__":
    main()

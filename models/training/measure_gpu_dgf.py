"""Times of the deep guided filter on an NVIDIA GPU and the processor beside it, against its network at full resolution, the exact
operators and OpenCV, in one run.

    python measure_gpu_dgf.py --prepare FOLDER --photo FILE [--tiny]   graphs, plans, the application's code (anywhere)
    python measure_gpu_dgf.py --measure FOLDER --out FILE [--limit SECONDS] [--usual]
        runs it (on the GPU; needs node, onnxruntime-node, a Vulkan loader) and writes FILE and a table beside it, FILE.md;
        --usual leaves out what the application must be told to take: other small copies, on the GPU float32

The most important is measured first; what fails or finds no time is told, and all else is written.
"""

import argparse
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import cv2
import torch

from dgf_whole import FORMS, whole_graph
from gpu_dgf_plan import THREADS, write_plans
from gpu_plan import run_plan
from gpu_pytorch import EXACT, OPENCV, run_cases, unpack
from gpu_table import table
from measure_gpu import MODELS, ONNX_RUNTIME, device_name

SIDE, TINY = 2048, 256  # of the square picture, pixels
LIMIT = 200  # seconds of it all
SHARES = dict(first=0.45, pytorch=0.7, processor=0.95, last=1.0)  # of the limit, at which each part is over
FIRST = "l0-smoothing"


def models_of(variants: tuple) -> dict[str, dict]:
    """Name -> operator, variant and side of the shipped models, whether they are told the texture, and the larger copies behind their draft."""
    entries = json.loads((MODELS / "manifest.json").read_text())["models"]
    part = lambda entry: dict(
        {key: entry[key] for key in ("operator", "variant", "side")},
        texture=entry.get("texture", False), **{copy: entry.get(copy, 0) for copy in ("draft", "overview")},
    )
    found = {entry["id"]: part(entry) for entry in entries if entry.get("variant") in variants and entry["network"] == "dgf"}
    return dict(sorted(found.items(), key=lambda one: one[1]["operator"] != FIRST))


def usual_models(folder: Path, side: int) -> list[str]:
    """The application's choice for every operator and a square picture of that side, by its own code."""
    size = f"{{ width: {side}, height: {side} }}"
    code = f'import("./application.mjs").then((m) => console.log(JSON.stringify(m.usualModels("models", {size}))))'
    return json.loads(subprocess.run(["node", "-e", code], cwd=folder, check=True, capture_output=True).stdout)


def cut_photograph(photo: Path, path: Path, side: int) -> None:
    """The middle of a photograph, its short side reduced or enlarged to `side`."""
    image = cv2.imread(str(photo), cv2.IMREAD_COLOR)
    short = min(image.shape[:2])
    top, left = ((length - short) // 2 for length in image.shape[:2])
    square = image[top : top + short, left : left + short]
    cv2.imwrite(str(path), cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA), [cv2.IMWRITE_JPEG_QUALITY, 90])


def prepare(folder: Path, photo: Path, tiny: bool) -> None:
    (folder / "models").mkdir(parents=True, exist_ok=True)
    models, size = models_of(("c", "can")), TINY if tiny else SIDE
    cut_photograph(photo, folder / "photograph.jpg", size)
    shutil.copy(MODELS / "manifest.json", folder / "models")
    for name in models:
        for path in MODELS.glob(f"{name}.*"):
            shutil.copy(path, folder / "models")
    subprocess.run(["node", str(MODELS.parent / "scripts" / "benchGpu.mjs"), str(folder)], check=True)
    (folder / "models.json").write_text(json.dumps(models, indent=1))
    layers = {name: model for name, model in models.items() if model["side"]}
    for name in layers:
        for form in FORMS:
            whole_graph(folder / "models" / f"{name}.safetensors", folder / "models" / f"{name}.whole.{form}.onnx", form)
    usual = usual_models(folder, size)
    full = {name: model for name, model in models.items() if not model["side"]}
    write_plans(folder, size, layers, full, usual)
    chief = [*usual, next(iter(full)), *(f"{EXACT}{models[name]['operator']}" for name in usual), OPENCV]
    (folder / "usual.json").write_text(json.dumps(usual))
    (folder / "cases.json").write_text(json.dumps([*chief, *(name for name in models if name not in chief)], indent=1))


def two_cores() -> None:
    """Leaves this process two cores; of two threads on one core, one."""
    allowed, cores = sorted(os.sched_getaffinity(0)), {}
    for cpu in allowed:
        siblings = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
        cores.setdefault(siblings.read_text() if siblings.exists() else cpu, cpu)
    os.sched_setaffinity(0, [*cores.values()][:THREADS])


def measure(folder: Path, out: Path, limit: float, beside: str, usual: bool) -> None:
    start = time.monotonic()
    unpack(folder)
    left = lambda part: max(1.0, limit * SHARES[part] - (time.monotonic() - start))
    versions = dict(onnxruntime=ONNX_RUNTIME, torch=torch.__version__, opencv=cv2.__version__, tf32=torch.backends.cudnn.allow_tf32)
    held = lambda name: json.loads((folder / f"{name}.json").read_text())
    how = "median of repeated runs after warm-up, copies to and from the device included; milliseconds" + (f"; {beside}" if beside else "")
    report = dict(date=time.strftime("%Y-%m-%d"), device=device_name(), **versions, how=how, models=held("models"), usual=held("usual"))

    def write_down(**found) -> None:
        report.update(found, seconds=round(time.monotonic() - start, 1))
        out.write_text(json.dumps(report, indent=1) + "\n")
        out.with_suffix(".md").write_text(table(report))

    write_down(first=run_plan(folder / "first.json", left("first")))
    write_down(pytorch=run_cases(folder, held("cases"), left("pytorch")))
    write_down(processor=run_plan(folder / "processor.json", left("processor"), two_cores))
    if report["first"]["left"]:
        write_down(first=run_plan(folder / "first.json", left("last"), go_on=True))
    for name in ("rest",) if usual else ("rest", "others"):
        write_down(**{name: run_plan(folder / f"{name}.json", left("last"))})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--prepare", type=Path)
    arguments.add_argument("--photo", type=Path)
    arguments.add_argument("--measure", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--limit", type=float, default=LIMIT, help="seconds")
    arguments.add_argument("--beside", default="", help="what else the machine did meanwhile, for the report")
    arguments.add_argument("--usual", action="store_true", help="leaves out what the application must be told to take")
    arguments.add_argument("--tiny", action="store_true")
    options = arguments.parse_args()
    if options.prepare:
        prepare(options.prepare, options.photo, options.tiny)
    if options.measure:
        measure(options.measure, options.out, options.limit, options.beside, options.usual)


if __name__ == "__main__":
    main()

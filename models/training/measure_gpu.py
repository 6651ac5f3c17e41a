"""Times of DAGF on an NVIDIA GPU: ONNX Runtime's webgpu beside PyTorch, eager and compiled, in one run.

    python measure_gpu.py --prepare FOLDER [--tiny] [--compare MODEL …]     writes graphs, inputs and the plan (anywhere)
    python measure_gpu.py --measure FOLDER --out FILE [--limit SECONDS]     runs it (on the GPU; needs node,
                                                                            onnxruntime-node, a Vulkan loader)

--compare: the models whose graphs are compared with PyTorch, all where it is left out.
FILE is what `sidelight evaluate quality --measured` reads, with every single time beside it.
"""

import argparse
import json
import shutil
import time
from itertools import product
from pathlib import Path

import numpy as np
import torch

from export import Exporter, size_multiple, write
from gpu_plan import run_plan, write_plan
from weights import load_network, load_tensors

TRAINING = Path(__file__).resolve().parent
MODELS = TRAINING.parent
STANDARD, WIDE, FAST = (f"dagf-{variant}x8-bicubic" for variant in ("", "wide-", "fast-"))
ROWS = {STANDARD: "dagf", f"{STANDARD}.i1": "dagf-half", f"{STANDARD}.i0": "dagf-quarter", WIDE: "dagf-wide", FAST: "dagf-fast"}
ONNX_RUNTIME = json.loads((MODELS.parent / "package.json").read_text())["dependencies"]["onnxruntime-node"]
LIMIT = 240  # seconds of it all
PYTORCH_SHARE = 0.3  # of them
SIZES = {"640x480": (640, 480), "1920x1080": (1920, 1080)}
TILES, HALO = (448, 960), 96  # of the larger picture


def sizes_of(multiple: int, tiny: bool) -> list[dict]:
    """Pictures padded to a multiple. The largest whole one is the last: a GPU that cannot hold it has done its tiles by then."""
    size = lambda name, width, height, tile=0, halo=HALO: dict(
        name=name + (f" in tiles of {tile}" if tile else ""), width=width, height=-(-height // multiple) * multiple, tile=tile,
        halo=halo if tile else 0,
    )
    if tiny:
        return [size("tiny", 32, 24), size("tiny", 32, 24, 16, 16)]
    small, large = ((name, *sides) for name, sides in SIZES.items())
    return [size(*small), *(size(*large, tile) for tile in TILES), size(*large)]


def graphs(folder: Path, tiny: bool) -> list[dict]:
    """Writes every graph that is timed; their trials on webgpu."""
    trials = []
    for name in (STANDARD, WIDE, FAST):
        weights = Path(shutil.copy(MODELS / f"{name}.safetensors", folder))
        network = load_network(weights)
        finest, sizes = network.config.levels - 1, sizes_of(size_multiple(network.config), tiny)
        for precision, ending in (("float32", "f32"), ("float16", "f16")):
            graph = Exporter(network, weights, "banded", precision).build()
            for index in range(finest, -1, -1) if name == STANDARD else [finest]:
                stem = name if index == finest else f"{name}.i{index}"
                trials.append(dict(
                    kind="graph", graph=write(graph, folder / f"{stem}.{ending}.onnx", [f"I_{index}"], "banded").name,
                    weights=weights.name, provider="webgpu", options={}, sizes=sizes,
                    inputs=dict(target=dict(channels=1), guidance=dict(channels=3)),
                ))
    return trials


def comparisons(folder: Path, models: list[str]) -> list[dict]:
    """The shipped graphs of these models, or of all, on the crops of parity.py."""
    result, inputs = [], load_tensors(TRAINING / "parity" / "inputs.safetensors")
    for name, crop in inputs.items():
        crop.tofile(folder / f"{name}.bin")
    for weights in sorted(MODELS.glob("dagf-*.safetensors")):
        if models and weights.stem not in models:
            continue
        shutil.copy(weights, folder)
        expected = load_tensors(TRAINING / "parity" / weights.name)
        finest = max(int(name[-1]) for name in expected)
        for name, values in expected.items():
            scene, index = name.split(".")[0], int(name[-1])
            values.tofile(folder / f"{weights.stem}.{name}.bin")
            for ending in [".onnx", ".f16.onnx"] if index == finest else [f".i{index}.onnx"]:
                graph = f"{weights.stem}{ending}"
                shutil.copy(MODELS / graph, folder)
                roles = ("target", "guidance", "noisy") if load_network(weights).config.noisy else ("target", "guidance")
                crops = {role: f"{scene}.{role}" for role in roles}
                result.append(dict(
                    kind="comparison", graph=graph, weights=weights.name, provider="webgpu",
                    inputs={role: dict(file=f"{crop}.bin", dims=inputs[crop].shape) for role, crop in crops.items()},
                    expected=f"{weights.stem}.{name}.bin",
                ))
    return result


def prepare(folder: Path, tiny: bool, models: list[str]) -> None:
    """The most important is planned first."""
    folder.mkdir(parents=True, exist_ok=True)
    trials, compared = graphs(folder, tiny), comparisons(folder, models)
    whole = lambda trial: [size for size in trial["sizes"] if not size["tile"]]
    processor = [dict(one, provider="cpu", sizes=whole(one)[:1]) for one in trials if one["graph"].endswith(".f32.onnx")]
    optional = [
        dict(one, options=options, sizes=whole(one)) for options in (dict(validationMode="disabled"), dict(preferredLayout="NCHW"))
        for one in trials if one["graph"].startswith(f"{STANDARD}.f")
    ]
    write_plan(folder / "plan.json", [*trials, *processor, *(compared[:3] if tiny else compared), *optional])


@torch.no_grad()
def pytorch(folder: Path, report, late) -> None:
    """Eager and compiled, inputs and result on the GPU. `report` is called with every case as soon as it is timed; none
    begins once `late()`."""
    kinds = [(torch.float32, "eager"), (torch.float32, "compiled"), (torch.float16, "compiled")]
    for (precision, kind), name in product(kinds, (STANDARD, WIDE)):
        network = load_network(folder / f"{name}.safetensors").cuda().to(precision)
        network = network.to(memory_format=torch.channels_last)
        run = torch.compile(network, dynamic=False) if kind == "compiled" else network
        for size, (width, height) in SIZES.items():
            if late():
                return
            inputs = [torch.rand(1, c, height, width, device="cuda", dtype=precision) for c in (1, 3)]
            report(dict(model=name, runtime=kind, precision=str(precision)[6:], size=size, median=timed(run, inputs)))


def timed(run, inputs) -> float:
    times = []
    for _ in range(33):
        torch.cuda.synchronize()
        start = time.perf_counter()
        run(*inputs)
        torch.cuda.synchronize()
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times[3:]))


def summary(device: str, measured: dict) -> dict:
    return dict(
        date=time.strftime("%Y-%m-%d"), onnxruntime=ONNX_RUNTIME, torch=torch.__version__,
        measurements=measurements(device, measured["times"]), **measured,
    )


def device_name() -> str:
    """Of the GPU that PyTorch finds."""
    return torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"


def measurements(device: str, times: list[dict]) -> list[dict]:
    """As `sidelight evaluate quality` reads them: whole pictures, webgpu and CPU."""
    result, row = [], lambda time: time["graph"].rsplit(".", 2)[0]
    for provider in ("webgpu", "cpu"):
        host = device if provider == "webgpu" else f"CPU beside the {device}"
        for size, (width, height) in SIZES.items():
            rows = [
                dict(
                    row=ROWS[row(t)], milliseconds=round(t["median"], 2),
                    precision={"f32": "float32", "f16": "float16"}[t["graph"].split(".")[-2]],
                )
                for t in times
                if t.get("size") == size and t["provider"] == provider and not t["options"] and row(t) in ROWS
            ]
            if rows:
                how = "median of repeated runs of the network alone, copies to and from the device included"
                result.append(dict(device=host, provider=provider, width=width, height=height, how=how, rows=rows))
    return result


def measure(folder: Path, out: Path, limit: float) -> None:
    """webgpu first, PyTorch after it; what was measured is written down as it comes."""
    start = time.monotonic()
    report, compared = summary(device_name(), run_plan(folder / "plan.json", limit * (1 - PYTORCH_SHARE))), []

    def write_down(case: dict | None = None) -> None:
        compared.extend([case] if case else [])
        out.write_text(json.dumps(dict(report, pytorch=compared), indent=1) + "\n")

    write_down()
    if not torch.cuda.is_available():
        return
    try:
        pytorch(folder, write_down, lambda: time.monotonic() - start > limit)
    except RuntimeError as failure:
        print("PyTorch stopped early:", failure, flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--prepare", type=Path)
    arguments.add_argument("--measure", type=Path)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--tiny", action="store_true")
    arguments.add_argument("--compare", nargs="+", default=[], metavar="MODEL")
    arguments.add_argument("--limit", type=float, default=LIMIT, help="seconds")
    options = arguments.parse_args()
    if options.prepare:
        prepare(options.prepare, options.tiny, options.compare)
    if options.measure:
        measure(options.measure, options.out, options.limit)


if __name__ == "__main__":
    main()

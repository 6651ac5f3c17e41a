"""Proves the deep guided filter in one graph (dgf_whole.py) equal to PyTorch on the processor, and that dimensions of one name are of one
size; what is not so ends the run.

    python check_dgf_whole.py PHOTO [operator …]

Of every operator the variant "c" with a small copy of 128 pixels, at sizes where picture and small copies differ. Needs node and the
repository's onnxruntime-node.
"""

import sys
import tempfile
from pathlib import Path

import onnx

from dgf.teachers import TEACHERS
from dgf_whole import FORMS, whole_graph
from gpu_dgf_plan import Comparisons
from gpu_plan import run_plan, write_plan
from measure_gpu import MODELS
from measure_gpu_dgf import cut_photograph, models_of

SIDE = 128
SIZES = ((192, 256), (600, 900))  # height and width: a draft's copy as large as the picture, and a smaller one
LARGEST = dict(f32=1e-4, f16=1e-2, halves=1e-2)  # difference, of a range of 1
SECONDS = 300.0  # for the graphs of one size


def check_names(folder: Path, trial: dict) -> None:
    """Some engines share memory between values of one shape by its names."""
    sizes: dict[str, int] = {}
    for value in onnx.load(folder / trial["graph"], load_external_data=False).graph.input:
        given = trial["inputs"][value.name]["dims"]
        for dimension, size in zip(value.type.tensor_type.shape.dim, given):
            name = dimension.dim_param or str(dimension.dim_value)
            assert sizes.setdefault(name, size) == size, (trial["graph"], value.name, name, size)


def check(photo: Path, operators: list[str]) -> None:
    models = {name: model for name, model in models_of(("c",)).items() if model["side"] == SIDE and model["operator"] in operators}
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        (folder / "models").mkdir()
        cut_photograph(photo, folder / "photograph.jpg", max(map(max, SIZES)))
        for name in models:
            weights = folder / "models" / f"{name}.safetensors"
            weights.write_bytes((MODELS / weights.name).read_bytes())
            for form in FORMS:
                whole_graph(weights, weights.with_name(f"{name}.whole.{form}.onnx"), form)
        compared = Comparisons(folder, models)
        for size in SIZES:
            trials = [dict(trial, provider="cpu") for name in models for trial in compared.whole(name, models[name], size)]
            for trial in trials:
                check_names(folder, trial)
            write_plan(folder / "plan.json", trials)
            found = run_plan(folder / "plan.json", SECONDS)
            print(*size, *(f"{Path(one['graph']).stem} {one['largest']}" for one in found["differences"]), sep="\n", flush=True)
            assert not found["failures"] and found["left"] == 0, found["failures"]
            for one in found["differences"]:
                assert one["largest"] is not None and one["largest"] < LARGEST[Path(one["graph"]).stem.split(".")[-1]], one


if __name__ == "__main__":
    check(Path(sys.argv[1]), sys.argv[2:] or [*TEACHERS])

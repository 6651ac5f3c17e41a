"""What ONNX Runtime is measured with of the deep guided filter: the trials, and the order in which they are made."""

from pathlib import Path

import cv2
import numpy as np
import torch

from dgf.conditions import conditions_of, defaults, told
from dgf.measure import filtered
from dgf.small import small_copies
from dgf.texture import PLANES
from dgf_whole import FORMS, copy_sides, matrices, matrix_shapes
from gpu_plan import write_plan
from gpu_pytorch import PICTURE, folded, photograph, tensor
from weights import load_tensors

PARITY = Path(__file__).resolve().parent / "parity"
SMALL = (384, 512)  # height and width of the picture on which whole graphs are compared with PyTorch; a draft's copy is smaller
REPEATED = 500  # milliseconds that a trial goes on for
THREADS = 2  # of the processor
TILE = dict(tile=1024, halo=33)  # of the network at full resolution, as electron/engine/evaluate/tiling.ts cuts it on a GPU


class Trials:
    """Of a picture `size` pixels square in `folder`."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size

    def condition(self, model: dict) -> dict:
        count = len(conditions_of(model["operator"]))
        return dict(condition=dict(dims=[1, count, 1, 1])) if count else {}

    def shapes(self, model: dict) -> dict[str, list[int]]:
        return matrix_shapes(self.size, self.size, copy_sides(model))

    def graph(self, name: str, graph: str, inputs: dict, **more) -> dict:
        whole = dict(name="whole", width=self.size, height=self.size, tile=0, halo=0)
        given = dict(provider="webgpu", sizes=[whole], **more) if "provider" not in more else dict(sizes=[whole], **more)
        return dict(kind="graph", graph=f"{graph}.onnx", weights=f"models/{name}.safetensors", inputs=inputs, **given)

    def whole(self, name: str, model: dict) -> list[dict]:
        """Everything in one graph, the fastest form first."""
        matrices = {key: dict(dims=dims) for key, dims in self.shapes(model).items()}
        draft = dict(draft=dict(dims=[1, 3, model["side"], model["side"]])) if model["draft"] else {}
        inputs = lambda form: dict(
            picture=dict(channels=3, type="float16" if form == "halves" else "float32"), **matrices, **self.condition(model), **draft,
        )
        return [self.graph(name, f"models/{name}.whole.{form}", inputs(form)) for form in reversed(FORMS)]

    def parts(self, name: str, model: dict) -> list[dict]:
        """The shipped graphs on their own, at full size in one piece."""
        shapes, side = self.shapes(model), model["side"]
        small = dict(picture=dict(dims=[1, 3, side, side]), **self.condition(model))
        if model["texture"]:
            small["texture"] = dict(dims=[1, PLANES, side, side])
        if model["draft"]:
            small["draft"] = dict(dims=[1, 3, side, side])
        full = dict(
            picture=dict(channels=3), coefficients=dict(dims=[1, 6, side, side]), rows=dict(dims=shapes["rows"]),
            columns=dict(dims=shapes["columns"]),
        )
        result = [self.graph(name, f"models/{name}.result{ending}", full) for ending in (".f16", "")]
        return [self.graph(name, f"models/{name}.coefficients", small), *result]

    def application(self, model: dict, precision: str, device: str = "webgpu") -> dict:
        side = dict(side=str(model["side"])) if model["side"] else {}
        return dict(
            kind="application", models="models", picture=PICTURE, device=device, precision=precision, size="whole", width=self.size,
            height=self.size, parameters=dict(operator=model["operator"], variant=model["variant"], **side),
        )

    def full_resolution(self, name: str, model: dict, ending: str, **more) -> dict:
        """The network alone in one piece."""
        return self.graph(name, f"models/{name}{ending}", dict(picture=dict(channels=3), **self.condition(model)), **more)

    def in_tiles(self, trial: dict) -> dict:
        cut = dict(name=f"tiles of {TILE['tile']}", width=self.size, height=self.size, **TILE)
        return dict(trial, sizes=[cut])


class Comparisons:
    """Graphs on the webgpu provider against what PyTorch makes of a real picture."""

    def __init__(self, folder: Path, models: dict) -> None:
        self.folder, self.models = folder, models
        self.inputs = {name: self.held(f"input.{name}", values) for name, values in load_tensors(
            PARITY / "dgf-inputs.safetensors").items()}

    def held(self, name: str, values: np.ndarray) -> dict:
        values.tofile(self.folder / f"{name}.bin")
        kind = dict(type="float16") if values.dtype == np.float16 else {}
        return dict(file=f"{name}.bin", dims=list(values.shape), **kind)

    def comparison(self, name: str, graph: str, inputs: dict, expected: dict) -> dict:
        weights = f"models/{name}.safetensors"
        about = dict(kind="comparison", graph=f"{graph}.onnx", weights=weights, provider="webgpu")
        return dict(about, inputs=inputs, expected=expected["file"])

    def shipped(self, name: str) -> list[dict]:
        """On the window of models/training/parity."""
        outputs = load_tensors(PARITY / f"{name}.safetensors")
        held = {key: self.held(f"{name}.{key}", values) for key, values in outputs.items()}
        told, take = {key: held[key] for key in ("condition",) if key in held}, self.inputs
        compared = lambda part, inputs, output: self.comparison(name, f"models/{name}{part}", inputs, held[output])
        if "coefficients" not in held:
            return [compared(ending, dict(picture=take["picture"], **told), "result") for ending in ("", ".f16")]
        full = dict(picture=take["picture"], coefficients=held["coefficients"], rows=take["rows"], columns=take["columns"])
        beside = {key: take[key] for key in ("texture", "draft") if self.models[name][key]}
        small = compared(".coefficients", dict(picture=take["small"], **told, **beside), "coefficients")
        return [small, *(compared(f".result{ending}", full, "result") for ending in ("", ".f16"))]

    @torch.no_grad()
    def whole(self, name: str, model: dict, size: tuple[int, int] = SMALL) -> list[dict]:
        height, width = size
        picture = tensor(cv2.resize(photograph(self.folder), (width, height), interpolation=cv2.INTER_AREA))
        operator, side, values = model["operator"], model["side"], defaults(model["operator"])
        network = folded(self.folder / "models" / f"{name}.safetensors")
        condition = torch.from_numpy(told(operator, values))
        result = filtered(network, picture[0], operator, values, side)[None]
        expected = self.held(f"{name}.whole", result.numpy())
        made = matrices(height, width, copy_sides(model))
        inputs = {key: self.held(f"{name}.{key}", value.numpy()) for key, value in made.items()}
        if model["draft"]:
            small = small_copies(picture, side, network.config, operator, torch.from_numpy(values).float()[None])
            inputs["draft"] = self.held(f"{name}.draft", np.ascontiguousarray(small[:, -3:].numpy()))
        if len(condition):
            inputs["condition"] = self.held(f"{name}.defaults", condition[None, :, None, None].numpy())
        full, half = (self.held(f"small.{t}", picture.numpy().astype(t)) for t in ("float32", "float16"))
        given = lambda form: dict(inputs, picture=half if form == "halves" else full)
        return [self.comparison(name, f"models/{name}.whole.{form}", given(form), expected) for form in FORMS]


def write_plans(folder: Path, size: int, layers: dict, full: dict, usual: list[str]) -> None:
    """What is measured by ONNX Runtime, in order of importance."""
    trials, compared = Trials(folder, size), Comparisons(folder, {**layers, **full})
    chief, *more = usual
    network, *networks = full
    unusual = [name for name in layers if name not in usual]
    each = lambda make, names: [trial for name in names for trial in make(name, layers[name])]
    applied = lambda names, *how: [trials.application(layers[name], *how) for name in names]
    compare = lambda names: [trial for name in names for trial in compared.shipped(name)]
    whole = [trials.full_resolution(network, full[network], ending) for ending in (".f16", "")]
    first = [
        *trials.whole(chief, layers[chief]),
        *applied([chief], "float16"), *applied([chief], "float32"),
        *trials.parts(chief, layers[chief]),
        *whole, *map(trials.in_tiles, whole), trials.application(full[network], "float16"),
        *compared.whole(chief, layers[chief]), *compare([chief, network]),
        *each(trials.whole, more), *applied(more, "float16"), *compare([*more, *networks]),
    ]
    rest = [
        *each(trials.parts, more), *each(compared.whole, more),
        *(trials.in_tiles(trials.full_resolution(name, full[name], ".f16")) for name in networks),
    ]
    others = [
        *each(trials.whole, unusual), *compare(unusual), *applied(unusual, "float16"), *applied(more, "float32"),
        *each(trials.parts, unusual),
    ]
    processor = [
        *applied([chief], "float32", "cpu"), trials.application(full[network], "float32", "cpu"), *applied(more, "float32", "cpu"),
        *(dict(trial, provider="cpu", threads=THREADS) for trial in (
            whole[1], *(trials.whole(name, layers[name])[-1] for name in usual if name == chief or layers[name]["draft"]),
        )),
    ]
    for name, plan in dict(first=first, processor=processor, rest=rest, others=others).items():
        write_plan(folder / f"{name}.json", plan, REPEATED)

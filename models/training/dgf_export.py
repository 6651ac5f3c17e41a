"""Writes a deep guided filter as ONNX graphs beside its folded weights (opset 17, batch 1, any size).

    python dgf_export.py --weights ../dgf-l0-smoothing-c-64.safetensors

NAME.coefficients.onnx: picture [1, 3, h, w], the small copy, sRGB 0..1, and, where the network is told them, the texture [1, 3, h, w]
(dgf/texture.py) and the operator's draft [1, 3, h, w], as dgf/small.py gives them -> coefficients [1, 6, h, w], A and b. NAME.result.onnx:
picture [1, 3, H, W], any part of the full-size picture, its coefficients [1, 6, r, c], and the weights rows [1, 1, H, r] and
columns [1, 1, c, W] that enlarge them to it -> result [1, 3, H, W]. The network at full resolution ("can") is one graph,
NAME.onnx: picture -> result. The graph that holds the network takes condition [1, K, 1, 1], too, where it is told K parameters of
the operator (dgf/conditions.py). NAME.….f16.onnx compute the full-size graphs in float16, from the same float32 weights.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from dgf.config import DgfConfig
from dgf.network import CONTEXT_AFTER, SLOPE
from export import write
from onnx_graph import Graph
from weights import places


class DgfExporter:
    def __init__(self, weights: Path, precision: str = "float32") -> None:
        self.graph = Graph(weights, precision)
        self.config = DgfConfig(**json.loads(places(weights)[1]["config"]))

    def chain(self, name: str, image: str, dilations: list[int], idle: int = 0) -> str:
        """Convolutions with a leaky ReLU between them; `idle`: channels of the image that come last and count nothing."""
        graph = self.graph
        for number, dilation in enumerate(dilations):
            weight, bias = (graph.weight(f"{name}.{number}.{part}") for part in ("weight", "bias"))
            size = graph.places[f"{name}.{number}.weight"].shape[-1]
            if number == 0 and idle:
                weight = graph.add("Pad", weight, graph.ints(0, 0, 0, 0, 0, idle, 0, 0))
            image = graph.add(
                "Conv", image, graph.narrow(weight), graph.narrow(bias), kernel_shape=[size, size], pads=[dilation * (size // 2)] * 4,
                dilations=[dilation, dilation],
            )
            if number + 1 < len(dilations):
                image = graph.add("LeakyRelu", image, alpha=SLOPE)
            if name == "network" and self.config.context and number + 1 == CONTEXT_AFTER:
                image = graph.add("Add", image, self.context(image))
        return image

    def context(self, image: str) -> str:
        """[1, C, 1, 1]"""
        graph = self.graph
        layer = lambda name, image: graph.add(
            "Conv", image, *(graph.narrow(graph.weight(f"context.{name}.{part}")) for part in ("weight", "bias")),
            kernel_shape=[1, 1],
        )
        bent = lambda name, image: graph.add("LeakyRelu", layer(name, image), alpha=SLOPE)
        return layer("last", bent("first", graph.add("GlobalAveragePool", bent("features", image))))

    def guidance(self, picture: str) -> str:
        if self.config.variant != "c":
            return picture
        learned = self.chain("guidance", picture, [1, 1])
        return self.graph.add("Add", picture, learned) if self.config.classical else learned

    def differences(self, image: str) -> str:
        """[1, 3, K, h, w], see dgf/layer.py; K is 9 for the learned means."""
        graph, radius = self.graph, self.config.radius
        step = radius if self.config.convolutional else 1
        side = 2 * (radius // step) + 1
        taps = np.eye(side * side).reshape(-1, 1, side, side)
        taps[:, 0, side // 2, side // 2] -= 1
        padded = graph.add("Pad", image, graph.ints(0, 0, radius, radius, 0, 0, radius, radius), mode="edge")
        found = graph.add(
            "Conv", padded, graph.constant(np.tile(taps, (3, 1, 1, 1))), kernel_shape=[side, side], group=3,
            dilations=[step, step],
        )
        size = graph.cut(graph.add("Shape", image), 0, 2, 4)
        return graph.add("Reshape", found, graph.add("Concat", graph.ints(1, 3, side * side), size, axis=0))

    def mean(self, of_window: str) -> str:
        """[1, 3, K, h, w] -> [1, 3, h, w]"""
        graph = self.graph
        if not self.config.convolutional:
            return graph.add("ReduceMean", of_window, axes=[2], keepdims=0)
        weight = graph.reshaped(graph.weight("mean.weight"), 1, 3, 9, 1, 1)
        return graph.add("ReduceSum", graph.add("Mul", of_window, weight), graph.ints(2), keepdims=0)

    def slope(self, covariance: str, variance: str, told: list[str]) -> str:
        graph, config = self.graph, self.config
        above = lambda value, least: graph.add("Add", value, graph.constant(least))
        some = graph.add("Relu", variance)  # rounding makes it negative where nothing varies
        if not config.convolutional:
            return graph.add("Div", covariance, above(some, config.epsilon))
        known = told if config.layer_planes else []
        learned = self.chain("model", graph.add("Concat", covariance, variance, *known, axis=1), [1, 1, 1])
        if not config.classical:
            return learned
        return graph.add("Add", learned, graph.add("Div", above(covariance, config.classical), above(some, config.classical)))

    def told(self, picture: str, texture: str | None = None, draft: str | None = None) -> list[str]:
        """What is known beside the picture, of its size: a plane for every value of the condition, then the texture, and last the draft."""
        graph, count, planes = self.graph, self.config.conditions, []
        if count:
            condition = graph.narrow(graph.input("condition", count, 1, 1))
            size = graph.add("Concat", graph.ints(1, count), graph.cut(graph.add("Shape", picture), 0, 2, 4), axis=0)
            planes.append(graph.add("Expand", condition, size))
        if self.config.texture:
            planes.append(texture or graph.input("texture", self.config.texture))
        if self.config.draft:
            planes.append(draft or graph.input("draft", 3))
        return planes

    def output(self, picture: str, told: list[str]) -> str:
        """The network."""
        graph, dilations = self.graph, [*self.config.dilations, 1]
        if not told:
            return self.chain("network", picture, dilations)
        # ONNX Runtime's webgpu (1.30) computes a 3x3 convolution of 6, 9 or 15 channels wrongly, of any multiple of 4 rightly.
        idle = -(3 + self.config.planes) % 4
        known = graph.add("Concat", picture, *told, *([graph.cut(picture, 1, 0, idle)] if idle else []), axis=1)
        output = self.chain("network", known, dilations, idle)
        return graph.add("Add", told[-1], output) if self.config.draft else output

    def coefficients_of(self, picture: str, texture: str | None = None, draft: str | None = None) -> str:
        """A and b of a small copy, [1, 6, h, w]; its texture and its draft are inputs unless they are given."""
        graph, told = self.graph, self.told(picture, texture, draft)
        guidance, output = self.guidance(picture), self.output(picture, told)
        add, minus, times = (lambda a, b, kind=kind: graph.add(kind, a, b) for kind in ("Add", "Sub", "Mul"))
        of_guidance, of_output = self.differences(guidance), self.differences(output)
        mean_guidance, mean_output = self.mean(of_guidance), self.mean(of_output)
        covariance = minus(self.mean(times(of_guidance, of_output)), times(mean_guidance, mean_output))
        variance = minus(self.mean(times(of_guidance, of_guidance)), times(mean_guidance, mean_guidance))
        slope = self.slope(covariance, variance, told)
        offset = minus(add(output, mean_output), times(slope, add(guidance, mean_guidance)))
        return graph.add("Concat", slope, offset, axis=1)

    def coefficients(self) -> Graph:
        graph = self.graph
        graph.output("coefficients", self.coefficients_of(graph.input("picture", 3)), channels=6)
        return graph

    def applied(self, picture: str, coefficients: str, rows: str, columns: str) -> str:
        """Equation 2 in the graph's precision, from float32 coefficients."""
        graph = self.graph
        enlarged = graph.add("MatMul", rows, graph.add("MatMul", coefficients, columns))
        slope, offset = (graph.narrow(graph.cut(enlarged, 1, 3 * half, 3 * half + 3)) for half in range(2))
        return graph.add("Add", graph.add("Mul", slope, self.guidance(graph.narrow(picture))), offset)

    def result(self) -> Graph:
        graph = self.graph
        picture = graph.input("picture", 3)
        coefficients = graph.input("coefficients", 6, "rows", "columns")
        rows, columns = graph.input("rows", 1, "height", "rows"), graph.input("columns", 1, "columns", "width")
        result = self.applied(picture, coefficients, rows, columns)
        graph.output("result", graph.wide(result), channels=3)
        return graph

    def whole(self) -> Graph:
        """The network at full resolution."""
        graph = self.graph
        picture = graph.narrow(graph.input("picture", 3))
        graph.output("result", graph.wide(self.output(picture, self.told(picture))), channels=3)
        return graph


def export(weights: Path) -> list[Path]:
    """Writes the graphs beside `weights`; returns their paths."""
    name, variant = weights.stem, DgfExporter(weights).config.variant
    path = lambda suffix: weights.with_name(f"{name}{suffix}.onnx")
    full, part = (DgfExporter.whole, "") if variant == "can" else (DgfExporter.result, ".result")
    graphs = [(full(DgfExporter(weights)), path(part), "result")]
    graphs.append((full(DgfExporter(weights, "float16")), path(f"{part}.f16"), "result"))
    if variant != "can":
        graphs.append((DgfExporter(weights).coefficients(), path(".coefficients"), "coefficients"))
    return [write(graph, place, [output], variant, network="dgf") for graph, place, output in graphs]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path, nargs="+", required=True)
    for weights in arguments.parse_args().weights:
        for path in export(weights):
            print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()

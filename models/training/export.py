"""Writes DAGF as ONNX graphs beside its weights (opset 17, batch 1, sides any multiples of `size_multiple`).

    python export.py --weights ../dagf-x8-bicubic.safetensors [--form banded] [--parts]

The graphs hold no weights: NAME.safetensors does. The engine executes a whole graph whatever output is asked for, so
the coarser outputs get files of their own: NAME.onnx leads to the finest output, NAME.i1.onnx and NAME.i0.onnx to I_1
and I_0. NAME.f16.onnx computes the finest output in float16, from the same float32 weights.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from torch import nn

from config import NetworkConfig
from network import DAGF
from onnx_filtering import FORMS, Shape, padded_taps
from onnx_graph import Graph
from weights import load_network

PLAIN_COMBINATIONS = {"mul": "Mul", "sum": "Add"}


def size_multiple(config: NetworkConfig) -> int:
    """Height and width must be multiples of it: of 2^m for the levels, of 8 for blocks of eight columns; of their stride."""
    return max(8, 2**config.levels) * config.stride


class Exporter:
    """`intermediates`: what else `reveal` can make an output, name -> (result, channels, divisor of the sides)."""

    def __init__(self, network: DAGF, weights: Path, form: str, precision: str) -> None:
        self.graph, self.network, self.filtering = Graph(weights, precision), network, FORMS[form]
        self.names = {id(parameter): name for name, parameter in network.named_parameters()}
        self.intermediates = {}

    def named(self, parameter) -> str:
        return self.graph.weight(self.names[id(parameter)])

    def conv(self, image: str, layer: nn.Conv2d, exact: bool = False) -> str:
        weight, bias = self.named(layer.weight), self.named(layer.bias)
        return self.graph.conv(image, weight, bias, layer.kernel_size[0], layer.stride[0], exact)

    def conv_act(self, image: str, layer, exact: bool = False) -> str:
        slope = float(layer.act.weight)  # one slope a layer: fused into the convolution
        return self.graph.add("LeakyRelu", self.conv(image, layer.conv, exact), alpha=slope)

    def joint_conv_act(self, first: str, second: str, layer) -> str:
        """The convolution of a concatenation as the sum of two: no copy of both halves is made."""
        graph, conv, half = self.graph, layer.conv, layer.conv.in_channels // 2
        weight, shape = self.named(conv.weight), (conv.kernel_size[0], conv.stride[0])
        of_first = graph.conv(first, graph.cut(weight, 1, 0, half), self.named(conv.bias), *shape)
        of_second = graph.conv(second, graph.cut(weight, 1, half, 2 * half), None, *shape)
        return graph.add("LeakyRelu", graph.add("Add", of_first, of_second), alpha=float(layer.act.weight))

    def taps(self, image: str, layer: nn.Conv2d, copies: int) -> str:
        """Kernel-producing convolution; `copies` channels (1, or 4 before a pixel shuffle) for every tap."""
        graph, side = self.graph, self.network.config.kernel
        missing = (padded_taps(side) - side * side) * copies

        def ordered(parameter) -> str:
            inner, rest = tuple(parameter.shape[1:]), list(range(3, parameter.dim() + 2))
            apart = graph.reshaped(self.named(parameter), side, side, copies, *inner)
            columns_first = graph.add("Transpose", apart, perm=[1, 0, 2, *rest])
            together = graph.reshaped(columns_first, side * side * copies, *inner)
            if not missing:
                return together
            return graph.add("Concat", together, graph.constant(np.zeros((missing, *inner))), axis=0)

        return graph.conv(image, ordered(layer.weight), ordered(layer.bias), layer.kernel_size[0])

    def attention(self, module, target: str, guidance: str) -> str:
        down = self.joint_conv_act(target, guidance, module.down)
        inner = self.conv_act(self.conv_act(down, module.inner[0]), module.inner[1])
        up = self.conv_act(self.graph.add("Add", inner, down), module.up)
        return self.graph.add("Sigmoid", self.graph.shuffled(self.taps(up, module.last, 4)))

    def kernels(self, module, target: str | None, guidance: str | None) -> dict[str, str]:
        """W (`kernels`) and what it is made of (equation 14), by the names of `AttentionalKernels.parts`."""
        graph, found = self.graph, {}
        for name, features in (("target", target), ("guidance", guidance)):
            if features:
                first, last = getattr(module, f"of_{name}")
                found[f"{name}_kernels"] = self.taps(self.conv_act(features, first), last, 1)
        if len(found) == 1:
            return dict(found, kernels=next(iter(found.values())))
        if module.combination in PLAIN_COMBINATIONS:
            return dict(found, kernels=graph.add(PLAIN_COMBINATIONS[module.combination], *found.values()))
        attention = self.attention(module.attention, target, guidance)
        difference = graph.add("Sub", found["guidance_kernels"], found["target_kernels"])
        kernels = graph.add("Add", found["target_kernels"], graph.add("Mul", attention, difference))
        return dict(found, attention=attention, kernels=kernels)

    def up(self, image: str, layer, gain) -> str:
        """`gain`: a parameter of one number."""
        graph, conv = self.graph, layer.conv
        weight, bias = (graph.add("Mul", self.named(part), self.named(gain)) for part in (conv.weight, conv.bias))
        return graph.shuffled(graph.conv(image, weight, bias, conv.kernel_size[0]))

    def packed_features(self, image: str, coarser: str, level) -> str:
        """F_up + Conv(I^t) before the pixel shuffle, [1, 4 C, h / 2, w / 2], channel (2 dy + dx) C + c.

        Conv(I^t) is computed there too: the 3x3 windows of four neighbours lie in one 4x4 window with stride 2; all of it
        times the network's own stride.
        """
        graph, up, own = self.graph, level.up_features.conv, level.of_target
        channels, weight, bias = own.out_channels, self.named(own.weight), self.named(own.bias)

        def apart(parameter) -> str:
            inner, rest = tuple(parameter.shape[1:]), list(range(2, parameter.dim() + 1))
            split = graph.reshaped(self.named(parameter), channels, 4, *inner)
            return graph.reshaped(graph.add("Transpose", split, perm=[1, 0, *rest]), 4 * channels, *inner)

        stride = self.network.config.stride
        windows = [
            graph.add("Pad", weight, graph.ints(0, 0, y, x, 0, 0, stride - y, stride - x))
            for y in (0, stride) for x in (0, stride)
        ]
        windows, biases = graph.add("Concat", *windows, axis=0), graph.add("Concat", *[bias] * 4, axis=0)
        of_image = graph.conv(image, windows, biases, 4 * stride, 2 * stride)
        of_coarser = graph.conv(coarser, apart(up.weight), apart(up.bias), 1)
        return graph.add("Add", of_coarser, of_image)

    def pyramid(self, image: str, module) -> list[str]:
        """`image`: float32. Rounding it to float16 would cost seven times the error of everything after it."""
        first = self.graph.narrow(self.conv_act(image, module.first[0], exact=True))
        features = [self.conv_act(first, module.first[1])]
        for down in module.downs:
            features.append(self.conv_act(self.conv_act(features[-1], down.shrink), down.refine))
        return features

    def level(self, index: int, image: str, target: str, guidance: str, coarser):
        graph, level, config = self.graph, self.network.levels[index], self.network.config
        divisor, narrow = 2 ** (config.levels - 1 - index), graph.narrow(image)
        features = self.packed_features(narrow, coarser[0], level) if coarser else self.conv(narrow, level.of_target)
        kernels = self.kernels(level.kernels, target, guidance)
        for name, result in kernels.items():
            self.intermediates[f"{name}_{index}"] = (result, padded_taps(config.kernel), divisor * config.stride)
        columns = size_multiple(config) // (divisor * config.stride)
        shape = Shape(config.channels, config.kernel, columns, coarser is not None)
        features = self.filtering(graph, features, kernels["kernels"], shape)
        for block in level.residual:
            features = graph.add("Add", features, self.conv(self.conv_act(features, block.first), block.second))
        fused = self.conv(features, level.fused)
        if coarser:
            fused = graph.add("Add", fused, self.up(coarser[1], level.up_fused, level.fusion))
        # The image itself stays float32, so that float16 only touches what the network adds to it.
        correction = self.conv(fused, level.output)
        correction = graph.shuffled(correction) if config.stride > 1 else correction
        result = graph.add("Add", image, graph.wide(correction))
        graph.output(f"I_{index}", result, divisor=divisor)
        return features, fused

    def build(self) -> Graph:
        graph, network, levels = self.graph, self.network, self.network.config.levels
        images = [graph.input("target", 1)]
        guidance, source, unused = self.guidance(), network.config.source, [None] * levels
        noisy = [graph.input("noisy", 1)] if network.config.noisy else []
        seen = graph.add("Concat", images[0], *noisy, axis=1) if noisy else images[0]
        guidance_features = [*unused] if source == "target" else self.pyramid(guidance, network.guidance)
        target_features = [*unused] if source == "guidance" else self.pyramid(seen, network.target)
        for _ in range(levels - 1):
            images.append(graph.halved(images[-1]))
        coarser = None
        for index in range(levels):
            coarser = self.level(index, images.pop(), target_features.pop(), guidance_features.pop(), coarser)
        return graph

    def guidance(self) -> str:
        finer = self.network.config.detail
        return self.graph.input("guidance", 3, *([f"guidance_{side}" for side in ("height", "width")] if finer > 1 else []))

    def reveal(self, name: str) -> None:
        """Makes an intermediate result an output."""
        result, channels, divisor = self.intermediates[name]
        self.graph.output(name, self.graph.wide(result), channels, divisor)


def write(graph: Graph, path: Path, outputs: list[str], form: str, network: str = "dagf") -> Path:
    metadata = {"network": network, "form": form, "precision": graph.precision, "licence": "MIT"}
    onnx.save(graph.model(path.name.split(".")[0], outputs, metadata), path)
    onnx.checker.check_model(str(path))
    return path


def export(weights: Path, form: str = "banded", suffix: str = "") -> list[Path]:
    """Writes the graphs beside `weights`, named after it and `suffix`; returns their paths, finest output first."""
    network, stem = load_network(weights), weights.with_name(weights.stem + suffix)
    finest = network.config.levels - 1
    exact = Exporter(network, weights, form, "float32").build()
    paths = [write(exact, stem.with_name(f"{stem.name}.onnx"), [f"I_{finest}"], form)]
    for index in reversed(range(finest)):
        paths.append(write(exact, stem.with_name(f"{stem.name}.i{index}.onnx"), [f"I_{index}"], form))
    half = Exporter(network, weights, form, "float16").build()
    return [*paths, write(half, stem.with_name(f"{stem.name}.f16.onnx"), [f"I_{finest}"], form)]


def export_parts(weights: Path, form: str = "banded") -> Path:
    """NAME.parts.onnx beside `weights`, to look inside: the finest output, and the kernels and the attention of every
    level ([1, padded_taps(k), h, w], column by column)."""
    exporter = Exporter(load_network(weights), weights, form, "float32")
    graph = exporter.build()
    for name in exporter.intermediates:
        exporter.reveal(name)
    finest = f"I_{exporter.network.config.levels - 1}"
    return write(graph, weights.with_suffix(".parts.onnx"), [finest, *exporter.intermediates], form)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path, nargs="+", required=True)
    arguments.add_argument("--form", choices=FORMS, default="banded")
    arguments.add_argument("--parts", action="store_true", help="also NAME.parts.onnx, with kernels and attention")
    options = arguments.parse_args()
    for weights in options.weights:
        parts = [export_parts(weights, options.form)] if options.parts else []
        for path in (*export(weights, options.form), *parts):
            print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()

"""Writes DAGF weights as ONNX (opset 17, batch 1, height and width any multiples of 8).

    python export.py --weights weights/dagf-x8-bicubic.npz --out .. [--form banded]

The engine executes a whole graph whatever output is asked for, so the coarser outputs get files of their own:
NAME.onnx holds I_0, I_1 and I_2, NAME.i1.onnx and NAME.i0.onnx hold only what leads to I_1 and I_0.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
from torch import nn

from network import DAGF
from onnx_filtering import FORMS, PADDED_TAPS, TAPS
from onnx_graph import Graph
from weights import load_network


def numbers(parameter) -> np.ndarray:
    return parameter.detach().float().numpy()


class Exporter:
    def __init__(self, network: DAGF, form: str) -> None:
        self.graph, self.network, self.filtering = Graph(), network, FORMS[form]

    def conv(self, image: str, layer: nn.Conv2d) -> str:
        return self.graph.conv(image, numbers(layer.weight), numbers(layer.bias), layer.stride[0])

    def conv_act(self, image: str, layer) -> str:
        slope = float(layer.act.weight)  # one slope a layer: fused into the convolution
        return self.graph.add("LeakyRelu", self.conv(image, layer.conv), alpha=slope)

    def joint_conv_act(self, first: str, second: str, layer) -> str:
        """The convolution of a concatenation as the sum of two: no copy of both halves is made."""
        weight, bias, half = numbers(layer.conv.weight), numbers(layer.conv.bias), layer.conv.in_channels // 2
        of_first = self.graph.conv(first, weight[:, :half], bias, layer.conv.stride[0])
        of_second = self.graph.conv(second, weight[:, half:], 0 * bias, layer.conv.stride[0])
        return self.graph.add("LeakyRelu", self.graph.add("Add", of_first, of_second), alpha=float(layer.act.weight))

    def taps(self, image: str, layer: nn.Conv2d, copies: int) -> str:
        """Kernel-producing convolution; `copies` channels (1, or 4 before a pixel shuffle) for every tap."""
        weight, bias = numbers(layer.weight), numbers(layer.bias)
        order = [3 * y + x for y, x in TAPS]
        spread = lambda v: v.reshape(9, copies, *v.shape[1:])[order].reshape(9 * copies, *v.shape[1:])
        fill = lambda v: np.concatenate([spread(v), np.zeros(((PADDED_TAPS - 9) * copies, *v.shape[1:]), v.dtype)])
        return self.graph.conv(image, fill(weight), fill(bias))

    def kernels(self, module, target: str, guidance: str) -> str:
        graph, attention = self.graph, module.attention
        down = self.joint_conv_act(target, guidance, attention.down)
        inner = self.conv_act(self.conv_act(down, attention.inner[0]), attention.inner[1])
        up = self.conv_act(graph.add("Add", inner, down), attention.up)
        weight = graph.add("Sigmoid", graph.shuffled(self.taps(up, attention.last, 4)))
        of_target = self.taps(self.conv_act(target, module.of_target[0]), module.of_target[1], 1)
        of_guidance = self.taps(self.conv_act(guidance, module.of_guidance[0]), module.of_guidance[1], 1)
        difference = graph.add("Sub", of_guidance, of_target)
        return graph.add("Add", of_target, graph.add("Mul", weight, difference))

    def up(self, image: str, layer, gain: float = 1.0) -> str:
        weight, bias = gain * numbers(layer.conv.weight), gain * numbers(layer.conv.bias)
        return self.graph.shuffled(self.graph.conv(image, weight, bias))

    def packed_features(self, image: str, coarser: str, level) -> str:
        """F_up + Conv(I^t) before the pixel shuffle, [1, 4 C, h / 2, w / 2], channel (2 dy + dx) C + c.

        Conv(I^t) is computed there too: the 3x3 windows of four neighbours lie in one 4x4 window with stride 2.
        """
        up, own = level.up_features.conv, level.of_target
        channels = own.out_channels
        apart = lambda v: v.reshape(channels, 4, *v.shape[1:]).swapaxes(0, 1).reshape(v.shape)
        windows = np.zeros((2, 2, channels, 1, 4, 4), np.float32)
        for y in range(2):
            for x in range(2):
                windows[y, x, :, :, y : y + 3, x : x + 3] = numbers(own.weight)
        of_image = self.graph.conv(image, windows.reshape(4 * channels, 1, 4, 4), np.tile(numbers(own.bias), 4), 2)
        of_coarser = self.graph.conv(coarser, apart(numbers(up.weight)), apart(numbers(up.bias)))
        return self.graph.add("Add", of_coarser, of_image)

    def pyramid(self, image: str, module) -> list[str]:
        features = [self.conv_act(self.conv_act(image, module.first[0]), module.first[1])]
        for down in module.downs:
            features.append(self.conv_act(self.conv_act(features[-1], down.shrink), down.refine))
        return features

    def level(self, level, divisor: int, image: str, target: str, guidance: str, coarser):
        graph = self.graph
        channels = level.of_target.out_channels
        features = self.packed_features(image, coarser[0], level) if coarser else self.conv(image, level.of_target)
        kernels = self.kernels(level.kernels, target, guidance)
        features = self.filtering(graph, features, kernels, channels, divisor, coarser is not None)
        for block in level.residual:
            features = graph.add("Add", features, self.conv(self.conv_act(features, block.first), block.second))
        fused = self.conv(features, level.fused)
        if coarser:
            fused = graph.add("Add", fused, self.up(coarser[1], level.up_fused, float(level.fusion)))
        return graph.add("Add", image, self.conv(fused, level.output)), (features, fused)

    def build(self) -> Graph:
        graph, network, levels = self.graph, self.network, self.network.config.levels
        images = [graph.input("target", 1)]
        guidance_features = self.pyramid(graph.input("guidance", 3), network.guidance)
        target_features = self.pyramid(images[0], network.target)
        for _ in range(levels - 1):
            images.append(graph.halved(images[-1]))
        coarser = None
        for index, level in enumerate(network.levels):
            divisor = 2 ** (levels - 1 - index)
            output, coarser = self.level(
                level, divisor, images.pop(), target_features.pop(), guidance_features.pop(), coarser
            )
            graph.output(f"I_{index}", output, divisor)
        return graph


def export(network: DAGF, name: str, folder: Path, form: str) -> list[Path]:
    """Writes NAME.onnx and the pruned NAME.i1.onnx, NAME.i0.onnx; returns their paths, full size first."""
    if network.config.kernel != 3:
        raise ValueError("only 3x3 kernels are exported")
    model = Exporter(network, form).build().model(name, {"network": "dagf", "form": form, "licence": "MIT"})
    onnx.checker.check_model(model)
    full = folder / f"{name}.onnx"
    onnx.save(model, full)
    paths = [full]
    for index in reversed(range(network.config.levels - 1)):
        path = folder / f"{name}.i{index}.onnx"
        onnx.utils.extract_model(str(full), str(path), ["target", "guidance"], [f"I_{index}"])
        paths.append(path)
    return paths


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--weights", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--form", choices=FORMS, default="banded")
    options = arguments.parse_args()
    for path in export(load_network(options.weights), options.weights.stem, options.out, options.form):
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()

"""A small builder of ONNX graphs: every method adds nodes and returns the name of their result.

Weights are not in the graph but in a safetensors file beside it, as PyTorch named and laid them out. What engines want
otherwise (another order, padding, a half) is a node between weight and use; engines compute such nodes once, when they
load the graph.
"""

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from weights import places

OPSET, IR_VERSION = 17, 8
STORED_TYPES = {"F32": TensorProto.FLOAT, "F16": TensorProto.FLOAT16}
TYPES = {"float32": TensorProto.FLOAT, "float16": TensorProto.FLOAT16}


class Graph:
    """
    precision: what the convolutions compute in. Inputs, outputs and weights are float32 in any case: `narrow` takes a
    value to that precision, `wide` takes it back. Weights that are stored as float16 are widened before any use.
    """

    def __init__(self, weights: Path, precision: str = "float32") -> None:
        self.weights, (self.places, _), self.precision = weights, places(weights), precision
        self.nodes, self.constants, self.inputs, self.outputs, self._count = [], {}, [], {}, 0
        self._widened = {}

    def weight(self, name: str) -> str:
        """A tensor of the weights as float32."""
        if self.places[name].dtype == "F32":
            return name
        if name not in self._widened:
            self._widened[name] = self.add("Cast", name, to=TensorProto.FLOAT)
        return self._widened[name]

    def input(self, name: str, channels: int, height: str = "height", width: str = "width") -> str:
        shape = [1, channels, height, width]
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def output(self, name: str, result: str, channels: int = 1, divisor: int = 1) -> None:
        """Declares `result` [1, channels, H / divisor, W / divisor] as the output `name`."""
        suffix = f"_{divisor}" if divisor > 1 else ""
        self.nodes.append(helper.make_node("Identity", [result], [name], name=f"output_{name}"))
        shape = [1, channels, f"height{suffix}", f"width{suffix}"]
        self.outputs[name] = helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    def constant(self, value, dtype=np.float32) -> str:
        array = np.ascontiguousarray(value, dtype)
        key = (array.tobytes(), array.shape, array.dtype.str)
        if key not in self.constants:
            self.constants[key] = f"c{len(self.constants)}"
        return self.constants[key]

    def ints(self, *values: int) -> str:
        return self.constant(values, np.int64)

    def add(self, kind: str, *inputs: str, **attributes) -> str:
        self._count += 1
        result = f"{kind.lower()}_{self._count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [result], name=result, **attributes))
        return result

    def conv(self, image: str, weight: str, bias: str | None, size: int, stride: int = 1, exact: bool = False) -> str:
        """`weight` and `bias`: float32, whatever the precision of `image`; `exact`: `image` is float32 too."""
        padding = (size - stride + 1) // 2
        parts = [part if exact else self.narrow(part) for part in (weight, bias) if part]
        return self.add(
            "Conv", image, *parts, kernel_shape=[size, size], pads=[padding] * 4, strides=[stride, stride],
        )

    def narrow(self, value: str) -> str:
        return value if self.precision == "float32" else self.add("Cast", value, to=TYPES[self.precision])

    def wide(self, value: str) -> str:
        return value if self.precision == "float32" else self.add("Cast", value, to=TensorProto.FLOAT)

    def shuffled(self, image: str) -> str:
        return self.add("DepthToSpace", image, blocksize=2, mode="CRD")

    def halved(self, image: str) -> str:
        return self.add("AveragePool", image, kernel_shape=[2, 2], strides=[2, 2])

    def cut(self, value: str, axis: int, start: int, end: int) -> str:
        return self.add("Slice", value, self.ints(start), self.ints(end), self.ints(axis))

    def reshaped(self, value: str, *shape: int) -> str:
        return self.add("Reshape", value, self.ints(*shape))

    def model(self, name: str, outputs: list[str], metadata: dict):
        """The part of the graph that leads to `outputs`."""
        wanted, nodes = set(outputs), []
        for node in reversed(self.nodes):
            if node.output[0] in wanted:
                wanted.update(node.input)
                nodes.insert(0, node)
        initialisers = [self._external(n, place) for n, place in self.places.items() if n in wanted] + [
            numpy_helper.from_array(np.frombuffer(data, dtype).reshape(shape), constant)
            for (data, shape, dtype), constant in self.constants.items() if constant in wanted
        ]
        # All inputs stay, also where one has no influence: every network is called alike.
        graph = helper.make_graph(nodes, name, self.inputs, [self.outputs[name] for name in outputs], initialisers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="sidelight")
        model.ir_version = IR_VERSION
        helper.set_model_props(model, {k: str(v) for k, v in metadata.items()})
        return model

    def _external(self, name: str, place) -> TensorProto:
        tensor = TensorProto(name=name, data_type=STORED_TYPES[place.dtype], dims=place.shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in dict(location=self.weights.name, offset=place.offset, length=place.length).items():
            tensor.external_data.add(key=key, value=str(value))
        return tensor

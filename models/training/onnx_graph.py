"""A small builder of ONNX graphs: every method adds nodes and returns the name of their result."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

OPSET, IR_VERSION = 17, 8


class Graph:
    def __init__(self) -> None:
        self.nodes, self.constants, self.inputs, self.outputs, self._count = [], {}, [], [], 0

    def input(self, name: str, channels: int) -> str:
        shape = [1, channels, "height", "width"]
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def output(self, name: str, result: str, divisor: int) -> None:
        """Declares `result` [1, 1, H / divisor, W / divisor] as the output `name`."""
        suffix = f"_{divisor}" if divisor > 1 else ""
        self.nodes.append(helper.make_node("Identity", [result], [name], name=f"output_{name}"))
        shape = [1, 1, f"height{suffix}", f"width{suffix}"]
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def constant(self, value, dtype=np.float32) -> str:
        array = np.ascontiguousarray(value, dtype)
        key = (array.tobytes(), array.shape, array.dtype.str)
        if key not in self.constants:
            self.constants[key] = f"c{len(self.constants)}"
        return self.constants[key]

    def add(self, kind: str, *inputs: str, **attributes) -> str:
        self._count += 1
        result = f"{kind.lower()}_{self._count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [result], name=result, **attributes))
        return result

    def conv(self, image: str, weight: np.ndarray, bias: np.ndarray, stride: int = 1) -> str:
        size = weight.shape[-1]
        padding = (size - stride + 1) // 2
        return self.add(
            "Conv", image, self.constant(weight), self.constant(bias),
            kernel_shape=[size, size], pads=[padding] * 4, strides=[stride, stride],
        )

    def shuffled(self, image: str) -> str:
        return self.add("DepthToSpace", image, blocksize=2, mode="CRD")

    def halved(self, image: str) -> str:
        return self.add("AveragePool", image, kernel_shape=[2, 2], strides=[2, 2])

    def cut(self, image: str, axis: int, start: int, end: int) -> str:
        ints = lambda *v: self.constant(v, np.int64)
        return self.add("Slice", image, ints(start), ints(end), ints(axis))

    def model(self, name: str, metadata: dict):
        initialisers = [
            numpy_helper.from_array(np.frombuffer(data, dtype).reshape(shape), constant)
            for (data, shape, dtype), constant in self.constants.items()
        ]
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, initialisers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="sidelight")
        model.ir_version = IR_VERSION
        helper.set_model_props(model, {k: str(v) for k, v in metadata.items()})
        return model

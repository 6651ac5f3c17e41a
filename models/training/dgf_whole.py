"""The deep guided filter of a whole picture as one ONNX graph, for measurements: reduction, coefficients and full size without a
copy between them. It does not ship: the application works in tiles.

picture [1, 3, H, W]; down [1, 1, h, H] and across [1, 1, W, w], which reduce it; rows [1, 1, H, h] and columns [1, 1, w, W],
which enlarge the coefficients; condition and draft as in dgf_export.py -> result [1, 3, H, W].
"""

from pathlib import Path
from typing import Callable

from onnx import TensorProto

from dgf.sampling import area_matrix, bilinear_matrix, overview_size
from dgf.texture import LAGS, SCALE
from dgf_export import DgfExporter
from export import write
from onnx_graph import Graph

FORMS = ("f32", "f16", "halves")  # float32; the full size computed in float16; picture and result float16, too


def whole_graph(weights: Path, path: Path, form: str) -> Path:
    exporter = DgfExporter(weights)
    graph = exporter.graph
    matrix = lambda name, height, width: graph.input(name, 1, height, width)
    picture = graph.input("picture", 3)
    down, across = matrix("down", "small_height", "height"), matrix("across", "width", "small_width")
    rows, columns = matrix("rows", "height", "small_height"), matrix("columns", "small_width", "width")
    wide = graph.add("Cast", picture, to=TensorProto.FLOAT) if form == "halves" else picture
    reduced = lambda image: graph.add("MatMul", down, graph.add("MatMul", image, across))
    small = reduced(wide)
    textured = texture_of(graph, wide, small, reduced) if exporter.config.texture else None
    coefficients = exporter.coefficients_of(small, textured)
    graph.precision = "float32" if form == "f32" else "float16"
    result = exporter.applied(picture, coefficients, rows, columns)
    graph.output("result", result if form == "halves" else graph.wide(result), channels=3)
    if form == "halves":
        for value in (graph.inputs[0], graph.outputs["result"]):
            value.type.tensor_type.elem_type = TensorProto.FLOAT16
    return write(graph, path, ["result"], f"whole {form}", network="dgf")


def texture_of(graph: Graph, picture: str, small: str, reduced: Callable[[str], str]) -> str:
    """As dgf/texture.py."""
    square = lambda image: graph.add("Mul", image, image)
    mean = lambda image: graph.add("ReduceMean", image, axes=[1], keepdims=1)
    planes = [graph.add("Sub", reduced(mean(square(picture))), mean(square(small)))]
    for lag in LAGS:
        squares = []
        for axis in (2, 3):
            begin = [0] * 8
            begin[axis] = lag
            before = graph.cut(graph.add("Pad", picture, graph.ints(*begin), mode="edge"), axis, 0, -lag)
            squares.append(square(graph.add("Sub", picture, before)))
        both = mean(graph.add("Add", *squares))
        planes.append(reduced(graph.add("Mul", both, graph.constant(0.5))))
    found = graph.add("Sqrt", graph.add("Relu", graph.add("Concat", *planes, axis=1)))
    return graph.add("Mul", found, graph.constant(SCALE))


def matrix_shapes(height: int, width: int, side: int) -> dict[str, list[int]]:
    h, w = overview_size(height, width, side)
    sizes = dict(down=(h, height), across=(width, w), rows=(height, h), columns=(w, width))
    return {name: [1, 1, *size] for name, size in sizes.items()}


def matrices(height: int, width: int, side: int, over: int) -> dict:
    """Name -> tensor, as `matrix_shapes` says; the reduction goes over a copy whose short side is `over`."""
    (h, w), between = overview_size(height, width, side), overview_size(height, width, over)
    down, across = (area_matrix(way, last) @ area_matrix(length, way) for length, way, last in zip((height, width), between, (h, w)))
    found = dict(
        down=down, across=across.T,
        rows=bilinear_matrix(h, 0, height, height), columns=bilinear_matrix(w, 0, width, width).T,
    )
    return {name: matrix[None, None] for name, matrix in found.items()}

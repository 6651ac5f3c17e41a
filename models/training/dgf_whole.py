"""The deep guided filter of a whole picture as one ONNX graph, for measurements: reduction, coefficients and full size without a
copy between them. It does not ship: the application works in tiles.

picture [1, 3, H, W]; down [1, 1, h, H] and across [1, 1, W, w], which reduce it; rows [1, 1, H, h] and columns [1, 1, w, W],
which enlarge the coefficients; condition as in dgf_export.py -> result [1, 3, H, W].
"""

from pathlib import Path

from onnx import TensorProto

from dgf.sampling import area_matrix, bilinear_matrix, overview_size
from dgf_export import DgfExporter
from export import write

FORMS = ("f32", "f16", "halves")  # float32; the full size computed in float16; picture and result float16, too


def whole_graph(weights: Path, path: Path, form: str) -> Path:
    exporter = DgfExporter(weights)
    graph = exporter.graph
    matrix = lambda name, height, width: graph.input(name, 1, height, width)
    picture = graph.input("picture", 3)
    down, across = matrix("down", "small_height", "height"), matrix("across", "width", "small_width")
    rows, columns = matrix("rows", "height", "small_height"), matrix("columns", "small_width", "width")
    wide = graph.add("Cast", picture, to=TensorProto.FLOAT) if form == "halves" else picture
    coefficients = exporter.coefficients_of(graph.add("MatMul", down, graph.add("MatMul", wide, across)))
    graph.precision = "float32" if form == "f32" else "float16"
    result = exporter.applied(picture, coefficients, rows, columns)
    graph.output("result", result if form == "halves" else graph.wide(result), channels=3)
    if form == "halves":
        for value in (graph.inputs[0], graph.outputs["result"]):
            value.type.tensor_type.elem_type = TensorProto.FLOAT16
    return write(graph, path, ["result"], f"whole {form}", network="dgf")


def matrix_shapes(height: int, width: int, side: int) -> dict[str, list[int]]:
    h, w = overview_size(height, width, side)
    sizes = dict(down=(h, height), across=(width, w), rows=(height, h), columns=(w, width))
    return {name: [1, 1, *size] for name, size in sizes.items()}


def matrices(height: int, width: int, side: int) -> dict:
    """Name -> tensor, as `matrix_shapes` says."""
    h, w = overview_size(height, width, side)
    found = dict(
        down=area_matrix(height, h), across=area_matrix(width, w).T,
        rows=bilinear_matrix(h, 0, height, height), columns=bilinear_matrix(w, 0, width, width).T,
    )
    return {name: matrix[None, None] for name, matrix in found.items()}

"""The deep guided filter of a whole picture as one ONNX graph, for measurements: reduction, coefficients and full size without a
copy between them. It does not ship: the application works in tiles.

picture [1, 3, H, W]; down [1, 1, h, H] and across [1, 1, W, w], which reduce it to its small copy; rows [1, 1, H, h] and columns
[1, 1, w, W], which enlarge the coefficients; condition and draft [1, 3, h, w] as in dgf_export.py -> result [1, 3, H, W].
With a draft, down [1, 1, v, H] and across [1, 1, W, u] reduce the picture to the larger copy that the draft is made of or goes by, inside
whose pixels the texture is, and further_down [1, 1, h, v] and further_across [1, 1, u, w] both of them to the small copy, as dgf/small.py.
"""

from pathlib import Path
from typing import Callable

import torch
from onnx import TensorProto
from torch import Tensor

from dgf.sampling import area_matrix, bilinear_matrix, overview_size
from dgf.texture import LAGS, SCALE
from dgf_export import DgfExporter
from export import write
from onnx_graph import Graph

FORMS = ("f32", "f16", "halves")  # float32; the full size computed in float16; picture and result float16, too


def whole_graph(weights: Path, path: Path, form: str) -> Path:
    exporter = DgfExporter(weights)
    graph, config = exporter.graph, exporter.config
    matrix = lambda name, height, width: graph.input(name, 1, height, width)
    picture = graph.input("picture", 3)
    # ONNX Runtime shares memory between values whose dimensions have the same names: every grid has names of its own.
    copy = "copy" if config.draft else "small"
    reduced = reduction(graph, matrix("down", f"{copy}_height", "height"), matrix("across", "width", f"{copy}_width"))
    rows, columns = matrix("rows", "height", "small_height"), matrix("columns", "small_width", "width")
    wide = graph.add("Cast", picture, to=TensorProto.FLOAT) if form == "halves" else picture
    small, draft = reduced(wide), None
    textured = texture_of(graph, wide, small, reduced) if config.texture else None
    if config.draft:
        further = reduction(
            graph, matrix("further_down", "small_height", "copy_height"), matrix("further_across", "copy_width", "small_width"),
        )
        small, textured = further(small), textured and further(textured)
        draft = graph.input("draft", 3, "small_height", "small_width")
    coefficients = exporter.coefficients_of(small, textured, draft)
    graph.precision = "float32" if form == "f32" else "float16"
    result = exporter.applied(picture, coefficients, rows, columns)
    graph.output("result", result if form == "halves" else graph.wide(result), channels=3)
    if form == "halves":
        for value in (graph.inputs[0], graph.outputs["result"]):
            value.type.tensor_type.elem_type = TensorProto.FLOAT16
    return write(graph, path, ["result"], f"whole {form}", network="dgf")


def reduction(graph: Graph, down: str, across: str) -> Callable[[str], str]:
    return lambda image: graph.add("MatMul", down, graph.add("MatMul", image, across))


def texture_of(graph: Graph, picture: str, copy: str, reduced: Callable[[str], str]) -> str:
    """Inside the pixels of the picture's reduced copy, as dgf/texture.py."""
    square = lambda image: graph.add("Mul", image, image)
    mean = lambda image: graph.add("ReduceMean", image, axes=[1], keepdims=1)
    planes = [graph.add("Sub", reduced(mean(square(picture))), mean(square(copy)))]
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


def copy_sides(model: dict) -> list[int]:
    """Short sides of the copies that a model's network, its draft and what that goes by are made of, the largest first and the small copy last."""
    return [*(model[copy] for copy in ("overview", "draft") if model[copy]), model["side"]]


def matrix_shapes(height: int, width: int, sides: list[int]) -> dict[str, list[int]]:
    """Of a picture and its copies, whose short sides `copy_sides` says."""
    (v, u), (h, w) = (overview_size(height, width, side) for side in (sides[0], sides[-1]))
    sizes = dict(down=(v, height), across=(width, u), rows=(height, h), columns=(w, width))
    if len(sides) > 1:
        sizes.update(further_down=(h, v), further_across=(u, w))
    return {name: [1, 1, *size] for name, size in sizes.items()}


def matrices(height: int, width: int, sides: list[int]) -> dict[str, Tensor]:
    """As `matrix_shapes` says."""
    heights, widths = zip((height, width), *(overview_size(height, width, side) for side in sides))
    made = dict(
        down=reducing(*heights[:2]), across=reducing(*widths[:2]).T,
        rows=bilinear_matrix(heights[-1], 0, height, height), columns=bilinear_matrix(widths[-1], 0, width, width).T,
        further_down=reducing(*heights[1:]), further_across=reducing(*widths[1:]).T,
    )
    return {name: made[name].reshape(shape).contiguous() for name, shape in matrix_shapes(height, width, sides).items()}


def reducing(first: int, *lengths: int) -> Tensor:
    """[last of lengths, first]: means over areas from each length to the next one, one after the other."""
    matrix = torch.eye(first)
    for length in lengths:
        matrix = area_matrix(len(matrix), length) @ matrix
    return matrix

"""Forms of the k x k per-pixel filtering (equation 18) in ONNX.

Both take features [1, C, h, w], or `packed` ones [1, 4 C, h / 2, w / 2] that still await their pixel shuffle (channel
(2 dy + dx) C + c), and kernels [1, padded_taps(k), h, w] whose k² taps stand column by column (the horizontal offset
varies slowest) before zeros: engines vectorise output channels by four.
"""

from dataclasses import dataclass

import numpy as np

from onnx_graph import Graph

END = np.iinfo(np.int64).max
LARGEST_BLOCK = 8


def padded_taps(size: int) -> int:
    """k² rounded up to a multiple of four."""
    return -(-size * size // 4) * 4


@dataclass(frozen=True)
class Shape:
    """What the forms need to know: feature channels C, side k of a kernel, a divisor of every width, the packing."""

    channels: int
    kernel: int
    width_multiple: int
    packed: bool


def plain(graph: Graph, features: str, kernels: str, shape: Shape) -> str:
    """k² shifted products; simple, and what the other form is checked against."""
    size = shape.kernel
    if shape.packed:
        features = graph.add("DepthToSpace", features, blocksize=2, mode="DCR")
    border = size // 2
    if border:
        pads = graph.ints(0, 0, border, border, 0, 0, border, border)
        features = graph.add("Pad", features, pads, mode="edge")
    result = None
    for tap in range(size * size):
        x, y = divmod(tap, size)
        rows = graph.cut(features, 2, y, y - 2 * border or END)
        shifted = graph.cut(rows, 3, x, x - 2 * border or END)
        product = graph.add("Mul", shifted, graph.cut(kernels, 1, tap, tap + 1))
        result = product if result is None else graph.add("Add", result, product)
    return result


def banded(graph: Graph, features: str, kernels: str, shape: Shape) -> str:
    """One matrix product per block of columns.

    A block of B columns needs B + k - 1 columns of k rows: L = k (B + k - 1) pixels, gathered channel-last. The kernels
    of the block form a band matrix [B, L]: row j holds the k² taps of column j from position k j on. Padding every
    kernel to L + k numbers and reading them on in rows of L yields exactly that matrix.
    """
    size, block, held = shape.kernel, min(LARGEST_BLOCK, shape.width_multiple), padded_taps(shape.kernel)
    span = size * (block + size - 1)
    sides = graph.add("Shape", kernels)
    height, width = (graph.add("Gather", sides, graph.ints(i)) for i in (2, 3))
    index = graph.reshaped(pixel_index(graph, height, width, block, shape), -1, span)
    last = graph.add("Transpose", features, perm=[0, 2, 3, 1])
    gathered = graph.add("Gather", graph.reshaped(last, -1, shape.channels), index, axis=0)
    taps = graph.reshaped(graph.add("Transpose", kernels, perm=[0, 2, 3, 1]), -1, block, held)
    if span + size > held:
        taps = graph.add("Pad", taps, graph.ints(0, 0, 0, 0, 0, span + size - held))
    elif span + size < held:
        taps = graph.cut(taps, 2, 0, span + size)
    taps = graph.reshaped(taps, -1, block * (span + size))
    band = graph.reshaped(graph.cut(taps, 1, 0, block * span), -1, block, span)
    product = graph.add("MatMul", band, gathered)  # [h w / B, B, C]
    image = graph.add("Concat", graph.ints(1), height, width, graph.ints(shape.channels), axis=0)
    return graph.add("Transpose", graph.add("Reshape", product, image), perm=[0, 3, 1, 2])


def pixel_index(graph: Graph, height: str, width: str, block: int, shape: Shape) -> str:
    """Which pixels every block of columns needs: int32 [h, w / B, B + k - 1, k], columns before rows.

    `packed` features are not pixel-shuffled yet: pixel (y, x) stands at ((y / 2) (w / 2) + x / 2) 4 + 2 (y % 2) + x % 2.
    """
    number = lambda v: graph.constant(v, np.int32)
    height, width = (graph.add("Cast", n, to=6) for n in (height, width))
    scalar = lambda n: graph.add("Reshape", n, graph.constant([], np.int64))
    border = shape.kernel // 2

    def limited(starts: str, offsets: np.ndarray, length: str) -> str:
        """Outside the image the nearest pixel counts."""
        positions = graph.add("Add", starts, number(offsets))
        return graph.add("Max", graph.add("Min", positions, graph.add("Sub", length, number([1]))), number([0]))

    rows = graph.reshaped(graph.add("Range", number(0), scalar(height), number(1)), -1, 1, 1, 1)
    rows = limited(rows, np.arange(-border, border + 1).reshape(1, 1, 1, -1), height)
    columns = graph.reshaped(graph.add("Range", number(0), scalar(width), number(block)), 1, -1, 1, 1)
    columns = limited(columns, np.arange(-border, block + border).reshape(1, 1, -1, 1), width)
    if shape.packed:
        half = graph.add("Div", rows, number([2]))
        across = graph.add("Mul", half, graph.add("Sub", graph.add("Mul", width, number([2])), number([4])))
        rows = graph.add("Add", across, graph.add("Mul", rows, number([2])))
        columns = graph.add("Add", columns, graph.add("Mul", graph.add("Div", columns, number([2])), number([2])))
        return graph.add("Add", rows, columns)
    return graph.add("Add", graph.add("Mul", rows, width), columns)


FORMS = {"plain": plain, "banded": banded}

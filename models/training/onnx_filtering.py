"""Forms of the 3x3 per-pixel filtering (equation 18) in ONNX.

Both take features [1, C, h, w], or `packed` ones [1, 4 C, h / 2, w / 2] that still await their pixel shuffle (channel
(2 dy + dx) C + c), and kernels [1, 12, h, w] whose nine taps stand column by column (the horizontal offset varies
slowest) and whose last three channels are zero: engines vectorise output channels by four.
"""

import numpy as np

from onnx_graph import Graph

TAPS = [(y, x) for x in range(3) for y in range(3)]  # (row, column) of tap i
PADDED_TAPS = 12
END = np.iinfo(np.int64).max


def plain(graph: Graph, features: str, kernels: str, channels: int, divisor: int, packed: bool) -> str:
    """Nine shifted products; simple, and what the other form is checked against."""
    if packed:
        features = graph.add("DepthToSpace", features, blocksize=2, mode="DCR")
    pads = graph.constant([0, 0, 1, 1, 0, 0, 1, 1], np.int64)
    padded, result = graph.add("Pad", features, pads, mode="edge"), None
    for index, (y, x) in enumerate(TAPS):
        rows = graph.cut(padded, 2, y, y - 2 or END)
        shifted = graph.cut(rows, 3, x, x - 2 or END)
        product = graph.add("Mul", shifted, graph.cut(kernels, 1, index, index + 1))
        result = product if result is None else graph.add("Add", result, product)
    return result


def banded(graph: Graph, features: str, kernels: str, channels: int, divisor: int, packed: bool) -> str:
    """One matrix product per block of columns.

    A block of B columns needs B + 2 columns of three rows: 3 (B + 2) pixels, gathered channel-last. The kernels of the
    block form a band matrix [B, 3 (B + 2)]: row j holds the nine taps of column j from position 3 j on. Padding every
    kernel to 3 (B + 3) numbers and reading them on in rows of 3 (B + 2) yields exactly that matrix.
    """
    block = 8 // divisor  # widths are multiples of 8 at full size
    span = 3 * (block + 2)
    ints = lambda *v: graph.constant(v, np.int64)
    shape = graph.add("Shape", kernels)
    height, width = (graph.add("Gather", shape, ints(i)) for i in (2, 3))
    index = graph.add("Reshape", pixel_index(graph, height, width, block, packed), ints(-1, span))
    last = graph.add("Transpose", features, perm=[0, 2, 3, 1])
    gathered = graph.add("Gather", graph.add("Reshape", last, ints(-1, channels)), index, axis=0)
    taps = graph.add("Reshape", graph.add("Transpose", kernels, perm=[0, 2, 3, 1]), ints(-1, block, PADDED_TAPS))
    if span + 3 > PADDED_TAPS:
        taps = graph.add("Pad", taps, ints(0, 0, 0, 0, 0, span + 3 - PADDED_TAPS))
    taps = graph.add("Reshape", taps, ints(-1, block * (span + 3)))
    band = graph.add("Reshape", graph.cut(taps, 1, 0, block * span), ints(-1, block, span))
    product = graph.add("MatMul", band, gathered)  # [h w / B, B, C]
    image = graph.add("Concat", ints(1), height, width, ints(channels), axis=0)
    return graph.add("Transpose", graph.add("Reshape", product, image), perm=[0, 3, 1, 2])


def pixel_index(graph: Graph, height: str, width: str, block: int, packed: bool) -> str:
    """Which pixels every block of columns needs: int32 [h, w / B, B + 2, 3], columns before rows.

    `packed` features are not pixel-shuffled yet: pixel (y, x) stands at ((y / 2) (w / 2) + x / 2) 4 + 2 (y % 2) + x % 2.
    """
    number = lambda v: graph.constant(v, np.int32)
    height, width = (graph.add("Cast", n, to=6) for n in (height, width))
    scalar = lambda n: graph.add("Reshape", n, graph.constant([], np.int64))

    def limited(starts: str, offsets: np.ndarray, length: str) -> str:
        """Outside the image the nearest pixel counts."""
        positions = graph.add("Add", starts, number(offsets))
        return graph.add("Max", graph.add("Min", positions, graph.add("Sub", length, number([1]))), number([0]))

    rows = graph.add("Range", number(0), scalar(height), number(1))
    rows = graph.add("Reshape", rows, graph.constant([-1, 1, 1, 1], np.int64))
    rows = limited(rows, np.arange(-1, 2).reshape(1, 1, 1, 3), height)
    columns = graph.add("Range", number(0), scalar(width), number(block))
    columns = graph.add("Reshape", columns, graph.constant([1, -1, 1, 1], np.int64))
    columns = limited(columns, np.arange(-1, block + 1).reshape(1, 1, -1, 1), width)
    if packed:
        half = graph.add("Div", rows, number([2]))
        across = graph.add("Mul", half, graph.add("Sub", graph.add("Mul", width, number([2])), number([4])))
        rows = graph.add("Add", across, graph.add("Mul", rows, number([2])))
        columns = graph.add("Add", columns, graph.add("Mul", graph.add("Div", columns, number([2])), number([2])))
        return graph.add("Add", rows, columns)
    return graph.add("Add", graph.add("Mul", rows, width), columns)


FORMS = {"plain": plain, "banded": banded}

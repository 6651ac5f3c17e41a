import type { Layout } from '../../contract/ownNetworks';

/** Whether the channels of a pixel lie side by side. */
const isInterleaved = (layout: Layout) => layout.endsWith('C');

/** Planes, one channel after the other, in the order of a layout. */
export function fromPlanes(planes: Float32Array, channels: number, layout: Layout): Float32Array {
  return isInterleaved(layout) && channels > 1 ? turned(planes, channels, planes.length / channels) : planes;
}

/** The way back. */
export function toPlanes(values: Float32Array, channels: number, layout: Layout): Float32Array {
  return isInterleaved(layout) && channels > 1 ? turned(values, values.length / channels, channels) : values;
}

/** A table of so many rows and columns, its rows as columns. */
function turned(values: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1)
      out[column * rows + row] = values[row * columns + column]!;
  }
  return out;
}

/** Directions that colours are grouped by: points spread evenly over the sphere. */
export const directionCount = 1000;

/** Cells along one side of a face of the cube on which directions are looked up: a third of the distance between points. */
const cells = 64;

/** Points of a spherical Fibonacci lattice (González 2010): x, y, z one after another. */
function fibonacciSphere(): Float64Array {
  const points = new Float64Array(3 * directionCount);
  for (let i = 0; i < directionCount; i += 1) {
    const z = 1 - (2 * i + 1) / directionCount;
    const turn = Math.PI * (1 + Math.sqrt(5)) * (i + 0.5);
    const radius = Math.sqrt(1 - z * z);
    points.set([radius * Math.cos(turn), radius * Math.sin(turn), z], 3 * i);
  }
  return points;
}

/** Points within whose distance in order the nearest one to any direction lies: 0.1 of z, where caps of equal area reach 0.063. */
const farthest = directionCount / 20;

/** The point nearest to the middle of every cell: face by face (+x, −x, +y, …), rows of the second of the face's two axes. */
function nearestPoints(): Uint16Array {
  const points = fibonacciSphere();
  const table = new Uint16Array(6 * cells * cells);
  const middle = (cell: number) => (2 * cell + 1) / cells - 1;
  const to = [0, 0, 0];
  for (let i = 0; i < table.length; i += 1) {
    const face = Math.floor(i / (cells * cells));
    const axis = face >> 1;
    to[axis] = face % 2 ? -1 : 1;
    to[(axis + 1) % 3] = middle(i % cells);
    to[(axis + 2) % 3] = middle(Math.floor(i / cells) % cells);
    let most = Number.NEGATIVE_INFINITY;
    // Points are in the order of z, and none is so far that its z differs by more.
    const [x, y, z] = to as Three;
    const level = ((1 - z / Math.sqrt(x * x + y * y + z * z)) * directionCount) / 2;
    const end = Math.min(directionCount, level + farthest) | 0;
    for (let point = Math.max(0, level - farthest) | 0; point < end; point += 1) {
      const product = x * points[3 * point]! + y * points[3 * point + 1]! + z * points[3 * point + 2]!;
      if (product > most) {
        most = product;
        table[i] = point;
      }
    }
  }
  return table;
}

type Three = [number, number, number];

let table: Uint16Array | undefined;

/** @returns a function from a vector, not 0, to the number of the direction that is nearest to the vector's cell */
export function directionLookup(): (x: number, y: number, z: number) => number {
  table ??= nearestPoints();
  const found = table;
  const cell = (share: number) => Math.min(cells - 1, Math.floor((share + 1) * (cells / 2)));
  const at = (axis: number, major: number, u: number, v: number) => {
    const length = Math.abs(major);
    const face = 2 * axis + (major < 0 ? 1 : 0);
    return found[(face * cells + cell(v / length)) * cells + cell(u / length)]!;
  };
  return (x, y, z) => {
    const [a, b, c] = [Math.abs(x), Math.abs(y), Math.abs(z)];
    if (a >= b && a >= c) return at(0, x, y, z);
    return b >= c ? at(1, y, z, x) : at(2, z, x, y);
  };
}

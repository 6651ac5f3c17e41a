import type { Size } from '../../contract/geometry';
import type { GridKernel } from './gridKernel';
import { assembleGridProgram, guardPixels, sumAddress } from './gridProgram';

interface Exports {
  multiply(
    x: number,
    out: number,
    right: number,
    below: number,
    data: number,
    bytes: number,
    row: number,
  ): void;
  multiplyWeighted: Exports['multiply'];
  forwards(
    r: number,
    out: number,
    right: number,
    below: number,
    inverses: number,
    height: number,
    row: number,
  ): void;
  backwards(out: number, right: number, below: number, inverses: number, height: number, row: number): void;
  direct(conditioned: number, direction: number, bytes: number, carried: number): void;
  advance(product: number, residual: number, bytes: number, length: number): void;
  dot(a: number, b: number, bytes: number): void;
}

const pageBytes = 65_536;
/** Four rows are eliminated at once, each a pixel behind the one before it. */
const leastWidth = 4;

let compiled: WebAssembly.Module | null | undefined;

/** Compiled on first use; null on a processor without 128-bit vectors. */
function program(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = assembleGridProgram();
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/**
 * `PlainKernel` in WebAssembly: the same to the last bits of the sums, in about a third of the time. Its planes are in a memory of
 * their own, which takes as much as plain ones.
 * @returns null on a processor without vectors, for very narrow pictures and where there is no such memory
 */
export function vectorKernel(size: Size, weighted: boolean): GridKernel | null {
  const available = program();
  if (!available || size.width < leastWidth) return null;
  const [pixels, row] = [size.width * size.height, 4 * size.width];
  // Between planes there is one guard: behind the one it is before the other.
  const guard = 8 * Math.ceil((size.width + guardPixels) / 2);
  const bytes = 8 * Math.ceil(pixels / 2);
  const addresses = Array.from({ length: weighted ? 8 : 7 }, (_, k) => guard + 16 + k * (bytes + guard));
  const memory = memoryOf(addresses.at(-1)! + bytes + guard);
  if (!memory) return null;
  const [right, below, inverses, residual, conditioned, direction, product, data = 0] = addresses as Eight;
  const kernel = new WebAssembly.Instance(available, { env: { memory } }).exports as unknown as Exports;
  const sums = new Float64Array(memory.buffer, sumAddress, 2);
  const plane = (address: number) => new Float32Array(memory.buffer, address, pixels);
  const multiply = weighted ? kernel.multiplyWeighted : kernel.multiply;
  const sum = () => sums[0]! + sums[1]!;
  return {
    right: plane(right),
    below: plane(below),
    data: weighted ? plane(data) : null,
    inverses: plane(inverses),
    residual: plane(residual),
    conditioned: plane(conditioned),
    direction: plane(direction),
    product: plane(product),
    multiply() {
      multiply(direction, product, right, below, data, bytes, row);
      return sum();
    },
    precondition() {
      kernel.forwards(residual, conditioned, right, below, inverses, size.height, row);
      kernel.backwards(conditioned, right, below, inverses, size.height, row);
      kernel.dot(residual, conditioned, bytes);
      return sum();
    },
    direct: (carried) => kernel.direct(conditioned, direction, bytes, carried),
    advance(length) {
      kernel.advance(product, residual, bytes, length);
      return sum();
    },
  };
}

type Eight = [number, number, number, number, number, number, number, number?];

function memoryOf(bytes: number): WebAssembly.Memory | null {
  const pages = Math.ceil(bytes / pageBytes);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return null;
  }
}

import type { Arena } from '../wasm/arena';
import { unrolledRadices } from './butterflies';
import { elementBytes, guardElements } from './complexLines';
import { innerLength, type Stage, stagesOf } from './linePlan';
import type { LineKernels, StageKernel } from './lineProgram';

interface PlacedStage extends Stage {
  readonly kernel: keyof LineKernels;
  /** Addresses of its tables. */
  readonly turns: number;
  readonly roots: number;
}

/** Floats of an element: four real parts, four imaginary ones. */
const elementFloats = elementBytes / Float32Array.BYTES_PER_ELEMENT;

/**
 * The discrete Fourier transform of four complex lines at once: element k becomes Σ xₙ e^(−2πi·nk/length). Any length from 1;
 * one with a large prime factor is transformed by a chirp (Bluestein 1970): with nk = (n² + k² − (k − n)²) / 2 it is a
 * convolution, done by transforms of a longer, smooth length.
 */
export class LineTransform {
  /** Address of the lines to be transformed: of every element four real parts, then four imaginary ones. */
  readonly lines: number;
  private readonly other: number;
  private readonly inner: number;
  private readonly stages: readonly PlacedStage[];
  private readonly pairs: number;
  private readonly chirp: { readonly factors: number; readonly filter: number } | null;

  constructor(
    readonly length: number,
    private readonly arena: Arena,
    private readonly kernels: LineKernels,
  ) {
    this.inner = innerLength(length);
    const guard = guardElements * elementBytes;
    const room = () => arena.take(this.inner * elementBytes + 2 * guard) + guard;
    [this.lines, this.other] = [room(), room()];
    this.stages = stagesOf(this.inner).map((stage) => ({
      ...stage,
      kernel: kernelOf(stage.radix),
      turns: arena.hold(turnsOf(stage, this.inner)),
      roots: arena.hold(rootsOf(stage.radix)),
    }));
    this.pairs = arena.take(Math.max(0, ...this.stages.map(({ radix }) => radix)) * elementBytes);
    this.chirp = this.inner === length ? null : this.chirpTables();
  }

  /** @returns the address of the transformed lines; behind them the first element follows once more */
  apply(): number {
    const result = this.chirp ? this.convolved(this.chirp) : this.staged(this.lines);
    this.repeatFirst(result, this.length);
    return result;
  }

  /** @returns the address of the result: the same or the other lines */
  private staged(lines: number): number {
    let [from, to] = [lines, this.opposite(lines)];
    for (const { kernel, radix, groups, stride, turns, roots } of this.stages) {
      const run = this.kernels[kernel] as StageKernel;
      run(from, to, groups * stride * elementBytes, stride * elementBytes, turns, roots, radix, this.pairs);
      [from, to] = [to, from];
    }
    return from;
  }

  private convolved({ factors, filter }: { factors: number; filter: number }): number {
    const { kernels, inner, length } = this;
    kernels.multiply(this.lines, elementBytes, this.other, factors, length * elementBytes);
    const rest = (inner - length) * elementFloats;
    this.arena.floats(this.other + length * elementBytes, rest).fill(0);
    const spectrum = this.staged(this.other);
    const product = this.opposite(spectrum);
    kernels.multiply(spectrum, elementBytes, product, filter, inner * elementBytes);
    // Transformed once more instead of back, it is in reverse order, but for the first element.
    const reversed = this.staged(product);
    this.repeatFirst(reversed, inner);
    const result = this.opposite(reversed);
    kernels.multiply(reversed + inner * elementBytes, -elementBytes, result, factors, length * elementBytes);
    return result;
  }

  private opposite = (lines: number) => (lines === this.lines ? this.other : this.lines);

  private repeatFirst(lines: number, length: number): void {
    this.arena
      .floats(lines, (length + 1) * elementFloats)
      .copyWithin(length * elementFloats, 0, elementFloats);
  }

  private chirpTables() {
    const { length, inner, arena } = this;
    // n² modulo 2·length keeps the angle's digits; n² itself stays exact for lengths below 9·10⁷.
    const angle = (n: number) => (Math.PI * (n ** 2 % (2 * length))) / length;
    const chirp = Array.from({ length }, (_, n) => [Math.cos(angle(n)), -Math.sin(angle(n))] as const);
    const factors = arena.hold(chirp.flat());
    const filter = arena.take(2 * inner * Float32Array.BYTES_PER_ELEMENT);
    const lines = arena.floats(this.lines, inner * elementFloats);
    for (const [n, [re, im]] of chirp.entries()) {
      for (const place of [n, (inner - n) % inner]) {
        lines[place * elementFloats] = re / inner;
        lines[place * elementFloats + 4] = -im / inner;
      }
    }
    const transformed = arena.floats(this.staged(this.lines), inner * elementFloats);
    const values = arena.floats(filter, 2 * inner);
    for (let i = 0; i < values.length; i += 1) values[i] = transformed[i * 4]!;
    return { factors, filter };
  }
}

function kernelOf(radix: number): keyof LineKernels {
  if (radix === 2) return 'twos';
  if (radix === 4) return 'fours';
  return unrolledRadices.includes(radix) ? (`odds${radix}` as keyof LineKernels) : 'odds';
}

/** Of every group the factors of its results 1 … radix − 1. */
const turnsOf = ({ radix, groups, stride }: Stage, length: number): number[] =>
  Array.from({ length: groups }, (_, group) =>
    Array.from({ length: radix - 1 }, (_, k) => turn(-(k + 1) * group * stride, length)),
  ).flat(2);

function rootsOf(radix: number): number[] {
  const half = radix % 2 === 1 ? (radix - 1) / 2 : 0;
  return Array.from({ length: half ** 2 }, (_, i) =>
    turn(((Math.floor(i / half) + 1) * ((i % half) + 1)) % radix, radix),
  ).flat();
}

/** e^(2πi·steps/length). */
function turn(steps: number, length: number): [number, number] {
  const angle = (2 * Math.PI * steps) / length;
  return [Math.cos(angle), Math.sin(angle)];
}

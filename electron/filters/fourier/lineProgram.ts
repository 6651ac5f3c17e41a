import {
  assemble,
  type Code,
  FunctionBuilder,
  forEach,
  i32,
  integers,
  type Local,
  parameters,
  v128,
  vectors,
} from '../wasm/assembler';
import { butterflies } from './butterflies';
import { add, advance, elementBytes, factorBytes, mul, sub } from './complexLines';
import { blockBytes, gather, merge, scatter, split } from './rowProgram';

/**
 * The stages of `butterflies`, and what stands around them. All addresses and lengths are bytes.
 *
 * - `gather(rows, rowBytes, lines, bytes)`: eight rows of float32 into lines, `bytes` of a row, a multiple of 16
 * - `scatter(lines, rows, rowBytes, bytes)`: back, from the result of a transform of what `merge` wrote
 * - `split(lines, last, spectrum, rowBytes, gains, bytes)`: the spectra of the eight rows out of those of the four lines, times
 *   2 · gains. `last`: the element behind the lines, a copy of the first; `bytes` of a row of spectrum, whole blocks
 * - `merge(spectrum, rowBytes, lines, last, bytes)`: back, with parts swapped, so that the transform is the inverse one
 * - `multiply(from, step, to, factors, bytes)`: elements times factors; `from` advances by `step`, `to` by an element
 * - `addTimes(out, a, b, factors, bytes)`: out = a + factors · b, all blocks
 * - `fade(carried, row, factors, bytes)`: carried becomes factors · carried, which is added to the row
 */
const assembleLineProgram = () =>
  assemble([...butterflies(), gather(), scatter(), split(), merge(), multiply(), addTimes(), fade()]);

export type StageKernel = (
  from: number,
  to: number,
  part: number,
  step: number,
  turns: number,
  roots: number,
  radix: number,
  pairs: number,
) => void;

export type LineKernels = Readonly<
  Record<'twos' | 'fours' | `odds${number | ''}`, StageKernel> & {
    gather(rows: number, rowBytes: number, lines: number, bytes: number): void;
    scatter(lines: number, rows: number, rowBytes: number, bytes: number): void;
    split(
      lines: number,
      last: number,
      spectrum: number,
      rowBytes: number,
      gains: number,
      bytes: number,
    ): void;
    merge(spectrum: number, rowBytes: number, lines: number, last: number, bytes: number): void;
    multiply(from: number, step: number, to: number, factors: number, bytes: number): void;
    addTimes(out: number, a: number, b: number, factors: number, bytes: number): void;
    fade(carried: number, row: number, factors: number, bytes: number): void;
  }
>;

let compiled: WebAssembly.Module | undefined;

/** The program at work on a memory; compiled on first use. */
export function lineKernels(memory: WebAssembly.Memory): LineKernels {
  compiled ??= new WebAssembly.Module(assembleLineProgram());
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as LineKernels;
}

function multiply(): FunctionBuilder {
  const f = new FunctionBuilder('multiply');
  const [from, step, to, factors, bytes] = parameters(f, 5) as [Local, Local, Local, Local, Local];
  const [out, end] = integers(f, 2) as [Local, Local];
  const [re, im, factorRe, factorIm] = vectors(f, 4) as [Local, Local, Local, Local];
  f.body = [
    ...end.set(i32.add(to.get, bytes.get)),
    ...forEach(
      out,
      to.get,
      end.get,
      [
        ...re.set(v128.load(from.get)),
        ...im.set(v128.load(from.get, 16)),
        ...factorRe.set(v128.loadSplat(factors.get)),
        ...factorIm.set(v128.loadSplat(factors.get, 4)),
        ...v128.store(out.get, sub(mul(re.get, factorRe.get), mul(im.get, factorIm.get))),
        ...v128.store(out.get, add(mul(re.get, factorIm.get), mul(im.get, factorRe.get)), 16),
        ...advance(from, step.get),
        ...advance(factors, i32.const(factorBytes)),
      ],
      elementBytes,
    ),
  ];
  return f;
}

/** For every block of `bytes` its four factors, and what `part` makes of its real parts and then of its imaginary ones. */
function overBlocks(
  f: FunctionBuilder,
  factors: Local,
  bytes: Local,
  part: (at: (base: Local) => Code, factor: Local, offset: number) => Code,
): Code {
  const i = f.local('i32');
  const factor = f.local('v128');
  const at = (base: Local) => i32.add(base.get, i.get);
  return forEach(
    i,
    i32.const(0),
    bytes.get,
    [
      ...factor.set(v128.load(factors.get)),
      ...part(at, factor, 0),
      ...part(at, factor, 16),
      ...advance(factors, i32.const(blockBytes / 2)),
    ],
    blockBytes,
  );
}

function addTimes(): FunctionBuilder {
  const f = new FunctionBuilder('addTimes');
  const [out, a, b, factors, bytes] = parameters(f, 5) as [Local, Local, Local, Local, Local];
  f.body = overBlocks(f, factors, bytes, (at, factor, offset) =>
    v128.store(at(out), add(v128.load(at(a), offset), mul(factor.get, v128.load(at(b), offset))), offset),
  );
  return f;
}

function fade(): FunctionBuilder {
  const f = new FunctionBuilder('fade');
  const [carried, row, factors, bytes] = parameters(f, 4) as [Local, Local, Local, Local];
  const value = f.local('v128');
  f.body = overBlocks(f, factors, bytes, (at, factor, offset) => [
    ...value.set(mul(factor.get, v128.load(at(carried), offset))),
    ...v128.store(at(carried), value.get, offset),
    ...v128.store(at(row), add(value.get, v128.load(at(row), offset)), offset),
  ]);
  return f;
}

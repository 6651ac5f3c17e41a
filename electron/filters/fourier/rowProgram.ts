import {
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
import { add, advance, elementBytes, mul, sub } from './complexLines';

/** Real rows that are transformed together: as the real and as the imaginary parts of four complex lines. */
export const rowsTogether = 8;
/** Four frequencies of a row: real parts, then imaginary ones. */
export const blockBytes = 32;

/** Four vectors of four become the vectors of their first elements, of their second ones, and so on. */
function transposed(f: FunctionBuilder, vectorsIn: readonly Local[]): Code {
  const [a, b, c, d] = vectorsIn as [Local, Local, Local, Local];
  const [lowAB, highAB, lowCD, highCD] = vectors(f, 4) as [Local, Local, Local, Local];
  const low = (x: Local, y: Local) => v128.quarters(x.get, y.get, [0, 4, 1, 5]);
  const high = (x: Local, y: Local) => v128.quarters(x.get, y.get, [2, 6, 3, 7]);
  return [
    ...lowAB.set(low(a, b)),
    ...highAB.set(high(a, b)),
    ...lowCD.set(low(c, d)),
    ...highCD.set(high(c, d)),
    ...a.set(v128.halves(lowAB.get, lowCD.get, 0, 2)),
    ...b.set(v128.halves(lowAB.get, lowCD.get, 1, 3)),
    ...c.set(v128.halves(highAB.get, highCD.get, 0, 2)),
    ...d.set(v128.halves(highAB.get, highCD.get, 1, 3)),
  ];
}

export function gather(): FunctionBuilder {
  const f = new FunctionBuilder('gather');
  const [rows, rowBytes, lines, bytes] = parameters(f, 4) as [Local, Local, Local, Local];
  const [i, row] = integers(f, 2) as [Local, Local];
  const four = vectors(f, 4);
  const half = (offset: number): Code => [
    ...four.flatMap((vector) => [...vector.set(v128.load(row.get)), ...advance(row, rowBytes.get)]),
    ...transposed(f, four),
    ...four.flatMap((vector, k) => v128.store(lines.get, vector.get, k * elementBytes + offset)),
  ];
  f.body = forEach(
    i,
    i32.const(0),
    bytes.get,
    [
      ...row.set(i32.add(rows.get, i.get)),
      ...half(0),
      ...half(16),
      ...advance(lines, i32.const(4 * elementBytes)),
    ],
    16,
  );
  return f;
}

export function scatter(): FunctionBuilder {
  const f = new FunctionBuilder('scatter');
  const [lines, rows, rowBytes, bytes] = parameters(f, 4) as [Local, Local, Local, Local];
  const [i, row] = integers(f, 2) as [Local, Local];
  const four = vectors(f, 4);
  const half = (offset: number): Code => [
    ...four.flatMap((vector, k) => vector.set(v128.load(lines.get, k * elementBytes + offset))),
    ...transposed(f, four),
    ...four.flatMap((vector) => [...v128.store(row.get, vector.get), ...advance(row, rowBytes.get)]),
  ];
  f.body = forEach(
    i,
    i32.const(0),
    bytes.get,
    [
      ...row.set(i32.add(rows.get, i.get)),
      ...half(16),
      ...half(0),
      ...advance(lines, i32.const(4 * elementBytes)),
    ],
    16,
  );
  return f;
}

/** With lines z = a + i·b of two real rows, 2·A(k) = Z(k) + conj Z(−k) and 2·B(k) = (Z(k) − conj Z(−k)) / i. */
export function split(): FunctionBuilder {
  const f = new FunctionBuilder('split');
  const [lines, last, spectrum, rowBytes, gains, bytes] = parameters(f, 6) as Six;
  const [i, row] = integers(f, 2) as [Local, Local];
  const [re, im, otherRe, otherIm, gain] = vectors(f, 5) as [Local, Local, Local, Local, Local];
  const [aRe, aIm, bRe, bIm] = [vectors(f, 4), vectors(f, 4), vectors(f, 4), vectors(f, 4)];
  const rowsOf = (res: readonly Local[], ims: readonly Local[]): Code =>
    res.flatMap((value, k) => [
      ...v128.store(row.get, mul(value.get, gain.get)),
      ...v128.store(row.get, mul(ims[k]!.get, gain.get), 16),
      ...advance(row, rowBytes.get),
    ]);
  const separate = (k: number): Code => [
    ...re.set(v128.load(lines.get)),
    ...im.set(v128.load(lines.get, 16)),
    ...otherRe.set(v128.load(last.get)),
    ...otherIm.set(v128.load(last.get, 16)),
    ...aRe[k]!.set(add(re.get, otherRe.get)),
    ...aIm[k]!.set(sub(im.get, otherIm.get)),
    ...bRe[k]!.set(add(im.get, otherIm.get)),
    ...bIm[k]!.set(sub(otherRe.get, re.get)),
    ...advance(lines, i32.const(elementBytes)),
    ...advance(last, i32.const(-elementBytes)),
  ];
  f.body = forEach(
    i,
    i32.const(0),
    bytes.get,
    [
      ...[0, 1, 2, 3].flatMap(separate),
      ...[aRe, aIm, bRe, bIm].flatMap((four) => transposed(f, four)),
      ...gain.set(v128.load(gains.get)),
      ...advance(gains, i32.const(blockBytes / 2)),
      ...row.set(i32.add(spectrum.get, i.get)),
      ...rowsOf(aRe, aIm),
      ...rowsOf(bRe, bIm),
    ],
    blockBytes,
  );
  return f;
}

type Six = [Local, Local, Local, Local, Local, Local];

/**
 * Blocks from the last to the first: what the last one holds beyond half the length is written too, and then
 * written over by the mirrored elements of lower frequencies.
 */
export function merge(): FunctionBuilder {
  const f = new FunctionBuilder('merge');
  const [spectrum, rowBytes, lines, last, bytes] = parameters(f, 5) as [Local, Local, Local, Local, Local];
  const [i, row] = integers(f, 2) as [Local, Local];
  const [aRe, aIm, bRe, bIm] = [vectors(f, 4), vectors(f, 4), vectors(f, 4), vectors(f, 4)];
  const load = (res: readonly Local[], ims: readonly Local[]): Code =>
    res.flatMap((value, k) => [
      ...value.set(v128.load(row.get)),
      ...ims[k]!.set(v128.load(row.get, 16)),
      ...advance(row, rowBytes.get),
    ]);
  const join = (k: number): Code => [
    ...advance(lines, i32.const(-elementBytes)),
    ...advance(last, i32.const(elementBytes)),
    ...v128.store(lines.get, add(aIm[k]!.get, bRe[k]!.get)),
    ...v128.store(lines.get, sub(aRe[k]!.get, bIm[k]!.get), 16),
    ...v128.store(last.get, sub(bRe[k]!.get, aIm[k]!.get)),
    ...v128.store(last.get, add(aRe[k]!.get, bIm[k]!.get), 16),
  ];
  f.body = [
    // A block takes four elements, each as large as the block.
    ...advance(lines, i32.mul(bytes.get, i32.const((4 * elementBytes) / blockBytes))),
    ...last.set(i32.sub(last.get, i32.mul(bytes.get, i32.const((4 * elementBytes) / blockBytes)))),
    ...advance(spectrum, bytes.get),
    ...forEach(
      i,
      i32.const(0),
      bytes.get,
      [
        ...advance(spectrum, i32.const(-blockBytes)),
        ...row.set(spectrum.get),
        ...load(aRe, aIm),
        ...load(bRe, bIm),
        ...[aRe, aIm, bRe, bIm].flatMap((four) => transposed(f, four)),
        ...[3, 2, 1, 0].flatMap(join),
      ],
      blockBytes,
    ),
  ];
  return f;
}

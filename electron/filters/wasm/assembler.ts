/**
 * A small WebAssembly assembler: just the instructions the kernels need, as functions that nest like the expressions
 * they stand for. Written against the WebAssembly core specification 2.0 (binary format, vector instructions).
 */

/** Instructions as bytes. Those of an expression leave its value on the stack. */
export type Code = readonly number[];

export type ValueType = 'i32' | 'f64' | 'v128';

export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

const typeCodes: Record<ValueType, number> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

/** One exported function without results; parameters and locals are declared as they are named. */
export class FunctionBuilder {
  readonly parameters: ValueType[] = [];
  readonly locals: ValueType[] = [];
  body: Code = [];

  constructor(readonly name: string) {}

  /** All parameters before the first local. */
  parameter(type: ValueType): Local {
    this.parameters.push(type);
    return localAt(this.parameters.length - 1);
  }

  local(type: ValueType): Local {
    this.locals.push(type);
    return localAt(this.parameters.length + this.locals.length - 1);
  }
}

const localAt = (index: number): Local => ({
  get: [0x20, ...unsigned(index)],
  set: (value) => [...value, 0x21, ...unsigned(index)],
});

const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];

const vector = (opcode: number) => [0xfd, ...unsigned(opcode)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  lessThan: binary(0x48),
  atLeast: binary(0x4e),
};

export const f64 = {
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  fromInteger: (value: Code): Code => [...value, 0xb7],
};

export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, ...vector(0x00), 4, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...vector(0x0b),
    4,
    ...unsigned(offset),
  ],
  /** The first float32, or the first two; the others are zero. */
  loadOne: (address: Code): Code => [...address, ...vector(0x5c), 2, 0],
  loadTwo: (address: Code): Code => [...address, ...vector(0x5d), 2, 0],
  /** One float32 in all four places. */
  loadSplat: (address: Code, offset = 0): Code => [...address, ...vector(0x09), 2, ...unsigned(offset)],
  storeOne: (address: Code, value: Code): Code => [...address, ...value, ...vector(0x5a), 2, 0, 0],
  storeTwo: (address: Code, value: Code): Code => [...address, ...value, ...vector(0x5b), 2, 0, 0],
  and: binary(...vector(0x4e)),
  xor: binary(...vector(0x51)),
  /** Two 8-byte halves out of the four of `a` (0, 1) and `b` (2, 3). */
  halves: (a: Code, b: Code, first: number, second: number): Code => shuffle(a, b, [first, second]),
  /** Four 4-byte quarters out of the eight of `a` (0 to 3) and `b` (4 to 7). */
  quarters: (a: Code, b: Code, places: readonly [number, number, number, number]): Code =>
    shuffle(a, b, places),
};

/** Parts of equal size, as many as fill a vector. */
function shuffle(a: Code, b: Code, parts: readonly number[]): Code {
  const bytes = 16 / parts.length;
  const places = parts.flatMap((part) => Array.from({ length: bytes }, (_, i) => part * bytes + i));
  return [...a, ...b, ...vector(0x0d), ...places];
}

export const f32x4 = {
  add: binary(...vector(0xe4)),
  sub: binary(...vector(0xe5)),
  mul: binary(...vector(0xe6)),
  /** All bits of the places where it holds. */
  lessThan: binary(...vector(0x43)),
};

export const i32x4 = {
  lane: (value: Code, lane: 0 | 1): Code => [...value, ...vector(0x1b), lane],
  /** The whole parts of two float64 in the first two; out of range, the nearest there is. */
  fromF64x2: (value: Code): Code => [...value, ...vector(0xfc)],
  /** The first four bytes, signed. */
  fromBytes: (value: Code): Code => [...value, ...vector(0x87), ...vector(0xa7)],
  /** As bytes, the nearest there are, in the first four. */
  toBytes: ({ get }: Local): Code => [...get, ...get, ...vector(0x85), ...get, ...vector(0x65)],
};

export const f64x2 = {
  add: binary(...vector(0xf0)),
  sub: binary(...vector(0xf1)),
  mul: binary(...vector(0xf2)),
  min: binary(...vector(0xf4)),
  abs: (value: Code): Code => [...value, ...vector(0xec)],
  sqrt: (value: Code): Code => [...value, ...vector(0xef)],
  trunc: (value: Code): Code => [...value, ...vector(0x7a)],
  splat: (value: Code): Code => [...value, ...vector(0x14)],
  lane: (value: Code, lane: 0 | 1): Code => [...value, ...vector(0x21), lane],
  of: (first: Code, second: Code): Code => [...first, ...vector(0x14), ...second, ...vector(0x22), 1],
  /** The first two of four float32. */
  fromLowF32: (value: Code): Code => [...value, ...vector(0x5f)],
  /** As float32 in the first half; the second is zero. */
  toLowF32: (value: Code): Code => [...value, ...vector(0x5e)],
};

/** Addresses, lengths or other whole numbers that a function is called with. */
export const parameters = (f: FunctionBuilder, count: number) =>
  Array.from({ length: count }, () => f.parameter('i32'));
export const vectors = (f: FunctionBuilder, count: number) =>
  Array.from({ length: count }, () => f.local('v128'));
export const integers = (f: FunctionBuilder, count: number) =>
  Array.from({ length: count }, () => f.local('i32'));

export const when = (condition: Code, body: Code): Code => [...condition, 0x04, 0x40, ...body, 0x0b];

/** Runs `body` with `counter` from `start` up to, not including, `end`; both and the step are computed again in every round. */
export const forEach = (
  counter: Local,
  start: Code,
  end: Code,
  body: Code,
  step: number | Code = 1,
): Code => [
  ...counter.set(start),
  ...[0x02, 0x40, 0x03, 0x40],
  ...[...i32.atLeast(counter.get, end), 0x0d, 1],
  ...body,
  ...counter.set(i32.add(counter.get, typeof step === 'number' ? i32.const(step) : step)),
  ...[0x0c, 0, 0x0b, 0x0b],
];

/** A module that imports `env.memory` and exports the functions by their names. */
export function assemble(functions: readonly FunctionBuilder[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...list(parameters.map((type) => [typeCodes[type]])),
    0,
  ]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(1)];
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...list(locals.map((type) => [1, typeCodes[type]])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [memory]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(7, exported),
    ...section(10, bodies),
  ]);
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];

function section(id: number, items: readonly Code[]): Code {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
}

const text = (value: string): Code => list([...new TextEncoder().encode(value)].map((byte) => [byte]));

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}

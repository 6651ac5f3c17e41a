import {
  assemble,
  type Code,
  FunctionBuilder,
  f32x4,
  forEach,
  i32,
  i32x4,
  type Local,
  parameters,
  v128,
} from '../wasm/assembler';

export interface GradientKernels {
  /** squares += (right neighbour − value)² + (lower neighbour − value)² */
  addSquares(row: number, below: number, squares: number, bytes: number): void;
  /** Marks (a byte: 255 or 0) where squares are less than the float32 at `least`. */
  mark(squares: number, least: number, marks: number, bytes: number): void;
  /** out = plane − row − β·∇ᵀ(marked differences); β is the float32 at `beta`. */
  residual(
    plane: number,
    row: number,
    above: number,
    below: number,
    marks: number,
    marksAbove: number,
    beta: number,
    out: number,
    bytes: number,
  ): void;
  /** row += other */
  add(row: number, other: number, bytes: number): void;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Works on rows of float32 and of marks at the addresses given; `bytes` of a row of float32, a multiple of 16. Rows and marks go
 * on by a value to the left and to the right: their neighbours there.
 */
export function gradientKernels(memory: WebAssembly.Memory): GradientKernels {
  compiled ??= new WebAssembly.Module(assemble([addSquares(), mark(), residual(), add()]));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as GradientKernels;
}

const { add: sum, sub, mul } = f32x4;

const square = (value: Local): Code => mul(value.get, value.get);

function addSquares(): FunctionBuilder {
  const f = new FunctionBuilder('addSquares');
  const [row, below, squares, bytes] = parameters(f, 4) as [Local, Local, Local, Local];
  const [i, value, across, along] = [f.local('i32'), f.local('v128'), f.local('v128'), f.local('v128')];
  const at = (base: Local) => i32.add(base.get, i.get);
  f.body = forEach(
    i,
    i32.const(0),
    bytes.get,
    [
      ...value.set(v128.load(at(row))),
      ...across.set(sub(v128.load(at(row), 4), value.get)),
      ...along.set(sub(v128.load(at(below)), value.get)),
      ...v128.store(at(squares), sum(v128.load(at(squares)), sum(square(across), square(along)))),
    ],
    16,
  );
  return f;
}

function mark(): FunctionBuilder {
  const f = new FunctionBuilder('mark');
  const [squares, least, marks, bytes] = parameters(f, 4) as [Local, Local, Local, Local];
  const [i, limit, less] = [f.local('i32'), f.local('v128'), f.local('v128')];
  f.body = [
    ...limit.set(v128.loadSplat(least.get)),
    ...forEach(
      i,
      i32.const(0),
      bytes.get,
      [
        ...less.set(f32x4.lessThan(v128.load(i32.add(squares.get, i.get)), limit.get)),
        ...v128.storeOne(marks.get, i32x4.toBytes(less)),
        ...marks.set(i32.add(marks.get, i32.const(4))),
      ],
      16,
    ),
  ];
  return f;
}

function residual(): FunctionBuilder {
  const f = new FunctionBuilder('residual');
  const [plane, row, above, below, marks, marksAbove, beta, out, bytes] = parameters(f, 9) as Nine;
  const [i, weight, value, own, flow] = [
    f.local('i32'),
    f.local('v128'),
    f.local('v128'),
    f.local('v128'),
    f.local('v128'),
  ];
  const at = (base: Local) => i32.add(base.get, i.get);
  /** Where a pixel is marked, its difference. */
  const marked = (marksAt: Code, difference: Code) =>
    v128.and(i32x4.fromBytes(v128.loadOne(marksAt)), difference);
  const before = (address: Code, by: number) => i32.sub(address, i32.const(by));
  f.body = [
    ...weight.set(v128.loadSplat(beta.get)),
    ...forEach(
      i,
      i32.const(0),
      bytes.get,
      [
        ...value.set(v128.load(at(row))),
        ...own.set(i32x4.fromBytes(v128.loadOne(marks.get))),
        ...flow.set(v128.and(own.get, sub(v128.load(at(row), 4), value.get))),
        ...flow.set(sum(flow.get, v128.and(own.get, sub(v128.load(at(below)), value.get)))),
        ...flow.set(
          sub(flow.get, marked(before(marks.get, 1), sub(value.get, v128.load(before(at(row), 4))))),
        ),
        ...flow.set(sub(flow.get, marked(marksAbove.get, sub(value.get, v128.load(at(above)))))),
        ...v128.store(at(out), sum(sub(v128.load(at(plane)), value.get), mul(weight.get, flow.get))),
        ...marks.set(i32.add(marks.get, i32.const(4))),
        ...marksAbove.set(i32.add(marksAbove.get, i32.const(4))),
      ],
      16,
    ),
  ];
  return f;
}

type Nine = [Local, Local, Local, Local, Local, Local, Local, Local, Local];

function add(): FunctionBuilder {
  const f = new FunctionBuilder('add');
  const [row, other, bytes] = parameters(f, 3) as [Local, Local, Local];
  const i = f.local('i32');
  const at = (base: Local) => i32.add(base.get, i.get);
  f.body = forEach(
    i,
    i32.const(0),
    bytes.get,
    v128.store(at(row), sum(v128.load(at(row)), v128.load(at(other)))),
    16,
  );
  return f;
}

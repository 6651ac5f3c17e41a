import { type Code, FunctionBuilder, f32x4, forEach, i32, type Local, v128 } from '../wasm/assembler';

/** An element of four complex lines: four real parts, then four imaginary ones. */
export const elementBytes = 32;
/** A factor that all four lines are multiplied with: real part, imaginary part. */
export const factorBytes = 8;
/** Sum and difference of two elements. */
const pairBytes = 2 * elementBytes;

/** Odd radices whose butterflies are written out; for others there is a loop. */
export const unrolledRadices: readonly number[] = [3, 5, 7];

/**
 * One stage of a transform (Stockham's form, which reorders as it goes along): butterflies of `radix` elements that lie `part`
 * bytes apart in `from` and whose results lie `step` bytes apart in `to`. All functions take
 * `(from, to, part, step, turns, roots, radix, pairs)`:
 *
 * - `turns`: for every group of step / elementBytes butterflies, the factors of its results 1 … radix − 1
 * - `roots`: of odd radices e^(2πi·jk/radix) for k = 1 … (radix − 1) / 2 and, within that, j alike
 * - `pairs`: room for radix − 1 elements where `odds` may work
 */
export const butterflies = (): FunctionBuilder[] => [
  stage('twos', 2, twos),
  stage('fours', 4, fours),
  ...unrolledRadices.map((radix) => stage(`odds${radix}`, radix, (s) => unrolled(s, radix))),
  stage('odds', null, looped),
];

interface Stage {
  readonly f: FunctionBuilder;
  /** The first element of the current butterfly, and where its first result goes. */
  readonly from: Local;
  readonly to: Local;
  readonly part: Local;
  readonly step: Local;
  /** Factors of the current group. */
  readonly turns: Local;
  readonly roots: Local;
  readonly radix: Local;
  readonly pairs: Local;
}

/** @param known the radix, if it is always the same */
function stage(name: string, known: number | null, butterfly: (stage: Stage) => Code): FunctionBuilder {
  const f = new FunctionBuilder(name);
  const [first, to, part, step, turns, roots, radix, pairs] = Array.from({ length: 8 }, () =>
    f.parameter('i32'),
  ) as [Local, Local, Local, Local, Local, Local, Local, Local];
  const [group, from, last, end] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const others = known === null ? i32.sub(radix.get, i32.const(1)) : i32.const(known - 1);
  const body = butterfly({ f, from, to, part, step, turns, roots, radix, pairs });
  f.body = [
    ...last.set(i32.add(first.get, part.get)),
    ...forEach(
      group,
      first.get,
      last.get,
      [
        ...end.set(i32.add(group.get, step.get)),
        ...forEach(
          from,
          group.get,
          end.get,
          [...body, ...to.set(i32.add(to.get, i32.const(elementBytes)))],
          elementBytes,
        ),
        ...to.set(i32.add(to.get, i32.mul(step.get, others))),
        ...turns.set(i32.add(turns.get, i32.mul(others, i32.const(factorBytes)))),
      ],
      step.get,
    ),
  ];
  return f;
}

const { add, sub, mul } = f32x4;

/** A complex number for each of the four lines. */
class Complex {
  readonly re: Local;
  readonly im: Local;

  constructor(f: FunctionBuilder) {
    this.re = f.local('v128');
    this.im = f.local('v128');
  }

  set(re: Code, im: Code): Code {
    return [...this.re.set(re), ...this.im.set(im)];
  }

  load(address: Code, offset = 0): Code {
    return this.set(v128.load(address, offset), v128.load(address, offset + 16));
  }

  sum(a: Complex, b: Complex): Code {
    return this.set(add(a.re.get, b.re.get), add(a.im.get, b.im.get));
  }

  difference(a: Complex, b: Complex): Code {
    return this.set(sub(a.re.get, b.re.get), sub(a.im.get, b.im.get));
  }

  store(address: Code, offset = 0): Code {
    return [...v128.store(address, this.re.get, offset), ...v128.store(address, this.im.get, offset + 16)];
  }

  /** Multiplied with a factor. */
  storeTurned(address: Code, factor: Code, index = 0): Code {
    const re = v128.loadSplat(factor, index * factorBytes);
    const im = v128.loadSplat(factor, index * factorBytes + 4);
    return [
      ...v128.store(address, sub(mul(this.re.get, re), mul(this.im.get, im))),
      ...v128.store(address, add(mul(this.re.get, im), mul(this.im.get, re)), 16),
    ];
  }
}

const complexes = <T extends number>(f: FunctionBuilder, count: T) =>
  Array.from({ length: count }, () => new Complex(f));

const times = (address: Local, step: Local, count: number): Code =>
  i32.add(address.get, i32.mul(step.get, i32.const(count)));

function twos({ f, from, to, part, step, turns }: Stage): Code {
  const [a, b, value] = complexes(f, 3) as [Complex, Complex, Complex];
  return [
    ...a.load(from.get),
    ...b.load(times(from, part, 1)),
    ...value.sum(a, b),
    ...value.store(to.get),
    ...value.difference(a, b),
    ...value.storeTurned(times(to, step, 1), turns.get),
  ];
}

function fours({ f, from, to, part, step, turns }: Stage): Code {
  const [a, b, c, d] = complexes(f, 4) as [Complex, Complex, Complex, Complex];
  const [even, across, odd, turned, value] = complexes(f, 5) as [Complex, Complex, Complex, Complex, Complex];
  return [
    ...a.load(from.get),
    ...b.load(times(from, part, 1)),
    ...c.load(times(from, part, 2)),
    ...d.load(times(from, part, 3)),
    ...even.sum(a, c),
    ...across.difference(a, c),
    ...odd.sum(b, d),
    // Times −i.
    ...turned.set(sub(b.im.get, d.im.get), sub(d.re.get, b.re.get)),
    ...value.sum(even, odd),
    ...value.store(to.get),
    ...value.sum(across, turned),
    ...value.storeTurned(times(to, step, 1), turns.get, 0),
    ...value.difference(even, odd),
    ...value.storeTurned(times(to, step, 2), turns.get, 1),
    ...value.difference(across, turned),
    ...value.storeTurned(times(to, step, 3), turns.get, 2),
  ];
}

/**
 * Elements j and radix − j meet conjugate factors: with their sums s and differences d, results k and radix − k are
 * x₀ + Σ s·cos ∓ i·Σ d·sin.
 */
function unrolled({ f, from, to, part, step, turns, roots }: Stage, radix: number): Code {
  const half = (radix - 1) / 2;
  const [first, a, b, value, inPhase, across] = complexes(f, 6) as [
    Complex,
    Complex,
    Complex,
    Complex,
    Complex,
    Complex,
  ];
  const sums = complexes(f, half);
  const differences = complexes(f, half);
  const code = [...first.load(from.get), ...value.set(first.re.get, first.im.get)];
  for (let j = 0; j < half; j += 1) {
    code.push(...a.load(times(from, part, j + 1)), ...b.load(times(from, part, radix - 1 - j)));
    code.push(...sums[j]!.sum(a, b), ...differences[j]!.difference(a, b), ...value.sum(value, sums[j]!));
  }
  code.push(...value.store(to.get));
  for (let k = 0; k < half; k += 1) {
    code.push(...inPhase.set(first.re.get, first.im.get));
    for (let j = 0; j < half; j += 1) {
      const offset = (k * half + j) * factorBytes;
      code.push(...addTimes(inPhase, sums[j]!, v128.loadSplat(roots.get, offset)));
      const sine = v128.loadSplat(roots.get, offset + 4);
      const [re, im] = [mul(differences[j]!.re.get, sine), mul(differences[j]!.im.get, sine)];
      code.push(
        ...(j === 0 ? across.set(re, im) : across.set(add(across.re.get, re), add(across.im.get, im))),
      );
    }
    code.push(
      ...value.set(add(inPhase.re.get, across.im.get), sub(inPhase.im.get, across.re.get)),
      ...value.storeTurned(times(to, step, k + 1), turns.get, k),
      ...value.set(sub(inPhase.re.get, across.im.get), add(inPhase.im.get, across.re.get)),
      ...value.storeTurned(times(to, step, radix - 1 - k), turns.get, radix - 2 - k),
    );
  }
  return code;
}

const addTimes = (sum: Complex, value: Complex, factor: Code): Code =>
  sum.set(add(sum.re.get, mul(value.re.get, factor)), add(sum.im.get, mul(value.im.get, factor)));

/** `unrolled` for any radix. */
function looped({ f, from, to, part, step, turns, roots, radix, pairs }: Stage): Code {
  const [first, a, b, value, inPhase, across] = complexes(f, 6) as [
    Complex,
    Complex,
    Complex,
    Complex,
    Complex,
    Complex,
  ];
  const [low, high, pair, end, root] = Array.from({ length: 5 }, () => f.local('i32')) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [lowTurn, highTurn, lastTurn] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const others = i32.sub(radix.get, i32.const(1));
  const advance = (address: Local, by: Code) => address.set(i32.add(address.get, by));
  const retreat = (address: Local, by: Code) => address.set(i32.sub(address.get, by));
  const zero = v128.xor(first.re.get, first.re.get);
  return [
    ...first.load(from.get),
    ...value.set(first.re.get, first.im.get),
    ...low.set(i32.add(from.get, part.get)),
    ...high.set(i32.add(from.get, i32.mul(part.get, others))),
    ...end.set(i32.add(pairs.get, i32.mul(others, i32.const(pairBytes / 2)))),
    ...forEach(
      pair,
      pairs.get,
      end.get,
      [
        ...a.load(low.get),
        ...b.load(high.get),
        ...inPhase.sum(a, b),
        ...inPhase.store(pair.get),
        ...value.sum(value, inPhase),
        ...inPhase.difference(a, b),
        ...inPhase.store(pair.get, elementBytes),
        ...advance(low, part.get),
        ...retreat(high, part.get),
      ],
      pairBytes,
    ),
    ...value.store(to.get),
    ...low.set(i32.add(to.get, step.get)),
    ...high.set(i32.add(to.get, i32.mul(step.get, others))),
    ...root.set(roots.get),
    ...highTurn.set(i32.add(turns.get, i32.mul(i32.sub(others, i32.const(1)), i32.const(factorBytes)))),
    ...lastTurn.set(i32.add(turns.get, i32.mul(others, i32.const(factorBytes / 2)))),
    ...forEach(
      lowTurn,
      turns.get,
      lastTurn.get,
      [
        ...inPhase.set(first.re.get, first.im.get),
        ...across.set(zero, zero),
        ...forEach(
          pair,
          pairs.get,
          end.get,
          [
            ...a.load(pair.get),
            ...addTimes(inPhase, a, v128.loadSplat(root.get)),
            ...b.load(pair.get, elementBytes),
            ...addTimes(across, b, v128.loadSplat(root.get, 4)),
            ...advance(root, i32.const(factorBytes)),
          ],
          pairBytes,
        ),
        ...value.set(add(inPhase.re.get, across.im.get), sub(inPhase.im.get, across.re.get)),
        ...value.storeTurned(low.get, lowTurn.get),
        ...value.set(sub(inPhase.re.get, across.im.get), add(inPhase.im.get, across.re.get)),
        ...value.storeTurned(high.get, highTurn.get),
        ...advance(low, step.get),
        ...retreat(high, step.get),
        ...retreat(highTurn, i32.const(factorBytes)),
      ],
      factorBytes,
    ),
  ];
}

import { type Code, forEach, i32, integers, type Local, v128 } from '../wasm/assembler';
import {
  add,
  advance,
  type Complex,
  complexes,
  elementBytes,
  factorBytes,
  mul,
  type Stage,
  sub,
  times,
} from './complexLines';

/** Sum and difference of two elements. */
const pairBytes = 2 * elementBytes;

/**
 * Elements j and radix − j meet conjugate factors: with their sums s and differences d, results k and radix − k are
 * x₀ + Σ s·cos ∓ i·Σ d·sin.
 */
export function unrolled({ f, from, to, part, step, turns, roots }: Stage, radix: number): Code {
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
export function looped({ f, from, to, part, step, turns, roots, radix, pairs }: Stage): Code {
  const [first, a, b, value, inPhase, across] = complexes(f, 6) as [
    Complex,
    Complex,
    Complex,
    Complex,
    Complex,
    Complex,
  ];
  const [low, high, pair, end, root] = integers(f, 5) as [Local, Local, Local, Local, Local];
  const [lowTurn, highTurn, lastTurn] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const others = i32.sub(radix.get, i32.const(1));
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

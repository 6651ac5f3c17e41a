import { type Code, FunctionBuilder, forEach, i32, type Local } from '../wasm/assembler';
import { type Complex, complexes, elementBytes, factorBytes, type Stage, sub, times } from './complexLines';
import { looped, unrolled } from './oddButterflies';

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

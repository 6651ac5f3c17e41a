/** Transforms in place: element k becomes Σ xₙ e^(−2πi·nk/length), x = re + i·im. Swapped arguments give the inverse × length. */
export interface LineTransform {
  apply(re: Float64Array, im: Float64Array): void;
}

/** Fours first: they need the fewest operations. */
export function radices(length: number): number[] {
  const found: number[] = [];
  let rest = length;
  for (let radix = 4; rest > 1; ) {
    if (rest % radix === 0) {
      found.push(radix);
      rest /= radix;
    } else if (radix === 4) radix = 2;
    else if (radix === 2) radix = 3;
    else radix += 2;
  }
  return found;
}

interface Parts {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** One stage of the transform: `groups` butterflies of `radix` elements, each repeated over `stride` interleaved parts. */
interface Stage {
  readonly radix: number;
  readonly groups: number;
  readonly stride: number;
}

/** Reordering as it goes along (Stockham's form), for lengths whose prime factors are small: it takes length × Σ factors steps. */
export class MixedRadixTransform implements LineTransform {
  private readonly stages: readonly Stage[];
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;
  private readonly other: Parts;
  /** Sums and differences of a butterfly's elements, two by two, real and imaginary parts. */
  private readonly pairs: Float64Array;

  constructor(private readonly length: number) {
    const factors = radices(length);
    let stride = 1;
    this.stages = factors.map((radix) => {
      const stage = { radix, stride, groups: length / stride / radix };
      stride *= radix;
      return stage;
    });
    this.cosines = Float64Array.from({ length }, (_, i) => Math.cos((2 * Math.PI * i) / length));
    this.sines = Float64Array.from({ length }, (_, i) => -Math.sin((2 * Math.PI * i) / length));
    this.other = { re: new Float64Array(length), im: new Float64Array(length) };
    this.pairs = new Float64Array(2 * Math.max(1, ...factors));
  }

  apply(re: Float64Array, im: Float64Array): void {
    let [from, to]: [Parts, Parts] = [{ re, im }, this.other];
    for (const stage of this.stages) {
      if (stage.radix === 4) this.fours(stage, from, to);
      else if (stage.radix === 2) this.twos(stage, from, to);
      else this.odds(stage, from, to);
      [from, to] = [to, from];
    }
    if (from.re === re) return;
    re.set(from.re);
    im.set(from.im);
  }

  private twos(
    { groups, stride }: Stage,
    { re: fromRe, im: fromIm }: Parts,
    { re: toRe, im: toIm }: Parts,
  ): void {
    const half = stride * groups;
    for (let group = 0; group < groups; group += 1) {
      const c = this.cosines[group * stride]!;
      const s = this.sines[group * stride]!;
      for (let a = group * stride, to = 2 * a, end = a + stride; a < end; a += 1, to += 1) {
        const re = fromRe[a]! - fromRe[a + half]!;
        const im = fromIm[a]! - fromIm[a + half]!;
        toRe[to] = fromRe[a]! + fromRe[a + half]!;
        toIm[to] = fromIm[a]! + fromIm[a + half]!;
        toRe[to + stride] = re * c - im * s;
        toIm[to + stride] = re * s + im * c;
      }
    }
  }

  private fours(
    { groups, stride }: Stage,
    { re: fromRe, im: fromIm }: Parts,
    { re: toRe, im: toIm }: Parts,
  ): void {
    const { cosines, sines } = this;
    const quarter = stride * groups;
    for (let group = 0; group < groups; group += 1) {
      const turn = group * stride;
      const [c1, s1] = [cosines[turn]!, sines[turn]!];
      const [c2, s2] = [cosines[2 * turn]!, sines[2 * turn]!];
      const [c3, s3] = [cosines[3 * turn]!, sines[3 * turn]!];
      for (let a = turn, to = 4 * turn, end = a + stride; a < end; a += 1, to += 1) {
        const b = a + quarter;
        const c = b + quarter;
        const d = c + quarter;
        const evenRe = fromRe[a]! + fromRe[c]!;
        const evenIm = fromIm[a]! + fromIm[c]!;
        const acrossRe = fromRe[a]! - fromRe[c]!;
        const acrossIm = fromIm[a]! - fromIm[c]!;
        const oddRe = fromRe[b]! + fromRe[d]!;
        const oddIm = fromIm[b]! + fromIm[d]!;
        const turnedRe = fromIm[b]! - fromIm[d]!;
        const turnedIm = fromRe[d]! - fromRe[b]!;
        toRe[to] = evenRe + oddRe;
        toIm[to] = evenIm + oddIm;
        let re = acrossRe + turnedRe;
        let im = acrossIm + turnedIm;
        toRe[to + stride] = re * c1 - im * s1;
        toIm[to + stride] = re * s1 + im * c1;
        re = evenRe - oddRe;
        im = evenIm - oddIm;
        toRe[to + 2 * stride] = re * c2 - im * s2;
        toIm[to + 2 * stride] = re * s2 + im * c2;
        re = acrossRe - turnedRe;
        im = acrossIm - turnedIm;
        toRe[to + 3 * stride] = re * c3 - im * s3;
        toIm[to + 3 * stride] = re * s3 + im * c3;
      }
    }
  }

  /** Elements j and radix − j meet conjugate factors: their sums and differences halve the work. */
  private odds(
    { radix, groups, stride }: Stage,
    { re: fromRe, im: fromIm }: Parts,
    { re: toRe, im: toIm }: Parts,
  ): void {
    const { cosines, sines, pairs, length } = this;
    const part = stride * groups;
    const half = (radix - 1) / 2;
    const step = length / radix;
    for (let a = 0; a < part; a += 1) {
      const turn = a - (a % stride);
      const to = a + turn * (radix - 1);
      const [firstRe, firstIm] = [fromRe[a]!, fromIm[a]!];
      let sumRe = firstRe;
      let sumIm = firstIm;
      for (let j = 1, p = 0; j <= half; j += 1, p += 4) {
        const [b, c] = [a + j * part, a + (radix - j) * part];
        pairs[p] = fromRe[b]! + fromRe[c]!;
        pairs[p + 1] = fromIm[b]! + fromIm[c]!;
        pairs[p + 2] = fromRe[b]! - fromRe[c]!;
        pairs[p + 3] = fromIm[b]! - fromIm[c]!;
        sumRe += pairs[p]!;
        sumIm += pairs[p + 1]!;
      }
      toRe[to] = sumRe;
      toIm[to] = sumIm;
      for (let k = 1; k <= half; k += 1) {
        let [re, im, acrossRe, acrossIm] = [firstRe, firstIm, 0, 0];
        for (let j = 1, p = 0, root = k * step; j <= half; j += 1, p += 4) {
          re += pairs[p]! * cosines[root]!;
          im += pairs[p + 1]! * cosines[root]!;
          acrossRe -= pairs[p + 3]! * sines[root]!;
          acrossIm += pairs[p + 2]! * sines[root]!;
          root += k * step;
          if (root >= length) root -= length;
        }
        this.turned(turn * k, re + acrossRe, im + acrossIm, toRe, toIm, to + k * stride);
        this.turned(turn * (radix - k), re - acrossRe, im - acrossIm, toRe, toIm, to + (radix - k) * stride);
      }
    }
  }

  private turned(
    turn: number,
    re: number,
    im: number,
    toRe: Float64Array,
    toIm: Float64Array,
    to: number,
  ): void {
    const c = this.cosines[turn]!;
    const s = this.sines[turn]!;
    toRe[to] = re * c - im * s;
    toIm[to] = re * s + im * c;
  }
}

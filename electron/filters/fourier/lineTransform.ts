import { type LineTransform, MixedRadixTransform, radices } from './mixedRadix';

/** Largest prime factor that the direct form still handles faster than a convolution of twice the length. */
const largestRadix = 50;

/** The discrete Fourier transform of lines of any length from 1. */
export function lineTransform(length: number): LineTransform {
  return Math.max(1, ...radices(length)) <= largestRadix
    ? new MixedRadixTransform(length)
    : new ChirpTransform(length);
}

/**
 * For lengths with a large prime factor (Bluestein 1970): with nk = (n² + k² − (k − n)²) / 2 the transform is a convolution
 * with a chirp, done by transforms whose length is a power of two.
 */
class ChirpTransform implements LineTransform {
  private readonly inner: LineTransform;
  private readonly chirpRe: Float64Array;
  private readonly chirpIm: Float64Array;
  private readonly filterRe: Float64Array;
  private readonly filterIm: Float64Array;
  private readonly workRe: Float64Array;
  private readonly workIm: Float64Array;

  constructor(private readonly length: number) {
    const padded = 2 ** Math.ceil(Math.log2(2 * length - 1));
    this.inner = new MixedRadixTransform(padded);
    // n² modulo 2·length keeps the angle's digits; n² itself stays exact for lengths below 9·10⁷.
    const angle = (n: number) => (Math.PI * (n ** 2 % (2 * length))) / length;
    this.chirpRe = Float64Array.from({ length }, (_, n) => Math.cos(angle(n)));
    this.chirpIm = Float64Array.from({ length }, (_, n) => -Math.sin(angle(n)));
    this.filterRe = new Float64Array(padded);
    this.filterIm = new Float64Array(padded);
    for (let n = 0; n < length; n += 1) {
      for (const place of [n, (padded - n) % padded]) {
        this.filterRe[place] = this.chirpRe[n]! / padded;
        this.filterIm[place] = -this.chirpIm[n]! / padded;
      }
    }
    this.inner.apply(this.filterRe, this.filterIm);
    this.workRe = new Float64Array(padded);
    this.workIm = new Float64Array(padded);
  }

  apply(re: Float64Array, im: Float64Array): void {
    const { length, workRe, workIm } = this;
    multiply(re, im, this.chirpRe, this.chirpIm, length, workRe, workIm);
    workRe.fill(0, length);
    workIm.fill(0, length);
    this.inner.apply(workRe, workIm);
    multiply(workRe, workIm, this.filterRe, this.filterIm, workRe.length, workRe, workIm);
    this.inner.apply(workIm, workRe);
    multiply(workRe, workIm, this.chirpRe, this.chirpIm, length, re, im);
  }
}

/** Complex products of the first `count` elements. */
function multiply(
  aRe: Float64Array,
  aIm: Float64Array,
  bRe: Float64Array,
  bIm: Float64Array,
  count: number,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  for (let i = 0; i < count; i += 1) {
    const re = aRe[i]! * bRe[i]! - aIm[i]! * bIm[i]!;
    toIm[i] = aRe[i]! * bIm[i]! + aIm[i]! * bRe[i]!;
    toRe[i] = re;
  }
}

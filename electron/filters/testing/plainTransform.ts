/** For tests: the Fourier transform by its definition, in float64. `sign` 1 gives the inverse × length. */
export function plainTransform(
  re: ArrayLike<number>,
  im: ArrayLike<number>,
  sign: 1 | -1 = -1,
): { re: Float64Array; im: Float64Array } {
  const { length } = re;
  const out = { re: new Float64Array(length), im: new Float64Array(length) };
  const angle = (steps: number) => (sign * 2 * Math.PI * (steps % length)) / length;
  for (let k = 0; k < length; k += 1) {
    for (let n = 0; n < length; n += 1) {
      const [c, s] = [Math.cos(angle(n * k)), Math.sin(angle(n * k))];
      out.re[k]! += re[n]! * c - im[n]! * s;
      out.im[k]! += re[n]! * s + im[n]! * c;
    }
  }
  return out;
}

/**
 * Keys' cubic convolution kernel (Keys 1981, eq. 4) with a = −0.5, the kernel Pillow and the DAGF protocol use.
 * @param distance from the sample, in samples of the grid it lies on; 0 from 2 on
 */
export function cubicKernel(distance: number): number {
  const d = Math.abs(distance);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  if (d < 2) return ((-0.5 * d + 2.5) * d - 4) * d + 2;
  return 0;
}

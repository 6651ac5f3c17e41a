import type { Level } from '../laplacian/pyramid';

/** Of the differences to the right and the lower neighbour, where there are both: (width − 1) × (height − 1), row by row. */
export function gradientAmplitudes({ width, height, data }: Level): Float32Array {
  const amplitudes = new Float32Array((width - 1) * (height - 1));
  for (let y = 0, to = 0; y + 1 < height; y += 1) {
    for (let i = y * width; i + 1 < (y + 1) * width; i += 1, to += 1) {
      const [across, along] = [data[i + 1]! - data[i]!, data[i + width]! - data[i]!];
      amplitudes[to] = Math.sqrt(across * across + along * along);
    }
  }
  return amplitudes;
}

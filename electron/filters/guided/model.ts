import type { Size } from '../../contract/geometry';

export interface ModelInput extends Size {
  /** One or three planes, values 0…1. */
  readonly guidance: Float32Array;
  readonly guidanceChannels: 1 | 3;
  /** One plane, best within about 0…1. */
  readonly target: Float32Array;
  /** Windows are squares of side 2·radius + 1, clipped at the border. At least 1. */
  readonly radius: number;
  /** Added to the variance of the guidance. */
  readonly epsilon: number;
}

/**
 * Gets one row of mean coefficients, interleaved: two values a pixel (slope, intercept) for a grey guidance, four for a
 * coloured one. The array is reused for the next row.
 */
export type EmitRow = (row: number, means: Float64Array) => void;

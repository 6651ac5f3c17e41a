/** One row of the inputs; `stride` samples from one guidance plane to the next. */
export interface InputRow {
  readonly guidance: Float32Array;
  readonly start: number;
  readonly stride: number;
  readonly target: Float32Array;
  readonly targetStart: number;
}

/** One step of the window down the picture. Rows outside the picture are given as zeros. */
export interface WindowStep {
  readonly entering: InputRow;
  readonly leaving: InputRow;
  readonly width: number;
  readonly radius: number;
  /** Rows of the picture inside the window; 0 while its centre is above the picture: only the sums are kept up. */
  readonly rows: number;
  readonly epsilon: number;
}

/**
 * Moves the column sums down by a row and, while the window runs along it, solves the linear model of every window.
 * @param sums column sums, interleaved by column
 * @param coefficients of the row: slopes and intercept, interleaved by pixel
 */
export type Sweep = (step: WindowStep, sums: Float64Array, coefficients: Float32Array) => void;

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
  /** Rows of the picture inside the window. */
  readonly rows: number;
  readonly epsilon: number;
}

/** The first half of the guided filter for one kind of guidance: from box sums to the linear model of every window. */
export interface WindowKernel {
  /** Column sums a pixel, interleaved by column: of the guidance, the target and their products. */
  readonly sums: number;
  /** Coefficients a pixel, interleaved: slopes and intercept. */
  readonly terms: 2 | 4;
  /** Adds a row to the column sums, before the first step. */
  addRow(row: InputRow, width: number, sums: Float64Array): void;
  /** Moves the column sums down by a row and, running along it, solves the model of every window. */
  step(step: WindowStep, sums: Float64Array, coefficients: Float32Array): void;
}

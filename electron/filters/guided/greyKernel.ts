import type { InputRow, WindowKernel, WindowStep } from './windowKernel';

/** Grey guidance: a = cov(I, p) / (var(I) + ε), b = mean(p) − a · mean(I) (eqs. 5, 6). Column sums of I, I², p, I·p. */
export const greyKernel: WindowKernel = { sums: 4, terms: 2, addRow, step };

function addRow(row: InputRow, width: number, sums: Float64Array): void {
  const { guidance, start, target, targetStart } = row;
  for (let x = 0, c = 0; x < width; x += 1, c += 4) {
    const i = guidance[start + x]!;
    const p = target[targetStart + x]!;
    sums[c] = sums[c]! + i;
    sums[c + 1] = sums[c + 1]! + i * i;
    sums[c + 2] = sums[c + 2]! + p;
    sums[c + 3] = sums[c + 3]! + i * p;
  }
}

function step(at: WindowStep, sums: Float64Array, coefficients: Float32Array): void {
  const { entering, leaving, width, radius, rows, epsilon } = at;
  const { guidance: guidanceIn, start: startIn, target: targetIn, targetStart: targetStartIn } = entering;
  const { guidance: guidanceOut, start: startOut, target: targetOut, targetStart: targetStartOut } = leaving;
  let sI = 0;
  let sII = 0;
  let sP = 0;
  let sIP = 0;
  for (let x = -radius; x < width; x += 1) {
    const enters = x + radius;
    if (enters < width) {
      const i = guidanceIn[startIn + enters]!;
      const p = targetIn[targetStartIn + enters]!;
      const j = guidanceOut[startOut + enters]!;
      const q = targetOut[targetStartOut + enters]!;
      const c = enters * 4;
      sI += sums[c] = sums[c]! + (i - j);
      sII += sums[c + 1] = sums[c + 1]! + (i * i - j * j);
      sP += sums[c + 2] = sums[c + 2]! + (p - q);
      sIP += sums[c + 3] = sums[c + 3]! + (i * p - j * q);
    }
    if (x < 0) continue;
    const leaves = x - radius - 1;
    if (leaves >= 0) {
      const c = leaves * 4;
      sI -= sums[c]!;
      sII -= sums[c + 1]!;
      sP -= sums[c + 2]!;
      sIP -= sums[c + 3]!;
    }
    // Variances and covariances times n², which saves the divisions.
    const n = rows * (Math.min(width, enters + 1) - Math.max(0, leaves + 1));
    const a = (n * sIP - sI * sP) / (n * sII - sI * sI + n * n * epsilon);
    coefficients[x * 2] = a;
    coefficients[x * 2 + 1] = (sP - a * sI) / n;
  }
}

import type { InputRow, WindowKernel, WindowStep } from './windowKernel';

/**
 * Colour guidance: a = (Σ + ε·1)⁻¹ cov(I, p), b = mean(p) − aᵀ mean(I) (eqs. 19, 20), Σ the 3×3 covariance of the
 * guidance in the window, inverted by its cofactors. Column sums of r, g, b, their six products, p, and p with each.
 */
export const colourKernel: WindowKernel = { sums: 13, terms: 4, addRow, step };

function addRow(row: InputRow, width: number, sums: Float64Array): void {
  const { guidance, start, stride, target, targetStart } = row;
  for (let x = 0, c = 0; x < width; x += 1, c += 13) {
    const r = guidance[start + x]!;
    const g = guidance[start + stride + x]!;
    const b = guidance[start + 2 * stride + x]!;
    const p = target[targetStart + x]!;
    sums[c] = sums[c]! + r;
    sums[c + 1] = sums[c + 1]! + g;
    sums[c + 2] = sums[c + 2]! + b;
    sums[c + 3] = sums[c + 3]! + r * r;
    sums[c + 4] = sums[c + 4]! + r * g;
    sums[c + 5] = sums[c + 5]! + r * b;
    sums[c + 6] = sums[c + 6]! + g * g;
    sums[c + 7] = sums[c + 7]! + g * b;
    sums[c + 8] = sums[c + 8]! + b * b;
    sums[c + 9] = sums[c + 9]! + p;
    sums[c + 10] = sums[c + 10]! + r * p;
    sums[c + 11] = sums[c + 11]! + g * p;
    sums[c + 12] = sums[c + 12]! + b * p;
  }
}

function step(at: WindowStep, sums: Float64Array, coefficients: Float32Array): void {
  const { entering, leaving, width, radius, rows, epsilon } = at;
  const { guidance: guidanceIn, start: startIn, stride: strideIn } = entering;
  const { guidance: guidanceOut, start: startOut, stride: strideOut } = leaving;
  const { target: targetIn, targetStart: targetStartIn } = entering;
  const { target: targetOut, targetStart: targetStartOut } = leaving;
  let sR = 0;
  let sG = 0;
  let sB = 0;
  let sRR = 0;
  let sRG = 0;
  let sRB = 0;
  let sGG = 0;
  let sGB = 0;
  let sBB = 0;
  let sP = 0;
  let sRP = 0;
  let sGP = 0;
  let sBP = 0;
  for (let x = -radius; x < width; x += 1) {
    const enters = x + radius;
    if (enters < width) {
      const i = startIn + enters;
      const r = guidanceIn[i]!;
      const g = guidanceIn[i + strideIn]!;
      const b = guidanceIn[i + 2 * strideIn]!;
      const p = targetIn[targetStartIn + enters]!;
      const j = startOut + enters;
      const u = guidanceOut[j]!;
      const v = guidanceOut[j + strideOut]!;
      const w = guidanceOut[j + 2 * strideOut]!;
      const q = targetOut[targetStartOut + enters]!;
      const c = enters * 13;
      sR += sums[c] = sums[c]! + (r - u);
      sG += sums[c + 1] = sums[c + 1]! + (g - v);
      sB += sums[c + 2] = sums[c + 2]! + (b - w);
      sRR += sums[c + 3] = sums[c + 3]! + (r * r - u * u);
      sRG += sums[c + 4] = sums[c + 4]! + (r * g - u * v);
      sRB += sums[c + 5] = sums[c + 5]! + (r * b - u * w);
      sGG += sums[c + 6] = sums[c + 6]! + (g * g - v * v);
      sGB += sums[c + 7] = sums[c + 7]! + (g * b - v * w);
      sBB += sums[c + 8] = sums[c + 8]! + (b * b - w * w);
      sP += sums[c + 9] = sums[c + 9]! + (p - q);
      sRP += sums[c + 10] = sums[c + 10]! + (r * p - u * q);
      sGP += sums[c + 11] = sums[c + 11]! + (g * p - v * q);
      sBP += sums[c + 12] = sums[c + 12]! + (b * p - w * q);
    }
    if (x < 0) continue;
    const leaves = x - radius - 1;
    if (leaves >= 0) {
      const c = leaves * 13;
      sR -= sums[c]!;
      sG -= sums[c + 1]!;
      sB -= sums[c + 2]!;
      sRR -= sums[c + 3]!;
      sRG -= sums[c + 4]!;
      sRB -= sums[c + 5]!;
      sGG -= sums[c + 6]!;
      sGB -= sums[c + 7]!;
      sBB -= sums[c + 8]!;
      sP -= sums[c + 9]!;
      sRP -= sums[c + 10]!;
      sGP -= sums[c + 11]!;
      sBP -= sums[c + 12]!;
    }
    // Variances and covariances times n², which saves the divisions.
    const n = rows * (Math.min(width, enters + 1) - Math.max(0, leaves + 1));
    const ridge = n * n * epsilon;
    const rr = n * sRR - sR * sR + ridge;
    const rg = n * sRG - sR * sG;
    const rb = n * sRB - sR * sB;
    const gg = n * sGG - sG * sG + ridge;
    const gb = n * sGB - sG * sB;
    const bb = n * sBB - sB * sB + ridge;
    const rp = n * sRP - sR * sP;
    const gp = n * sGP - sG * sP;
    const bp = n * sBP - sB * sP;
    const cofactorRR = gg * bb - gb * gb;
    const cofactorRG = gb * rb - rg * bb;
    const cofactorRB = rg * gb - gg * rb;
    const inverse = 1 / (rr * cofactorRR + rg * cofactorRG + rb * cofactorRB);
    const cofactorGB = rb * rg - rr * gb;
    const aR = (cofactorRR * rp + cofactorRG * gp + cofactorRB * bp) * inverse;
    const aG = (cofactorRG * rp + (rr * bb - rb * rb) * gp + cofactorGB * bp) * inverse;
    const aB = (cofactorRB * rp + cofactorGB * gp + (rr * gg - rg * rg) * bp) * inverse;
    const o = x * 4;
    coefficients[o] = aR;
    coefficients[o + 1] = aG;
    coefficients[o + 2] = aB;
    coefficients[o + 3] = (sP - aR * sR - aG * sG - aB * sB) / n;
  }
}

import { inputRow, type Operator, rowName } from './operatorRows';

/**
 * PSNR in dB against the exact operators on MIT-Adobe FiveK at 1024 px (DGF, Table II), by row. Its fourth operator is
 * non-local dehazing, its fifth the retouching of a human expert, for which an algorithm stands here.
 */
const paperPsnr: Readonly<Record<Operator, Readonly<Record<string, number>>>> = {
  'l0-smoothing': byRow(29.61, 35.05, 32.93, 33.2, 33.39, 33.69),
  'multi-scale-detail': byRow(22.12, 38.97, 29.12, 29.95, 30.48, 32.1),
  'style-transfer': byRow(13.28, 21.31, 23.22, 23.42, 23.61, 26.17),
  'haze-removal': byRow(16.95, 24.47, 24.53, 25.53, 25.76, 25.85),
  'auto-retouch': byRow(18.44, 20.43, 20.81, 20.94, 21.04, 21.09),
};

/** Size that it holds for: short side in pixels. */
export const paperSize = 1024;

/** The paper's PSNR of a row above that of its input; undefined for rows it does not have. */
export function paperGain(operator: Operator, row: string): number | undefined {
  const psnr = paperPsnr[operator][row];
  return psnr === undefined ? undefined : psnr - paperPsnr[operator][inputRow]!;
}

function byRow(input: number, can: number, s: number, b: number, cb: number, c: number) {
  return {
    [inputRow]: input,
    [rowName('can')]: can,
    [rowName('s')]: s,
    [rowName('b')]: b,
    [rowName('cb')]: cb,
    [rowName('c')]: c,
  };
}

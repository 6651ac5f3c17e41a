import { distinct } from '../comparisonRows';
import type { ReportRow } from '../report';
import { exactRow, rowName } from './operatorRows';

/** From the worst to the best in the paper. */
const paperOrder = (['s', 'b', 'cb', 'c'] as const).map((variant) => rowName(variant));
const best = rowName('c');
const whole = rowName('can');

/** Whether what the paper finds holds here, and how much faster the clone is than what it imitates; a sentence or two a case. */
export function operatorFindings(rows: readonly ReportRow[]): string[] {
  return distinct(rows.map((row) => row.case)).flatMap((title) => {
    const own = rows.filter((row) => row.case === title);
    return [...orderOf(own), ...againstNetwork(own), ...speedOf(own)].map((text) => `${title}: ${text}`);
  });
}

function orderOf(rows: readonly ReportRow[]): string[] {
  const measured = paperOrder.flatMap((name) => rows.find(({ row }) => row === name) ?? []);
  if (measured.length < 2) return [];
  const isInOrder = measured.every((row, i) => i === 0 || psnrOf(measured[i - 1]!) < psnrOf(row));
  const figures = measured.map((row) => `${row.row} ${psnrOf(row).toFixed(2)}`).join(', ');
  return [`PSNR ${figures} dB: ${isInOrder ? 'in the paper’s order' : 'not in the paper’s order'}.`];
}

function againstNetwork(rows: readonly ReportRow[]): string[] {
  const [clone, network] = [best, whole].map((name) => rows.find(({ row }) => row === name));
  if (!clone || !network) return [];
  const lead = psnrOf(clone) - psnrOf(network);
  return [
    `${best} is ${Math.abs(lead).toFixed(2)} dB ${lead > 0 ? 'nearer to' : 'farther from'} the exact filter than the network at full resolution.`,
  ];
}

function speedOf(rows: readonly ReportRow[]): string[] {
  const [clone, exact] = [best, exactRow].map((name) => rows.find(({ row }) => row === name));
  if (!clone || !exact) return [];
  const ratio = exact.milliseconds / clone.milliseconds;
  return [
    ratio >= 1
      ? `${best} is ${ratio.toFixed(1)} times as fast as the exact filter.`
      : `the exact filter is ${(1 / ratio).toFixed(1)} times as fast as ${best}.`,
  ];
}

const psnrOf = ({ metrics }: ReportRow) => metrics.psnr!;

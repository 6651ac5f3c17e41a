import { distinct } from '../comparisonRows';
import type { ReportRow } from '../report';

/** Per cent of the texture that may be left at most, and of the edges that should be kept at least. */
export const aims = { texture: 20, edges: 80 } as const;

/** For every picture, whether the last iteration of a row reaches both aims, and which other rows do. */
export function separationFindings(rows: readonly ReportRow[], leader: string): string[] {
  return distinct(rows.map(pictureOf)).flatMap((picture) => {
    const own = rows.filter((row) => pictureOf(row) === picture);
    const last = own.filter((row) => row.conditions.iterations === own.at(-1)?.conditions.iterations);
    const led = last.find(({ row }) => row === leader);
    if (!led) return [];
    const others = last.filter((row) => row !== led && reachesBoth(row)).map(({ row }) => row);
    const figures = `${led.metrics.texture!.toFixed(1)} % of the texture, ${led.metrics.edges!.toFixed(1)} % of the edges`;
    const verdict = reachesBoth(led) ? 'reaches both aims' : 'does not reach both aims';
    const company = others.length > 0 ? `; of the others ${others.join(' and ')} do` : '; no other row does';
    return [`${picture}: ${leader} ${verdict} (${figures})${company}.`];
  });
}

const pictureOf = (row: ReportRow) => String(row.conditions.picture);

const reachesBoth = ({ metrics }: ReportRow) =>
  metrics.texture! <= aims.texture && metrics.edges! >= aims.edges;

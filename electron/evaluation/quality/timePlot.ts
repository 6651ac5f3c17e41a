import type { ReportRow } from '../report';
import type { Measurement } from './measuredElsewhere';
import { perMegapixel } from './qualityTables';

interface Point {
  readonly label: string;
  /** Milliseconds per megapixel. */
  readonly time: number;
  readonly rmse: number;
}

interface Series {
  readonly title: string;
  readonly colour: string;
  readonly points: readonly Point[];
}

const size = { width: 720, height: 440 };
const margin = { left: 64, right: 24, top: 24, bottom: 56 };
/** Okabe and Ito's colours, which most colour-blind people can tell apart. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00'];

/** Time per megapixel (logarithmic) against RMSE, as an SVG picture: a line of points a device and precision. */
export function plotTimeAgainstError(rows: readonly ReportRow[], elsewhere: readonly Measurement[]): string {
  const series = seriesOf(rows, elsewhere);
  const points = series.flatMap((one) => one.points);
  const decades = [
    Math.floor(Math.log10(Math.min(...points.map(({ time }) => time)))),
    Math.ceil(Math.log10(Math.max(...points.map(({ time }) => time)))),
  ] as const;
  const most = Math.ceil(Math.max(...points.map(({ rmse }) => rmse)) * 1.05);
  const x = (time: number) =>
    margin.left +
    ((Math.log10(time) - decades[0]) / Math.max(1, decades[1] - decades[0])) *
      (size.width - margin.left - margin.right);
  const y = (rmse: number) =>
    size.height - margin.bottom - (rmse / most) * (size.height - margin.top - margin.bottom);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${size.width}" height="${size.height}" fill="white"/>`,
    ...timeAxis(decades, x),
    ...errorAxis(most, y),
    ...series.flatMap((one, index) => drawSeries(one, index, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

function seriesOf(rows: readonly ReportRow[], elsewhere: readonly Measurement[]): Series[] {
  const rmseOf = (name: string) => rows.find(({ row }) => row === name)?.metrics.rmse;
  const devices = [...new Set(rows.flatMap((row) => row.devices))].join(', ');
  const here = {
    title: `${devices}, whole runs`,
    points: rows.map(({ row, milliseconds, metrics }) => ({
      label: row,
      time: perMegapixel(milliseconds, metrics.megapixels!),
      rmse: metrics.rmse!,
    })),
  };
  const others = elsewhere.flatMap((one) =>
    [...new Set(one.rows.map(({ precision }) => precision))].map((precision) => ({
      title: `${one.device} ${one.provider} ${precision}, ${one.width} × ${one.height}, network alone`,
      points: one.rows.flatMap(({ row, precision: own, milliseconds }) => {
        const rmse = rmseOf(row);
        if (own !== precision || rmse === undefined) return [];
        return [{ label: row, time: perMegapixel(milliseconds, (one.width * one.height) / 1e6), rmse }];
      }),
    })),
  );
  return [here, ...others].map((one, index) => ({ ...one, colour: colours[index % colours.length]! }));
}

function drawSeries(
  { title, colour, points }: Series,
  index: number,
  x: (time: number) => number,
  y: (rmse: number) => number,
): string[] {
  const legend = margin.top + 16 * index + 8;
  return [
    ...points.flatMap(({ label, time, rmse }) => [
      `<circle cx="${x(time).toFixed(1)}" cy="${y(rmse).toFixed(1)}" r="4" fill="${colour}"/>`,
      `<text x="${(x(time) + 7).toFixed(1)}" y="${(y(rmse) + 4).toFixed(1)}" fill="${colour}">${label}</text>`,
    ]),
    `<text x="${size.width - margin.right}" y="${legend}" text-anchor="end" fill="${colour}">${title}</text>`,
  ];
}

function timeAxis([first, last]: readonly [number, number], x: (time: number) => number): string[] {
  const bottom = size.height - margin.bottom;
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  return [
    ...ticks.flatMap((tick) => [
      `<line x1="${x(tick)}" y1="${margin.top}" x2="${x(tick)}" y2="${bottom}" stroke="#ddd"/>`,
      `<text x="${x(tick)}" y="${bottom + 18}" text-anchor="middle">${tick}</text>`,
    ]),
    `<text x="${size.width / 2}" y="${size.height - 14}" text-anchor="middle">milliseconds per megapixel</text>`,
  ];
}

function errorAxis(most: number, y: (rmse: number) => number): string[] {
  const ticks = Array.from({ length: most + 1 }, (_, i) => i);
  const middle = y(most / 2);
  return [
    ...ticks.flatMap((tick) => [
      `<line x1="${margin.left}" y1="${y(tick)}" x2="${size.width - margin.right}" y2="${y(tick)}" stroke="#ddd"/>`,
      `<text x="${margin.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ]),
    `<text x="18" y="${middle}" text-anchor="middle" transform="rotate(-90 18 ${middle})">RMSE in disparity</text>`,
  ];
}

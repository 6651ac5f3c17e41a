const metres: Readonly<Record<string, number>> = { mm: 1e-3, cm: 1e-2, m: 1 };

/**
 * A typed number in `unit`. The unit may be left out; lengths may be given in another one (“1.2 m” where
 * millimetres are meant). Comma and point both mark decimals. Null when it is not a number in that unit.
 */
export function parseNumber(text: string, unit: string): number | null {
  const match = /^\s*([+\-−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+\-−]?\d+)?)\s*(\S*)\s*$/i.exec(text);
  if (!match) return null;
  const value = Number(match[1]!.replace(',', '.').replaceAll('−', '-'));
  const typed = match[2]!.toLowerCase();
  if (!Number.isFinite(value)) return null;
  if (typed === '' || typed === unit.toLowerCase()) return value;
  const from = metres[typed];
  const to = metres[unit.toLowerCase()];
  if (from === undefined || to === undefined) return null;
  return Number((value * (from / to)).toPrecision(12));
}

/** A number as short as it can be without hiding a step of `step`. */
export function formatNumber(value: number, step = 0): string {
  if (!Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e7))
    return value
      .toExponential(2)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e')
      .replace('-', '−')
      .replace('e-', 'e−');
  const decimals = step > 0 ? Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9))) : 3;
  const fixed = step > 0 ? value.toFixed(decimals) : String(Number(value.toPrecision(6)));
  return (step > 0 && value !== Number(fixed) ? String(Number(value.toPrecision(6))) : fixed).replace(
    '-',
    '−',
  );
}

const sizes = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

export function formatBytes(bytes: number): string {
  const index = Math.min(sizes.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** index;
  return `${index === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${sizes[index]}`;
}

/** A duration for people: “0.8 s”, “12 s”, “3 min 20 s”. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}

export const formatCount = (count: number) => count.toLocaleString('en-GB').replaceAll(',', '\u202f');

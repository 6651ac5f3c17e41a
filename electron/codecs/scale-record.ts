import type { Unit } from '../contract/sources';
import { units } from '../contract/sources';

/**
 * What an integer file's codes mean, when that is not the codes themselves: value = offset + scale · code. Written as
 * one line of text into files that can hold text, so that Sidelight reads the true values back.
 */
export interface ScaleRecord {
  readonly scale: number;
  readonly offset: number;
  readonly unit: Unit;
  /** Code 0 stands for "no measurement". */
  readonly zeroIsUnknown: boolean;
}

export function formatScaleRecord(record: ScaleRecord): string {
  const unknown = record.zeroIsUnknown ? ' unknown=0' : '';
  return `Sidelight: scale=${record.scale} offset=${record.offset} unit=${record.unit}${unknown}`;
}

const number = '[-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?';
const pattern = new RegExp(
  `^Sidelight: scale=(${number}) offset=(${number}) unit=([a-z]+)( unknown=0)?\\s*$`,
);

/** Null for any other text, and for a record that makes no sense. */
export function parseScaleRecord(text: string): ScaleRecord | null {
  const match = pattern.exec(text.slice(0, 300));
  if (!match) return null;
  const [, scaleText, offsetText, unitText, unknownText] = match;
  const scale = Number(scaleText);
  const offset = Number(offsetText);
  const unit = units.find((known) => known === unitText);
  if (!unit || !Number.isFinite(Math.fround(offset + scale * 65535)) || !Number.isFinite(Math.fround(offset)))
    return null;
  return { scale, offset, unit, zeroIsUnknown: unknownText !== undefined };
}

/** True when the record says nothing that plain codes would not say. */
export function isPlain(record: ScaleRecord): boolean {
  return record.scale === 1 && record.offset === 0 && record.unit === 'none' && !record.zeroIsUnknown;
}

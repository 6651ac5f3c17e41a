import type { Rect } from '../../contract/geometry';
import drawn from './marks.json';

/** Column and row of a pixel centre. */
export type Point = readonly [number, number];

/** What was marked in a picture by looking at it, before any result was there. */
export interface Marks {
  /** Parts that hold nothing but texture over an even ground. */
  readonly flat: readonly Rect[];
  /** Lines along edges between two things, that should be kept. */
  readonly edges: readonly (readonly Point[])[];
}

/** Names of the pictures that are marked, without their endings. */
export const markedPictures: readonly string[] = Object.keys(drawn);

/** @throws TypeError for a picture that is not among `markedPictures` */
export function marksOf(picture: string): Marks {
  const marks = Object.entries(drawn).find(([name]) => name === picture)?.[1];
  if (!marks) throw new TypeError(`The picture ${picture} has no marks.`);
  return {
    flat: marks.flat.map(([x, y, width, height]) => ({ x: x!, y: y!, width: width!, height: height! })),
    edges: marks.edges.map((line) => line.map(([x, y]) => [x!, y!] as const)),
  };
}

import path from 'node:path';
import type { BoundDocument } from '../contract/engine';
import type { Processing } from '../contract/recipe';

export type Until = NonNullable<BoundDocument['until']>;

/** The pictures on the way to the result: after every iteration but the last of the last step that is on. */
export function iterationsBefore({ steps }: Processing): Until[] {
  const last = steps.findLast((step) => step.enabled);
  const count = last ? last.iterations - 1 : 0;
  return Array.from({ length: count }, (_, index) => ({ step: last!.id, iteration: index + 1 }));
}

/** Beside the output: `clean.png` → `clean.iteration-2.png`. */
export function iterationPath(outputPath: string, iteration: number): string {
  const { dir, name, ext } = path.parse(outputPath);
  return path.join(dir, `${name}.iteration-${iteration}${ext}`);
}

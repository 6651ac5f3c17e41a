import path from 'node:path';
import { readImage } from '../../codecs/read';
import type { ParameterValues } from '../../contract/filters';
import type { Raster } from '../../raster/raster';
import type { Case, Scene, Subject } from '../comparison';
import { chosen, type EvaluationRequest } from '../family';
import type { Operator } from './operatorRows';
import { photoAt } from './photos';
import { settingTitle, sweepOf, variedIn } from './sweep';

/** An exact filter on photos of a size. */
export interface OperatorCase extends Case {
  readonly operator: Operator;
  readonly size: number;
  /** Beside its defaults; none in the cases that are compared with the paper. */
  readonly told: ParameterValues;
}

/** Short sides of the photos, in pixels (DGF, Fig. 6). */
export const sizes = [512, 1024, 1536, 2048] as const;

export const casesOf = (request: EvaluationRequest, offered: readonly Operator[]): OperatorCase[] =>
  offered.flatMap((operator) =>
    chosen(request, 'sizes', sizes).map((size) => ({
      id: `${operator}-${size}`,
      title: `${operator} ${size} px`,
      conditions: { operator, size },
      operator,
      size,
      told: {},
    })),
  );

/** The settings that clones can be told, at the smallest of the sizes. */
export const sweepCasesOf = (request: EvaluationRequest, offered: readonly Operator[]): OperatorCase[] =>
  offered.flatMap((operator) => {
    const size = Math.min(...chosen(request, 'sizes', sizes));
    return sweepOf(request.filters, operator).map((told): OperatorCase => {
      const setting = settingTitle(told);
      return {
        id: `${operator}-${size}-${setting.replaceAll(/[ ,]+/g, '-')}`,
        title: `${operator} ${size} px, ${setting}`,
        conditions: { operator, size, varied: variedIn(told), setting },
        operator,
        size,
        told,
      };
    });
  });

/** A photo in each of the sizes that it has. */
export const sceneOf = (file: string): Scene<OperatorCase, Subject> => ({
  name: path.parse(file).name,
  async open() {
    const { raster } = await readImage(file);
    const reduced = new Map<number, Raster | null>();
    return ({ size }) => {
      const photo = reduced.has(size) ? reduced.get(size)! : photoAt(raster, size);
      reduced.set(size, photo);
      return photo && { guidance: photo, targets: [photo], truth: null, asPhotos: true };
    };
  },
});

/** A scene’s photo in one of the sizes that it has. @param photos files */
export async function photoOf(photos: readonly string[], name: string, size: number): Promise<Raster> {
  const file = photos.find((one) => path.parse(one).name === name)!;
  return photoAt((await readImage(file)).raster, size)!;
}

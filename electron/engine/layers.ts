import type { TileRequest } from '../contract/engine';
import { SidelightError } from '../contract/errors';
import type { Rect, Size } from '../contract/geometry';
import type { TargetValues } from '../contract/recipe';
import type { SampleMemory } from '../raster/sampleMemory';
import { difference } from './display/difference';
import type { CheckedDocument } from './evaluate/document';
import type { Evaluated, Evaluator } from './evaluate/evaluator';
import { reducedSize, wholeOf } from './evaluate/geometry';
import type { Run } from './evaluate/run';
import type { RasterStore, Source } from './store';

/** The sources a request names, those it names at all. */
export interface BoundSources {
  readonly target: Source | null;
  readonly guidance: Source | null;
  readonly reference: Source | null;
}

export interface LayerParts {
  readonly store: RasterStore;
  readonly evaluator: Evaluator;
  readonly sources: BoundSources;
  /** @throws SidelightError when the document cannot be evaluated */
  readonly checked: () => CheckedDocument;
  /** A result that is put into it lasts until the next one. */
  readonly memory?: SampleMemory;
}

/**
 * One region of one layer in full precision.
 * - `target`, on its own grid; `guidance`, the part in use (all of it while the document cannot be evaluated);
 * - `reference`, all of it; `result`;
 * - `difference`: |result − reference| where a reference is bound, else |result − target enlarged bicubically|:
 *   what the filters changed.
 * @throws SidelightError what evaluating throws; request-invalid for a region outside the layer
 */
export async function readLayer(request: TileRequest, parts: LayerParts, run: Run): Promise<Evaluated> {
  const { region, level } = request;
  const { sources, store, evaluator } = parts;
  const { targetValues } = request.document.processing;
  const plain = (source: Source | null, part: Rect, values?: TargetValues): Evaluated => {
    if (!source) throw outside(request);
    checkInside(request, part);
    return { raster: store.read(source, part, level, region, values), approximate: false };
  };
  switch (request.layer) {
    case 'target':
      return plain(sources.target, wholeIn(sources.target), targetValues);
    case 'reference':
      return plain(sources.reference, wholeIn(sources.reference), targetValues);
    case 'guidance':
      return plain(sources.guidance, checkedOrNull(parts)?.guidanceRegion ?? wholeIn(sources.guidance));
    case 'result': {
      const document = parts.checked();
      checkInside(request, document.size);
      return evaluator.evaluate(document, region, level, run, parts.memory);
    }
    case 'difference': {
      const document = parts.checked();
      checkInside(request, document.size);
      const result = await evaluator.evaluate(document, region, level, run);
      const other = await comparison(request, parts, document, run);
      return { raster: difference(result.raster, other.raster), approximate: result.approximate };
    }
  }
}

async function comparison(
  { region, level }: TileRequest,
  { store, evaluator, sources: { reference } }: LayerParts,
  document: CheckedDocument,
  run: Run,
): Promise<Pick<Evaluated, 'raster'>> {
  if (!reference) {
    const unfiltered = { ...document, processing: { ...document.processing, steps: [] } };
    return evaluator.evaluate(unfiltered, region, level, run);
  }
  const { width, height } = document.size;
  if (reference.info.size.width !== width || reference.info.size.height !== height)
    throw referenceDiffers(reference.info.size, document.size);
  return {
    raster: store.read(reference, wholeOf(document.size), level, region, document.processing.targetValues),
  };
}

/** The document, or null while it cannot be evaluated: what is open is worth seeing all the same. */
export function checkedOrNull({ checked }: Pick<LayerParts, 'checked'>): CheckedDocument | null {
  try {
    return checked();
  } catch (thrown) {
    if (thrown instanceof SidelightError) return null;
    throw thrown;
  }
}

const wholeIn = (source: Source | null): Rect => wholeOf(source?.info.size ?? { width: 1, height: 1 });

function checkInside(request: TileRequest, size: Size): void {
  const { region, level } = request;
  const whole = reducedSize(size, level);
  if (region.x + region.width > whole.width || region.y + region.height > whole.height)
    throw outside(request);
}

const outside = ({ layer, level }: TileRequest) =>
  new SidelightError(
    'request-invalid',
    `A part of the ${layer} at 1/${2 ** level} was asked for that is not there.`,
    'Open the file again.',
    { layer, level },
  );

const referenceDiffers = (reference: Size, result: Size) =>
  new SidelightError(
    'aspect-mismatch',
    `The reference (${reference.width} × ${reference.height}) and the result (${result.width} × ${result.height}) differ in size.`,
    'Open a reference of exactly the result’s size.',
  );

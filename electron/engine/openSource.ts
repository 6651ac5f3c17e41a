import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { readImage } from '../codecs/read';
import type { EngineArgs } from '../contract/engine';
import { fillNearest } from '../raster/fillNearest';
import { fewValues } from '../raster/labels';
import { relativeNoise } from '../raster/noise';
import { knownRange } from '../raster/range';
import { createRaster, type Raster } from '../raster/raster';
import { markUnknown, resolveUnknownMarker } from '../raster/unknown';
import { readColourTransform } from './display/iccProfile';
import type { Source } from './store';

/**
 * Reads a file into full precision and describes it. A target all of whose pixels are unknown opens all the same, so
 * that the user sees it and can change the marker; evaluating it is refused.
 * @throws SidelightError what the codecs throw
 */
export async function openSource(path: string, request: EngineArgs<'openSource'>): Promise<Source> {
  const decoded = await readImage(path);
  const nonFinite = count(decoded.raster.unknown);
  const asked = request.role === 'guidance' ? 'none' : request.unknownMarker;
  const marker = resolveUnknownMarker(decoded.raster, asked);
  const marked = markUnknown(withUnit(decoded.raster, request.unit), marker);
  const unknown = count(marked.unknown);
  const extent = knownRange(marked);
  const raster = extent === null ? marked : createRaster({ ...fillNearest(marked), unknown: marked.unknown });
  return {
    identity: randomUUID(),
    path,
    raster,
    knownRange: extent,
    noise: request.role === 'target' ? relativeNoise(raster, extent) : 0,
    info: {
      sourceId: request.sourceId,
      fileId: request.fileId,
      name: basename(path),
      format: decoded.format,
      size: { width: raster.width, height: raster.height },
      channels: raster.channels,
      hasAlpha: raster.alpha !== null,
      sampleType: raster.sampleType,
      fullScale: raster.fullScale,
      valueRange: extent ?? raster.fullScale,
      fewValues: fewValues(raster, mostFewValues),
      unit: raster.unit,
      unknownPixels: unknown,
      nonFinitePixels: nonFinite,
      unknownMarker: marker,
      hasColourProfile: raster.icc !== null,
      notices: [...decoded.notices, ...profileNotices(raster)],
    },
  };
}

/** As many classes as anyone tells apart by colour, and then some. */
const mostFewValues = 64;

/** What the user says a value means; a file that says so itself is believed when the user says nothing. */
const withUnit = (raster: Raster, unit: Raster['unit']): Raster =>
  unit === 'none' ? raster : { ...raster, unit };

const profileNotices = ({ icc, channels }: Raster): string[] =>
  icc && channels === 3 && !readColourTransform(icc)
    ? ['Its colour profile is of a kind that is not shown: colours may look slightly different on screen.']
    : [];

function count(mask: Uint8Array | null): number {
  let marked = 0;
  if (mask) for (const pixel of mask) marked += pixel;
  return marked;
}

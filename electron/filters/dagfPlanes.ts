import type { Rect, Size } from '../contract/geometry';
import { padByReflection, paddedSize } from '../raster/pad';
import { channelOf, type Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import type { NetworkTensor, TargetView } from './filter';
import type { DagfModel } from './networkModel';
import { addTurnedBack, type Orientation, turned, turnedSize } from './orientations';

/** A target enlarged over a part of the result. The last one is kept: orientations that follow each other mostly want the same. */
interface Enlargement {
  readonly view: TargetView;
  over(part: Rect): Raster;
}

export function enlargementOf(view: TargetView): Enlargement {
  let last: { readonly part: Rect; readonly raster: Raster } | null = null;
  return {
    view,
    over(part) {
      if (last === null || !isSame(last.part, part)) last = { part, raster: upsampleBicubic(view, part) };
      return last.raster;
    },
  };
}

const isSame = (a: Rect, b: Rect) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** What a network sees of a region. */
interface Seen {
  readonly region: Rect;
  readonly target: Enlargement;
  /** As the target was before it was cleaned. */
  readonly noisy: Enlargement;
  /** The model's `guidanceDetail` times as large as the region. */
  readonly guidance: Raster;
}

/** What a network is given of a region, turned, and where its result belongs. */
interface NetworkPlanes {
  /** Its inputs for one channel of the target. */
  inputs(channel: number): Readonly<Record<string, NetworkTensor>>;
  /** Turns its result at full size back and adds it to a plane of the region's size. */
  addResult(result: Float32Array, sum: Float32Array): void;
}

/**
 * Target, guidance and, where a model sees it, the noisy target over a region, continued by reflection to a size that the model
 * takes, and turned.
 */
export function networkPlanes(
  model: DagfModel,
  { region, target, noisy, guidance }: Seen,
  orientation: Orientation,
): NetworkPlanes {
  const { factor, valueRange } = target.view;
  const moved = movedAxes(model, factor, orientation);
  const lead = { x: moved.x ? 1 : 0, y: moved.y ? 1 : 0 };
  const padded = paddedSize(
    { width: region.width + lead.x, height: region.height + lead.y },
    model.sizeMultiple,
  );
  /** @param detail how many times as fine as the region the planes are */
  const tensor = (
    planes: readonly Float32Array[],
    size: Size,
    at = { x: 0, y: 0 },
    detail = 1,
  ): NetworkTensor => {
    const whole = { width: detail * padded.width, height: detail * padded.height };
    const first = { x: detail * at.x, y: detail * at.y };
    const pixels = whole.width * whole.height;
    const data = new Float32Array(planes.length * pixels);
    for (const [index, plane] of planes.entries()) {
      const out = data.subarray(index * pixels, (index + 1) * pixels);
      padByReflection(plane, size, whole, out, first, detail);
      const result = turned(out, whole, orientation);
      if (result !== out) out.set(result);
    }
    return { data, channels: planes.length, ...turnedSize(whole, orientation) };
  };

  const part = {
    ...region,
    ...(moved.x && { x: region.x - factor.x, width: padded.width }),
    ...(moved.y && { y: region.y - factor.y, height: padded.height }),
  };
  // Both by the same range: what the cleaning took away is their difference.
  const extent = valueRange.max - valueRange.min;
  const normalised = (enlargement: Enlargement, channel: number) =>
    tensor(
      [channelOf(enlargement.over(part), channel).map((value) => (value - valueRange.min) / extent)],
      part,
    );
  // A grey guidance is tripled.
  const colours = [0, 1, 2].map((channel) => channelOf(guidance, guidance.channels === 1 ? 0 : channel));
  const guide = tensor(colours, guidance, lead, model.guidanceDetail);
  return {
    inputs: (channel) => ({
      target: normalised(target, channel),
      guidance: guide,
      ...(model.seesNoisy && { noisy: normalised(noisy, channel) }),
    }),
    addResult: (result, sum) =>
      addTurnedBack(result, padded, orientation, { ...region, x: lead.x, y: lead.y }, sum),
  };
}

/**
 * The axes along which blocks are laid anew. Weights for picked pixels know the last pixel of every block as the one that was kept; in a
 * mirrored axis it would be the first one. So blocks begin there with the pixels that were kept: the planes begin one pixel before
 * the region, and as a target is enlarged about the middle of its blocks, it moves by a block less that pixel. It is enlarged as far as the
 * planes reach and not continued by reflection there, so that the last block counts whole.
 */
const movedAxes = (
  { degradation }: DagfModel,
  factor: TargetView['factor'],
  { mirrored }: Orientation,
): Orientation['mirrored'] => ({
  x: degradation === 'nearest' && mirrored.x && factor.x > 1,
  y: degradation === 'nearest' && mirrored.y && factor.y > 1,
});

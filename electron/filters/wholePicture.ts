import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Range, Size } from '../contract/geometry';
import type { Raster } from '../raster/raster';
import { upsampleBicubic } from '../raster/upsample';
import type { Filter, FilterInput, FilterRuntime, TargetView } from './filter';
import { unitPlanes, withUnitPlanes } from './unitPlanes';

/** Planes of one picture, one a channel, about 0…1; not to be written. */
export interface UnitPicture {
  readonly planes: readonly Float32Array[];
  readonly size: Size;
}

interface WholePictureFilter {
  readonly description: FilterDescription;
  readonly bytesPerPixel: number;
  /** The values that count as 0…1. */
  readonly range: (target: TargetView) => Range;
  /** What `change` is told; `parameters` when left out. @param given the target as it is changed: enlarged, in its own unit */
  readonly meantFor?: (parameters: ParameterValues, given: Raster, input: FilterInput) => ParameterValues;
  /**
   * @param planes one a channel, about 0…1; not to be written
   * @param larger the picture on a larger grid, where the planes are but a copy of it: its statistics count, not the planes' own
   * @returns the result's planes; `planes` themselves when nothing changes
   */
  readonly change: (
    planes: readonly Float32Array[],
    size: Size,
    parameters: ParameterValues,
    runtime: FilterRuntime,
    larger: UnitPicture | null,
  ) => Promise<readonly Float32Array[]>;
}

/** A filter that needs no guidance and works on all channels of the whole picture at once. A coarser target is enlarged bicubically. */
export const wholePictureFilter = ({
  description,
  bytesPerPixel,
  range,
  meantFor,
  change,
}: WholePictureFilter): Filter => ({
  description,
  tileNeeds: () => ({ extent: 'whole', reach: 0, multiple: 1, bytesPerPixel }),
  async apply(input, parameters, runtime) {
    const { target, region, overview } = input;
    const enlarged = upsampleBicubic(target, region);
    const values = range(target);
    // The same value everywhere, of a kind that has no scale of its own: nothing says what 0…1 would be.
    if (!(values.max > values.min)) return enlarged;
    const planes = unitPlanes(enlarged, values);
    const size = { width: region.width, height: region.height };
    // An overview that a filter has asked for itself, of a picture that is all there, is smaller.
    const larger = overview && isLarger(overview, size) ? asUnitPicture(overview, values) : null;
    const meant = meantFor ? meantFor(parameters, enlarged, input) : parameters;
    const changed = await change(planes, size, meant, runtime, larger);
    return changed === planes ? enlarged : withUnitPlanes(enlarged, changed, values);
  },
});

const isLarger = (one: Size, other: Size) => one.width * one.height > other.width * other.height;

const asUnitPicture = (raster: Raster, values: Range): UnitPicture => ({
  planes: unitPlanes(raster, values),
  size: { width: raster.width, height: raster.height },
});

import type { FilterDescription, ParameterValues } from '../contract/filters';
import type { Range, Size } from '../contract/geometry';
import { upsampleBicubic } from '../raster/upsample';
import type { Filter, FilterRuntime, TargetView } from './filter';
import { unitPlanes, withUnitPlanes } from './unitPlanes';

interface WholePictureFilter {
  readonly description: FilterDescription;
  readonly bytesPerPixel: number;
  /** The values that count as 0…1. */
  readonly range: (target: TargetView) => Range;
  /**
   * @param planes one a channel, about 0…1; not to be written
   * @returns the result's planes; `planes` themselves when nothing changes
   */
  readonly change: (
    planes: readonly Float32Array[],
    size: Size,
    parameters: ParameterValues,
    runtime: FilterRuntime,
  ) => Promise<readonly Float32Array[]>;
}

/** A filter that needs no guidance and works on all channels of the whole picture at once. A coarser target is enlarged bicubically. */
export const wholePictureFilter = ({
  description,
  bytesPerPixel,
  range,
  change,
}: WholePictureFilter): Filter => ({
  description,
  tileNeeds: () => ({ extent: 'whole', reach: 0, multiple: 1, bytesPerPixel }),
  async apply({ target, region }, parameters, runtime) {
    const enlarged = upsampleBicubic(target, region);
    const values = range(target);
    // The same value everywhere, of a kind that has no scale of its own: nothing says what 0…1 would be.
    if (!(values.max > values.min)) return enlarged;
    const planes = unitPlanes(enlarged, values);
    const size = { width: region.width, height: region.height };
    const changed = await change(planes, size, parameters, runtime);
    return changed === planes ? enlarged : withUnitPlanes(enlarged, changed, values);
  },
});

import type { Device } from '../../contract/devices';
import type { FilterRuntime } from '../../filters/filter';

/** One walk through a document's tiles: what it runs on, and how it hears that it should stop. */
export interface Run {
  readonly runtime: FilterRuntime;
  /** Part of what a tile's values depend on. */
  readonly device: Device;
  /** Ids of the models that made the tiles so far, in order, repeated as often as they were run. */
  readonly models: string[];
}

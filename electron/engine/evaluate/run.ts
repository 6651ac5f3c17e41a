import type { Device } from '../../contract/devices';
import type { FilterRuntime, NetworkGraph } from '../../filters/filter';
import type { Precision } from '../providers/provider';
import type { Meter } from './meter';

/** What a tile's values depend on beside the document. */
export interface Computing {
  readonly device: Device;
  /** What networks compute in; float32 when left out. */
  readonly precision?: Precision;
}

/** Names what a stage's values depend on, with what they are computed on. */
export const contentOn = ({ device, precision }: Computing, key: string) =>
  `${device} ${precision ?? 'float32'}:${key}`;

/** One walk through a document's tiles: what it runs on, and how it hears that it should stop. */
export interface Run extends Computing {
  readonly runtime: FilterRuntime;
  /** What computes this graph: the processor where `device` was found wrong in it. */
  deviceOf(network: NetworkGraph): Device;
  /** Ids of the models that made the tiles so far, in order, repeated as often as they were run. */
  readonly models: string[];
  /** Counts the tiles that are computed. */
  readonly meter?: Meter;
}

import type { Device } from '../contract/devices';
import { SidelightError } from '../contract/errors';
import type { ProviderFailure } from './providers/provider';

export const fellBack = (from: Device, to: Device, detail: string) =>
  new SidelightError(
    'device-failed',
    `The device “${from}” failed: ${detail} The work goes on with “${to}”.`,
    'Nothing is lost. Updating the graphics driver may help.',
    { from, to },
  );

/** @param difference from the processor as a share of the range; null for what cannot be compared */
export const wrongOn = (device: Device, model: { id: string; title: string }, difference: number | null) =>
  new SidelightError(
    'device-wrong-result',
    `The device “${device}” computes the model “${model.title}” wrongly${difference === null ? '' : `, by ${(difference * 100).toPrecision(2)} % of the range`}. The processor computes it from now on.`,
    'Nothing is lost, but it takes longer. Updating the graphics driver may help.',
    { device, model: model.id, difference },
  );

export const processorFailed = (detail: string) =>
  new SidelightError(
    'device-failed',
    `The network failed on the processor: ${detail}`,
    'Choose another filter, or install Sidelight again.',
  );

export const memoryExhausted = (cause: ProviderFailure) =>
  new SidelightError(
    'memory-exhausted',
    'A tile did not fit into memory.',
    'Close other programs, or use a faster quality.',
    undefined,
    cause,
  );

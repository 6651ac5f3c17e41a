import { z } from 'zod';

/** ONNX Runtime execution providers Sidelight knows, fastest first: the order of the fallback chain. */
export const devices = ['cuda', 'coreml', 'dml', 'webgpu', 'cpu'] as const;
export type Device = (typeof devices)[number];

export const deviceChoiceSchema = z.enum(['auto', ...devices]);
export type DeviceChoice = z.infer<typeof deviceChoiceSchema>;

const deviceStatusSchema = z.object({
  device: z.enum(devices),
  title: z.string(),
  state: z.enum(['ready', 'probing', 'unprobed', 'unavailable', 'failed', 'wrong-result']),
  /** Why it is not ready, or what it measured when it was probed. */
  detail: z.string(),
  /** Milliseconds the probe tile took; null until probed. */
  probeMilliseconds: z.number().nullable(),
  /** Largest difference from the CPU on the probe tile, as a share of the range; null until probed. */
  probeDifference: z.number().nullable(),
});
export type DeviceStatus = z.infer<typeof deviceStatusSchema>;

export const deviceReportSchema = z.object({
  choice: deviceChoiceSchema,
  /** The device that runs networks now. */
  active: z.enum(devices),
  devices: z.array(deviceStatusSchema),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;

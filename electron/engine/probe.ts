import type { Device } from '../contract/devices';
import type { NetworkTensor } from '../filters/filter';
import { differenceFrom, tolerance } from './agreement/difference';
import type { ProbeOutcome } from './control';
import type { ModelLibrary } from './models/library';
import type { ModelOf } from './models/manifest';
import type { NetworkSession, ProviderTable } from './providers/provider';

/** Where float16 is tried: other providers choose their precision themselves, and the processor gains nothing. */
const float16Devices: readonly Device[] = ['webgpu'];

/** Side of the probe tile: enough for every layer to matter, little enough for a software driver. */
const tileSide = 64;

/**
 * Runs a small tile of an installed network on a device and on the CPU and compares them. Run in a process of its own:
 * a faulty driver may take the process with it.
 */
export async function probe(
  device: Device,
  providers: ProviderTable,
  library: ModelLibrary,
): Promise<ProbeOutcome> {
  const reason = await providers[device].unavailable();
  if (reason !== null) return { state: 'unavailable', detail: reason };
  try {
    const smallest = library.smallest();
    if (!smallest) return { state: 'unavailable', detail: 'No model is installed to try it with.' };
    const network = await library.network(smallest.model, smallest.output);
    const inputs = probeTile(
      smallest.model,
      Math.ceil(tileSide / smallest.model.sizeMultiple) * smallest.model.sizeMultiple,
    );
    const session = await providers[device].open(network, smallest.output.id).catch(unstartable);
    if ('detail' in session) return session;
    const candidate = await runTwice(session, inputs);
    const expected = await runTwice(await providers.cpu.open(network, smallest.output.id), inputs);
    const outcome = judge(candidate, expected);
    if (outcome.state !== 'ready' || !smallest.output.float16 || !float16Devices.includes(device))
      return outcome;
    const halves = await library.network(smallest.model, smallest.output, 'float16');
    const open = () => providers[device].open(halves, smallest.output.id);
    return { ...outcome, float16: await isRight(open, inputs, expected) };
  } catch (thrown) {
    return { state: 'failed', detail: messageOf(thrown) };
  }
}

interface Timed {
  readonly result: NetworkTensor;
  readonly milliseconds: number;
}

/** A device without float16 arithmetic already refuses to open such a network. */
async function isRight(
  open: () => Promise<NetworkSession>,
  inputs: Record<string, NetworkTensor>,
  expected: Timed,
): Promise<boolean> {
  try {
    const { result } = await runTwice(await open(), inputs);
    const difference = shareOfRange(result, expected.result);
    return difference !== null && difference <= tolerance.float16;
  } catch {
    return false;
  }
}

function judge(candidate: Timed, expected: Timed): ProbeOutcome {
  const difference = shareOfRange(candidate.result, expected.result);
  if (difference === null)
    return { state: 'wrong-result', difference: null, detail: 'It gave values that are not numbers.' };
  if (difference <= tolerance.float32) {
    const { milliseconds } = candidate;
    const processorMilliseconds = expected.milliseconds;
    return { state: 'ready', milliseconds, processorMilliseconds, difference, float16: false };
  }
  const detail = `Its result differs from the processor’s by ${(difference * 100).toPrecision(2)} % of the range.`;
  return { state: 'wrong-result', difference, detail };
}

/** As a share of the expected values' extent; null when a value is not finite or the shapes differ. */
function shareOfRange(result: NetworkTensor, expected: NetworkTensor): number | null {
  const difference = differenceFrom(expected, result);
  if (difference === null) return null;
  const { largest, extent } = difference;
  return extent > 0 ? largest / extent : largest;
}

/** No driver, no adapter, no library: there is no such device here, as opposed to one that fails at work. */
const unstartable = (thrown: unknown) =>
  ({
    state: 'unavailable',
    detail: 'No driver or library for it was found on this computer.',
    technical: messageOf(thrown),
  }) as const;

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));

/** The second run counts: the first one also compiles. */
async function runTwice(session: NetworkSession, inputs: Record<string, NetworkTensor>): Promise<Timed> {
  await session.run(inputs);
  const start = performance.now();
  const result = await session.run(inputs);
  const milliseconds = performance.now() - start;
  await session.release();
  return { result, milliseconds };
}

/**
 * A step edge, a slope and fine texture: everything the network reacts to, the same on every computer.
 * @param side of the target, pixels
 */
function probeTile({ inputs, guidanceDetail }: ModelOf<'dagf'>, side: number): Record<string, NetworkTensor> {
  const valueAt = (channel: number, x: number, y: number) => {
    const edge = x + 2 * y > 1.4 * side ? 0.5 : 0.1;
    const slope = (0.3 * (channel + 1) * y) / (3 * side);
    return edge + slope + 0.1 * Math.sin(0.7 * x + channel) * Math.cos(0.4 * y);
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([role, { name, channels }]) => {
      const detail = role === 'guidance' ? guidanceDetail : 1;
      const length = detail * side;
      const data = Float32Array.from({ length: channels * length ** 2 }, (_, i) => {
        const pixel = i % length ** 2;
        const [x, y] = [pixel % length, Math.floor(pixel / length)];
        return valueAt(Math.floor(i / length ** 2), x / detail, y / detail);
      });
      return [name, { data, channels, height: length, width: length }];
    }),
  );
}

import { LRUCache } from 'lru-cache';
import type { Device } from '../../contract/devices';
import type { NetworkTensor } from '../../filters/filter';
import type { NetworkSession, Precision, ProviderTable } from '../providers/provider';
import type { ModelLibrary } from './library';

type Open = LRUCache<string, Promise<NetworkSession>>;

/**
 * Networks ready to run, one for each device, output and precision; the least recently used one is closed when there are too many.
 * On the processor only one is kept: each holds on to the working memory of its largest tile, half a gigabyte for DAGF,
 * and another one is ready in a tenth of a second. On a GPU, where opening takes long, there may be more.
 */
export class Sessions {
  private readonly onProcessor: Open = keptSessions(1);
  private readonly onGpu: Open;

  constructor(
    private readonly library: ModelLibrary,
    private readonly providers: ProviderTable,
    limit: number,
  ) {
    this.onGpu = keptSessions(limit);
  }

  /** @throws SidelightError model-missing, model-damaged; ProviderFailure */
  async get(
    device: Device,
    modelId: string,
    outputId: string,
    precision: Precision = 'float32',
  ): Promise<NetworkSession> {
    const key = `${device}/${modelId}/${outputId}/${precision}`;
    const open = device === 'cpu' ? this.onProcessor : this.onGpu;
    const known = open.get(key);
    if (known) return known;
    const opening = this.start(device, modelId, outputId, precision);
    open.set(key, opening);
    try {
      return await opening;
    } catch (thrown) {
      open.delete(key);
      throw thrown;
    }
  }

  /**
   * One run on the processor that leaves nothing behind: what is kept ready there stays, and no more memory is held afterwards.
   * @param inputs by their name in the graph
   * @throws as `get`
   */
  async onceOnProcessor(
    modelId: string,
    outputId: string,
    inputs: Readonly<Record<string, NetworkTensor>>,
  ): Promise<NetworkTensor> {
    const session = await this.start('cpu', modelId, outputId, 'float32');
    try {
      return await session.run(inputs);
    } finally {
      await session.release();
    }
  }

  private async start(
    device: Device,
    modelId: string,
    outputId: string,
    precision: Precision,
  ): Promise<NetworkSession> {
    const { model, output } = this.library.find(modelId, outputId);
    return this.providers[device].open(await this.library.network(model, output, precision), output.id);
  }
}

const keptSessions = (limit: number): Open =>
  new LRUCache({
    max: limit,
    // A session that never opened has nothing to release.
    dispose: (session) => void session.then((opened) => opened.release()).catch(() => undefined),
  });

import { LRUCache } from 'lru-cache';
import type { Device } from '../../contract/devices';
import type { NetworkSession, ProviderTable } from '../providers/provider';
import type { ModelLibrary } from './library';

/** Networks ready to run, one for each device and output; the least recently used one is closed when there are too many. */
export class Sessions {
  private readonly open: LRUCache<string, Promise<NetworkSession>>;

  constructor(
    private readonly library: ModelLibrary,
    private readonly providers: ProviderTable,
    limit: number,
  ) {
    this.open = new LRUCache({
      max: limit,
      // A session that never opened has nothing to release.
      dispose: (session) => void session.then((opened) => opened.release()).catch(() => undefined),
    });
  }

  /** @throws SidelightError model-missing, model-damaged; ProviderFailure */
  async get(device: Device, modelId: string, outputId: string): Promise<NetworkSession> {
    const key = `${device}/${modelId}/${outputId}`;
    const known = this.open.get(key);
    if (known) return known;
    const opening = this.start(device, modelId, outputId);
    this.open.set(key, opening);
    try {
      return await opening;
    } catch (thrown) {
      this.open.delete(key);
      throw thrown;
    }
  }

  private async start(device: Device, modelId: string, outputId: string): Promise<NetworkSession> {
    const { output } = this.library.find(modelId, outputId);
    return this.providers[device].open(await this.library.bytes(output), output.id);
  }
}

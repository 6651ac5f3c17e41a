import { LRUCache } from 'lru-cache';
import { SidelightError } from '../../contract/errors';
import type { OwnNetwork } from '../../contract/ownNetworks';
import type { NetworkTensor, OwnNetworks } from '../../filters/filter';
import type { TrialOutcome } from '../control';
import { ProviderFailure } from '../providers/provider';
import type { OpenWholeModel, WholeModel } from '../providers/wholeModel';
import { fingerprintOf, readModelFile } from './modelFile';
import { fromPlanes, toPlanes } from './planes';
import { changedSince, failedAtWork, notOpen } from './problems';
import { shapeOf } from './signature';

interface Known {
  readonly network: OwnNetwork;
  readonly path: string;
}

/**
 * The networks that users brought, by the fingerprint of their files. None is loaded here that has not passed a trial in a
 * process of its own, and none but the very bytes that passed. They run on the processor, one is kept ready.
 */
export class OwnModels implements OwnNetworks {
  private readonly known = new Map<string, Known>();
  private readonly ready = new LRUCache<string, Promise<WholeModel>>({
    max: 1,
    // A model that never opened has nothing to release.
    dispose: (model) => void model.then((opened) => opened.release()).catch(() => undefined),
  });

  /** @param requestTrial tries the file behind an id in a process of its own */
  constructor(
    private readonly openModel: OpenWholeModel,
    private readonly requestTrial: (fileId: string) => Promise<TrialOutcome>,
  ) {}

  /** @throws SidelightError own-model-unsuited, file-not-found, file-not-readable */
  async open(fileId: string, path: string): Promise<OwnNetwork> {
    const before = this.known.get(await fingerprintOf(path));
    if (before) {
      this.known.set(before.network.fingerprint, { ...before, path });
      return before.network;
    }
    const outcome = await this.requestTrial(fileId);
    if (outcome.state === 'unsuited') throw SidelightError.fromData(outcome.problem);
    const { network } = outcome;
    this.known.set(network.fingerprint, { network, path });
    return network;
  }

  find(fingerprint: string): OwnNetwork {
    return this.entry(fingerprint).network;
  }

  pathOf(fingerprint: string): string | undefined {
    return this.known.get(fingerprint)?.path;
  }

  async run(fingerprint: string, picture: NetworkTensor): Promise<NetworkTensor> {
    const { network } = this.entry(fingerprint);
    const { input, output, name } = network;
    const model = await this.load(fingerprint);
    const data = fromPlanes(picture.data, input.channels, input.layout);
    const dims = shapeOf(input.layout, input.channels, picture);
    const given = await model.run(input.name, input.type, { dims, data }, output.name).catch((thrown) => {
      throw thrown instanceof ProviderFailure ? failedAtWork(name, thrown.message, thrown) : thrown;
    });
    const size = { width: picture.width / output.reduction, height: picture.height / output.reduction };
    const expected = shapeOf(output.layout, output.channels, size);
    if (given.dims.join() !== expected.join())
      throw failedAtWork(name, `it gave the shape ${given.dims.join(' × ')}, not ${expected.join(' × ')}.`);
    if (!given.data.every(Number.isFinite)) throw failedAtWork(name, 'it gave values that are not numbers.');
    return { data: toPlanes(given.data, output.channels, output.layout), channels: output.channels, ...size };
  }

  private entry(fingerprint: string): Known {
    const known = this.known.get(fingerprint);
    if (!known) throw notOpen();
    return known;
  }

  private load(fingerprint: string): Promise<WholeModel> {
    const known = this.ready.get(fingerprint);
    if (known) return known;
    const loading = this.start(fingerprint);
    this.ready.set(fingerprint, loading);
    loading.catch(() => this.ready.delete(fingerprint));
    return loading;
  }

  private async start(fingerprint: string): Promise<WholeModel> {
    const { path, network } = this.entry(fingerprint);
    const file = await readModelFile(path);
    if (file.fingerprint !== fingerprint) throw changedSince(network.name);
    return this.openModel(file.bytes).catch((thrown) => {
      throw thrown instanceof ProviderFailure ? failedAtWork(network.name, thrown.message, thrown) : thrown;
    });
  }
}

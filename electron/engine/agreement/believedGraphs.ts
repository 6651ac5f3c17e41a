import type { Device } from '../../contract/devices';
import type { SidelightError } from '../../contract/errors';
import type { NetworkTensor } from '../../filters/filter';
import type { Model, ModelOutput } from '../models/manifest';
import type { Sessions } from '../models/sessions';
import { memoryExhausted, processorFailed, wrongOn } from '../networkProblems';
import { type Precision, ProviderFailure } from '../providers/provider';
import { differenceFrom, tolerance } from './difference';
import { emptyPicture, hasOnlyNumbers, isBlack, notNumbers } from './faults';
import { pieceOf } from './piece';

type Inputs = Readonly<Record<string, NetworkTensor>>;

/** What computes one output of a model. */
export interface Graph {
  readonly model: Model;
  readonly output: ModelOutput;
}

/** What a graph is computed on, and in. */
export interface Place {
  readonly device: Device;
  readonly precision: Precision;
}

/** What a comparison showed, once for all. */
interface Finding extends Place {
  readonly model: Model;
  readonly agrees: boolean;
}

/** `faulty`: it gave what no network gives, so that the device is to blame, not how it computes this graph. */
type Verdict = 'agrees' | 'differs' | { readonly faulty: string };

/**
 * The range that values of networks are in units of. What is rounded are values as large as that, whatever the contrast of a
 * piece: a flat one is not held to less.
 */
const range = 1;

/**
 * Which graphs each device computes as the processor does. A graph is believed on another device once a piece of the inputs at
 * hand has come out there as on the processor; the probe, which tries the device, tries one graph only. One that differs in
 * float16 is computed in float32, one that differs in float32 by the processor, for as long as the engine lives.
 */
export class BelievedGraphs {
  private readonly known = new Map<string, Finding>();
  private readonly underWay = new Map<string, Promise<Verdict>>();

  /** @param warn tells the user, once for a model, that the processor computes it from then on */
  constructor(
    private readonly sessions: Sessions,
    private readonly warn: (warning: SidelightError) => void,
  ) {}

  /** Where a graph is computed that is wanted there, by what is known now. */
  placeOf(graph: Graph, wanted: Place): Place {
    const exact: Place = { ...wanted, precision: 'float32' };
    if (this.isWrong(graph, exact)) return { device: 'cpu', precision: 'float32' };
    return this.isWrong(graph, wanted) ? exact : wanted;
  }

  /**
   * Those of some models that the processor computes, in part at least, in the place of a device.
   * @param ids of the models
   * @returns their titles, and whether the device has no part in any of the models
   */
  leftToProcessor(device: Device, ids: readonly string[]): { titles: string[]; entirely: boolean } {
    const exact = [...this.known.values()].filter(
      (one) => one.device === device && one.precision === 'float32',
    );
    const found = ids.map((id) => exact.filter(({ model }) => model.id === id));
    const isWrong = ({ agrees }: Finding) => !agrees;
    return {
      titles: found.flatMap((ofModel) => ofModel.find(isWrong)?.model.title ?? []),
      entirely: found.length > 0 && found.every((ofModel) => ofModel.length > 0 && ofModel.every(isWrong)),
    };
  }

  /**
   * Compares a graph's results with the processor's unless that was done before; its place is another one once it differs.
   * @param inputs by their name in the graph, at full size
   * @throws ProviderFailure of the device; SidelightError memory-exhausted, device-failed when the processor fails
   */
  async check(graph: Graph, place: Place, inputs: Inputs): Promise<Verdict> {
    if (place.device === 'cpu') return 'agrees';
    const key = keyOf(graph, place);
    for (let other = this.underWay.get(key); other; other = this.underWay.get(key))
      // Whatever becomes of it there: what it shows is known afterwards, or is tried with these inputs.
      await other.catch(() => null);
    const known = this.known.get(key);
    if (known) return known.agrees ? 'agrees' : 'differs';
    const checking = this.compare(graph, place, inputs).finally(() => this.underWay.delete(key));
    this.underWay.set(key, checking);
    return checking;
  }

  private async compare(graph: Graph, place: Place, inputs: Inputs): Promise<Verdict> {
    const { model, output } = graph;
    const session = await this.sessions.get(place.device, model.id, output.id, place.precision);
    const piece = pieceOf(inputs, session.sides, model.network === 'dagf' ? model.sizeMultiple : 1);
    const result = await session.run(piece);
    if (!hasOnlyNumbers(result)) return { faulty: notNumbers };
    const expected = await this.sessions.onceOnProcessor(model.id, output.id, piece).catch(ofProcessor);
    if (isBlack(result) && !isBlack(expected)) return { faulty: emptyPicture };
    const difference = differenceFrom(expected, result);
    const share = difference && difference.largest / Math.max(difference.extent, range);
    const allowed = tolerance[place.precision];
    if (difference === null || share === null || share > allowed) {
      this.differs(graph, place, share);
      return 'differs';
    }
    // Where next to nothing came out, another network would have agreed as well.
    if (difference.extent > allowed) this.note(graph, place, true);
    return 'agrees';
  }

  private differs(graph: Graph, place: Place, share: number | null): void {
    const { model } = graph;
    const isTold = this.leftToProcessor(place.device, [model.id]).titles.length > 0;
    this.note(graph, place, false);
    if (place.precision === 'float32' && !isTold) this.warn(wrongOn(place.device, model, share));
  }

  private note(graph: Graph, place: Place, agrees: boolean): void {
    this.known.set(keyOf(graph, place), { ...place, model: graph.model, agrees });
  }

  private isWrong(graph: Graph, place: Place): boolean {
    return this.known.get(keyOf(graph, place))?.agrees === false;
  }
}

const keyOf = ({ model, output }: Graph, { device, precision }: Place) =>
  `${device}/${model.id}/${output.id}/${precision}`;

/** It is what others are held to, and what goes on in their place: there is nothing beside it. */
function ofProcessor(thrown: unknown): never {
  if (!(thrown instanceof ProviderFailure)) throw thrown;
  throw thrown.kind === 'memory' ? memoryExhausted(thrown) : processorFailed(thrown.message);
}

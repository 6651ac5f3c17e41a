/** What the manifest says of a model, as far as filters choose by it. */
export type NetworkModel = DagfModel | DgfModel;

/** The degradation of what denoises small targets on their own grid: for other models, and no target by itself. */
export const lowNoise = 'low-noise';

/** Super-resolution and denoising along a guidance. */
export interface DagfModel {
  readonly network: 'dagf';
  readonly id: string;
  readonly title: string;
  /** Result pixels per target pixel that it was trained for; 1: targets on the guidance's grid. */
  readonly factors: readonly number[];
  /** What was done to the targets that it was trained on, as the manifest names it. */
  readonly degradation: string;
  /** Id of the model that removes a target's noise on its own grid before this one enlarges it; none when left out. */
  readonly denoisedBy?: string | undefined;
  /** Whether it is told the target before that as well, as its input `noisy`. */
  readonly seesNoisy: boolean;
  /**
   * Pixels of guidance for every target pixel along both sides that its graphs want: their input `guidance` is so many times as high and
   * as wide as `target`. More than 1 only where it denoises small targets.
   */
  readonly guidanceDetail: number;
  readonly variant: 'standard' | 'wide' | 'fast';
  /** Of its features at every level: its memory grows with them. */
  readonly channels: number;
  readonly sizeMultiple: number;
  readonly outputs: readonly { readonly id: string; readonly scale: number; readonly reach: number }[];
}

/** A parameter that a clone is told: 0…1 over the range that it was trained on, by ratios where it is `log`. */
interface ModelCondition {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
}

/** The clone of an operator. */
export interface DgfModel {
  readonly network: 'dgf';
  readonly id: string;
  readonly title: string;
  /** The filter that it was taught by. */
  readonly operator: string;
  readonly variant: 's' | 'b' | 'cb' | 'c' | 'can';
  /** Short side of the low-resolution picture that it was trained on, pixels; null for the network at full resolution. */
  readonly side: number | null;
  /** The operator's parameters that it is told, in the order of its input `condition`. */
  readonly conditions: readonly ModelCondition[];
  /**
   * Whether it is told the texture of the picture, as its input `texture`: that inside the pixels of the largest of its copies, the
   * overview's, the draft's or the small one.
   */
  readonly texture: boolean;
  /**
   * Short side of the copy, no smaller than the small one, on which the operator itself makes the draft that it is told as its input
   * `draft`; null where it is told none.
   */
  readonly draft: number | null;
  /**
   * Short side of the copy, no smaller than the draft's, by whose statistics the operator makes the draft; null where it goes by those of
   * the draft's copy itself.
   */
  readonly overview: number | null;
  readonly outputs: readonly { readonly id: string; readonly reach: number }[];
}

type Network = NetworkModel['network'];

/** Models of one network, typed as such. */
export const modelsOf = <Wanted extends Network>(
  models: (network: Network) => readonly NetworkModel[],
  network: Wanted,
): readonly Extract<NetworkModel, { network: Wanted }>[] =>
  models(network).filter(
    (model): model is Extract<NetworkModel, { network: Wanted }> => model.network === network,
  );

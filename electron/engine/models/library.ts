import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SidelightError } from '../../contract/errors';
import type { NetworkFiles, Precision } from '../providers/provider';
import { type Model, type ModelFile, type ModelOf, type ModelOutput, readManifest } from './manifest';

/** The installed models: what there is, and the files of one output's network, checked before they are used. */
export class ModelLibrary {
  private loaded: readonly Model[] | null = null;

  constructor(private readonly folder: string) {}

  /** @throws SidelightError model-missing, model-manifest-invalid */
  models(network: Model['network']): readonly Model[] {
    return this.all().filter((model) => model.network === network);
  }

  /** The network for targets along a guidance that is quickest to load; null when none is installed. */
  smallest(): { model: ModelOf<'dagf'>; output: ModelOutput } | null {
    const [smallest] = this.all()
      .filter((model): model is ModelOf<'dagf'> => model.network === 'dagf')
      .flatMap((model) => model.outputs.map((output) => ({ model, output })))
      .sort((a, b) => b.output.scale - a.output.scale || a.output.bytes - b.output.bytes);
    return smallest ?? null;
  }

  /** @throws SidelightError model-missing */
  find(modelId: string, outputId: string): { model: Model; output: ModelOutput } {
    const model = this.all().find((candidate) => candidate.id === modelId);
    const output = model?.outputs.find((candidate) => candidate.id === outputId);
    if (model && output) return { model, output };
    throw new SidelightError(
      'model-missing',
      `There is no model “${modelId}” with an output “${outputId}”.`,
      'Choose another model, or install Sidelight again.',
      { model: modelId, output: outputId },
    );
  }

  /**
   * Graph and weights of one output, only if they are exactly the ones the manifest names; in float32 where there is no
   * graph of the wanted precision.
   * @throws SidelightError model-missing, model-damaged
   */
  async network(model: Model, output: ModelOutput, precision: Precision = 'float32'): Promise<NetworkFiles> {
    const file = (precision === 'float16' ? output.float16 : undefined) ?? output;
    const [graph, weights] = await Promise.all([this.bytes(file), this.bytes(model.weights)]);
    return { graph, weights: { file: model.weights.file, bytes: weights } };
  }

  private async bytes(file: ModelFile): Promise<Uint8Array> {
    const path = join(this.folder, file.file);
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new SidelightError(
        'model-missing',
        `The model file ${path} cannot be read.`,
        'Install Sidelight again, or use a filter without a network.',
        { path },
        cause,
      );
    });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 === file.sha256) return bytes;
    throw new SidelightError(
      'model-damaged',
      `The model file ${path} is damaged: its content is not what it was when it was made.`,
      'Install Sidelight again, or use a filter without a network.',
      { path, expected: file.sha256, found: sha256 },
    );
  }

  private all(): readonly Model[] {
    this.loaded ??= readManifest(this.folder);
    return this.loaded;
  }
}

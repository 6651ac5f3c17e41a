import { readFileSync } from 'node:fs';
import type { Device } from '../../electron/contract/devices';
import type { Size } from '../../electron/contract/geometry';
import { BelievedGraphs } from '../../electron/engine/agreement/believedGraphs';
import type { Devices } from '../../electron/engine/devices';
import type { Run } from '../../electron/engine/evaluate/run';
import { applyFilter, inputStage } from '../../electron/engine/evaluate/stage';
import { stepParameters } from '../../electron/engine/evaluate/stepParameters';
import { gpuTiles, tileSide, tilesTouching } from '../../electron/engine/evaluate/tiling';
import { ModelLibrary } from '../../electron/engine/models/library';
import { Sessions } from '../../electron/engine/models/sessions';
import { Networks } from '../../electron/engine/networks';
import { onnxRuntimeProviders } from '../../electron/engine/providers/onnxRuntime';
import type { Precision } from '../../electron/engine/providers/provider';
import { dgf } from '../../electron/filters/dgf';
import { draftOf, draftParameters } from '../../electron/filters/dgf/draft';
import { chooseDgfModel } from '../../electron/filters/dgf/model';
import { clonedOperators } from '../../electron/filters/dgf/operators';
import type { NetworkRunner, TileNeeds } from '../../electron/filters/filter';
import { createRaster, type Raster } from '../../electron/raster/raster';
import { type OverviewRasters, OverviewReduction, overviewSpec } from '../../electron/raster/reduceOverview';

/** What the engine is given by the application for tiles in work, bytes. */
const tileBytes = 640 * 2 ** 20;

export interface Wanted extends Size {
  /** Folder with the manifest. */
  readonly models: string;
  /** As the filter `dgf` takes them, completed by its defaults. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly device: Device;
  readonly precision: Precision;
  /**
   * File of the photograph's sRGB bytes, plane after plane: what a draft takes depends on the picture, and operators leave one
   * without colour or haze as it is.
   */
  readonly picture: string;
}

/**
 * Milliseconds: "reduction" to the overview; "draft", what the operator itself makes of that, or of a smaller copy of it, which counts
 * too, on the processor whatever the device;
 * "coefficients" and "result", the graphs with their copies; "total", all of it.
 */
export type Parts = Record<string, number>;

export interface Opened {
  readonly model: string;
  readonly tiles: number;
  readonly side: number;
  pass(): Promise<Parts>;
}

/** The ids of the models that the application takes for its operators when nothing else is chosen, for a picture of this size. */
export function usualModels(models: string, size: Size): string[] {
  const library = new ModelLibrary(models);
  return clonedOperators.map(({ operator }) => {
    const parameters = stepParameters(dgf, { operator: operator.description.id }, size);
    return chooseDgfModel(parameters, { models: (network) => library.models(network) }).id;
  });
}

/**
 * The deep guided filter as the application applies it to a whole photograph on one device: the reduction in strips, its
 * tiles, the engine's checks of what networks give. Fails where the application would go on with another device.
 */
export function open(wanted: Wanted): Opened {
  const { models, parameters: chosen, device, precision, width, height } = wanted;
  const parameters = stepParameters(dgf, chosen, { width, height });
  const library = new ModelLibrary(models);
  const devices: Pick<Devices, 'previewPrecision' | 'fail' | 'failFloat16' | 'active'> = {
    previewPrecision: () => precision,
    fail: (_, state, detail) => {
      throw new Error(`${state}: ${detail}`);
    },
    failFloat16: () => {
      throw new Error('It failed in float16.');
    },
    active: () => device,
  };
  const sessions = new Sessions(library, onnxRuntimeProviders, 2);
  const believed = new BelievedGraphs(sessions, (warning) => {
    throw warning;
  });
  const networks = new Networks(
    {
      library,
      sessions,
      believed,
      devices: devices as Devices,
      warn: () => undefined,
    },
    device,
    'preview',
  );
  const model = chooseDgfModel(parameters, { models: (network) => networks.models(network) });
  const context = {
    factor: { x: 1, y: 1 },
    noise: 0,
    models: (name: 'dgf' | 'dagf') => networks.models(name),
  };
  const needs = dgf.tileNeeds(parameters, context);
  const picture = photograph(wanted);
  const whole = { x: 0, y: 0, width, height };
  const processorSide = tileSide(needs, tileBytes, whole);
  const side = device === 'cpu' ? processorSide : gpuTiles * processorSide;
  const input = inputStage({
    size: picture,
    factor: context.factor,
    guidance: null,
    target: { key: 'picture', raster: picture, valueRange: { min: 0, max: 255 }, noise: 0 },
  });

  const pass = async (): Promise<Parts> => {
    const parts: Parts = {};
    const spend = (part: string, begin: number) => {
      parts[part] = (parts[part] ?? 0) + performance.now() - begin;
    };
    const timed: NetworkRunner = {
      models: (network) => networks.models(network),
      async run(modelId, outputId, inputs) {
        const begin = performance.now();
        const output = await networks.run(modelId, outputId, inputs);
        spend(outputId, begin);
        const graph = library.find(modelId, outputId);
        if (believed.placeOf(graph, { device, precision }).precision !== precision)
          throw new Error(`${outputId} is wrong in ${precision}.`);
        return output;
      },
    };
    const run: Run = {
      device,
      precision,
      deviceOf: (network) => networks.deviceOf(network),
      models: [],
      runtime: { networks: timed, signal: new AbortController().signal },
    };
    const begin = performance.now();
    const small = needs.overview ? reduced(picture, needs.overview) : null;
    if (small) spend('reduction', begin);
    const made = draftParameters(model, parameters);
    if (small && made) {
      const beginDraft = performance.now();
      const target = await input.view(whole, run);
      // It is remembered by the overview: the filter finds it there.
      const given = { target, whole, overviewTexture: small.texture };
      await draftOf(small.picture, model, made, given, run.runtime);
      spend('draft', beginDraft);
    }
    const overview = small && { isKnown: () => true, read: async () => small };
    const stage = {
      filter: dgf,
      parameters,
      needs,
      pieceSize: { side },
      processorSide,
      input,
      guidance: null,
      overview,
      prepared: null,
      whole,
    };
    await applyFilter(stage, whole, run);
    spend('total', begin);
    return parts;
  };
  return { model: model.id, tiles: tilesTouching(whole, side, whole).length, side, pass };
}

function reduced(picture: Raster, asked: NonNullable<TileNeeds['overview']>): OverviewRasters {
  const reduction = new OverviewReduction(picture, overviewSpec(picture, asked), picture.channels);
  reduction.add(picture);
  return reduction.finish(picture);
}

/** @throws RangeError for a file of another size */
function photograph({ picture, width, height }: Pick<Wanted, 'picture' | keyof Size>): Raster {
  return createRaster({
    width,
    height,
    channels: 3,
    data: Float32Array.from(readFileSync(picture)),
    sampleType: 'u8',
    fullScale: { min: 0, max: 255 },
  });
}

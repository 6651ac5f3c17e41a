import type { Step } from '../../contract/recipe';
import type { Filter, FilterResources } from '../../filters/filter';
import { overviewSpec } from '../../raster/reduceOverview';
import { blended, keptEnlargement } from './blended';
import { onResultGrid, wholeOf } from './geometry';
import { type FilterWork, keptFilter } from './keptFilter';
import type { CountMissing, TiledStage } from './keptTiles';
import { overviewOf } from './overview';
import { isEnlarged, type Pictures } from './pictures';
import { preparedTarget } from './preparedTarget';
import { inputStage, ownGuidance, type Stage } from './stage';
import { stepParameters } from './stepParameters';
import { withHalo } from './tiling';

export interface ChainParts extends FilterWork {
  readonly filterById: (id: string) => Filter;
  readonly resources: FilterResources;
  /**
   * The pictures as they are, where the chain is for reduced ones: what a filter sees of all of a picture, its texture above all, is taken
   * from them, so that a preview goes by the same as the export. Null for steps that see something else.
   */
  readonly unreduced: Pictures | null;
}

/** Changes a step's parameters before it is used: a preview on a reduced grid shortens lengths. */
export type Adapt = (filter: Filter, step: Step) => Step['parameters'];

/**
 * The enabled steps, one after the other, each as often as it says and blended with what came in by its opacity.
 * No step at all gives the target enlarged bicubically.
 */
export function chainOf(
  pictures: Pictures,
  steps: readonly Step[],
  parts: ChainParts,
  adapt: Adapt = (_, step) => step.parameters,
): TiledStage {
  const input = inputStage(pictures);
  let stage: Stage = input;
  let known = { factor: pictures.factor, noise: pictures.target.noise };
  let tiled: TiledStage | null = null;
  for (const step of steps) {
    if (!step.enabled) continue;
    const before = stage;
    const filter = parts.filterById(step.filter);
    const parameters = stepParameters(filter, adapt(filter, step), (parts.unreduced ?? pictures).size);
    for (let iteration = 0; iteration < step.iterations; iteration += 1) {
      const context = { ...known, ...parts.resources };
      const needs = filter.tileNeeds(parameters, context);
      const guidance = step.guidance === 'input' ? ownGuidance(stage) : pictures.guidance;
      const key = `${stage.key}|${guidance?.key ?? ''}|${filter.description.id}${JSON.stringify(parameters)}`;
      const { unreduced } = parts;
      const [seen, of] =
        stage === input && unreduced && needs.overview
          ? [inputStage(unreduced), unreduced]
          : [stage, pictures];
      const overview = needs.overview
        ? overviewOf(seen, overviewSpec(of.size, needs.overview), of, parts.cache)
        : null;
      const preparation = stage === input ? (filter.preparation?.(parameters, context) ?? null) : null;
      const prepared =
        preparation && preparedTarget(preparation, { filter, parameters, guidance }, pictures, parts);
      const { missing } = tiled ?? nothingBefore;
      const missingBefore: CountMissing = (region, run) =>
        (prepared?.missing(run) ?? 0) +
        missing(
          overview && !overview.isKnown(run)
            ? wholeOf(pictures.size)
            : withHalo(region, needs, pictures.size),
          run,
        );
      const applied = {
        filter,
        parameters,
        needs,
        input: stage,
        guidance,
        overview,
        prepared,
      };
      tiled = keptFilter(applied, key, pictures, parts, missingBefore);
      stage = tiled;
      known = onResultGrid;
    }
    if (step.opacity < 1 && tiled) {
      const enlargement =
        before === input && isEnlarged(pictures) ? keptEnlargement(pictures, parts.cache, input) : null;
      tiled = blended(pictures, enlargement ?? before, tiled, step.opacity, enlargement?.missing);
      stage = tiled;
    }
  }
  return tiled ?? keptEnlargement(pictures, parts.cache, stage);
}

const nothingBefore: Pick<TiledStage, 'missing'> = { missing: () => 0 };

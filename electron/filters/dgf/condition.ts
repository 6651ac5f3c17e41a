import type { ParameterValues } from '../../contract/filters';
import { toPosition } from '../../recipe/scale';
import type { NetworkTensor } from '../filter';
import type { DgfModel } from '../networkModel';
import { numberValue } from '../values';

/**
 * What a model is told of an operator's parameters: [1, n, 1, 1], each 0…1 over the range that it was trained on, beyond it
 * the nearer end; null for a model that is told none.
 */
export function conditionOf({ conditions }: DgfModel, parameters: ParameterValues): NetworkTensor | null {
  if (conditions.length === 0) return null;
  const places = conditions.map((condition) =>
    toPosition(numberValue(parameters, condition.name), condition),
  );
  return { data: Float32Array.from(places), channels: places.length, height: 1, width: 1 };
}

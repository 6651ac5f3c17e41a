import { differences } from './differences';
import type { Metric } from './metric';

/** Root of the mean square error. */
export const rmse: Metric = {
  id: 'rmse',
  title: 'RMSE',
  unit: 'value',
  better: 'lower',
  measure: (comparison) => Math.sqrt(differences(comparison).meanSquare),
};

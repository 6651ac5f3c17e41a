import { differences } from './differences';
import type { Metric } from './metric';

/** Mean absolute error. */
export const mae: Metric = {
  id: 'mae',
  title: 'MAE',
  unit: 'value',
  better: 'lower',
  measure: (comparison) => differences(comparison).meanAbsolute,
};

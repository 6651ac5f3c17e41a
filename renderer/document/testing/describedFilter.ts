import type { FilterDescription } from '../../../electron/contract/filters';

/** A filter without parameters that needs a guidance, but for what a test goes by. */
export const describedFilter = (own: Partial<FilterDescription> = {}): FilterDescription => ({
  id: 'guided-filter',
  title: 'Guided filter',
  summary: '',
  guidance: 'required',
  leastFactor: 1,
  parameters: [],
  paper: '',
  secondsPerMegapixel: 1,
  ...own,
});

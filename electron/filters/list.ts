import { SidelightError } from '../contract/errors';
import { autoRetouch } from './autoRetouch';
import { bicubic } from './bicubic';
import { dagf } from './dagf';
import { dgf } from './dgf';
import type { Filter } from './filter';
import { guidedFilter } from './guidedFilter';
import { hazeRemoval } from './hazeRemoval';
import { jointBilateral } from './jointBilateral';
import { l0Smoothing } from './l0Smoothing';
import { multiScaleDetail } from './multiScaleDetail';
import { ownNetwork } from './ownNetwork';
import { relativeTotalVariation } from './relativeTotalVariation';
import { rollingGuidance } from './rollingGuidance';
import { styleTransfer } from './styleTransfer';

/** The one list of filters, in the order they are offered. Panels, CLI help and validation derive from it. */
export const filters: readonly Filter[] = [
  dagf,
  guidedFilter,
  jointBilateral,
  bicubic,
  rollingGuidance,
  relativeTotalVariation,
  dgf,
  l0Smoothing,
  multiScaleDetail,
  styleTransfer,
  hazeRemoval,
  autoRetouch,
  ownNetwork,
];

/** @throws SidelightError filter-unknown */
export function filterById(id: string): Filter {
  const filter = filters.find(({ description }) => description.id === id);
  if (filter) return filter;
  throw new SidelightError(
    'filter-unknown',
    `There is no filter “${id}”.`,
    `Use one of: ${filters.map(({ description }) => description.id).join(', ')}.`,
    { filter: id },
  );
}

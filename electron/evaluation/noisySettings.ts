import type { ParameterValues } from '../contract/filters';

/** Settings of the classical filters for noisy targets by the factor they are smaller; see `noisySettingsOrigin`. */
export const noisySettings: Readonly<Record<2 | 4 | 8 | 16, Readonly<Record<string, ParameterValues>>>> = {
  2: {},
  4: {},
  8: {},
  16: {},
};

/** For the protocols. */
export const noisySettingsOrigin = 'The classical filters run at their defaults.';

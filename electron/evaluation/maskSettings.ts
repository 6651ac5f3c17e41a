import type { ParameterValues } from '../contract/filters';

/** How much smaller masks are made (DAGF, Table II). */
export const maskFactor = 8;

/** Settings of the classical filters for masks reduced by 8; see `maskSettingsOrigin`. */
export const maskSettings: Readonly<Record<string, ParameterValues>> = {
  'guided-filter': { radius: 3, epsilon: 0.01 },
  'joint-bilateral': { radius: 2, sigmaSpatial: 0.5, sigmaRange: 0.07 },
};

/** For the protocols. */
export const maskSettingsOrigin =
  'The classical filters run with the settings chosen for depth at ×8 on Middlebury’s validation scenes; nothing was chosen on masks.';

import type { ParameterValues } from '../../contract/filters';

export const textureSettings: Readonly<Record<string, ParameterValues>> = {};

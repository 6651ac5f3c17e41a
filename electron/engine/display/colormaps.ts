import { interpolateMagma, interpolateTurbo, interpolateViridis } from 'd3-scale-chromatic';
import type { RampColormap } from '../../contract/display';
import { pixelOf } from './pixel';

const entries = 256;

/** 256 opaque pixels for each ramp. turbo: Mikhailov 2019; viridis, magma: van der Walt & Smith 2015. */
export const colormapPixels: Readonly<Record<RampColormap, Uint32Array>> = {
  grey: table((share) => {
    const level = Math.round(share * 255);
    return [level, level, level];
  }),
  turbo: table((share) => rgbOf(interpolateTurbo(share))),
  viridis: table((share) => rgbOf(interpolateViridis(share))),
  magma: table((share) => rgbOf(interpolateMagma(share))),
};

function table(colourAt: (share: number) => readonly number[]): Uint32Array {
  return Uint32Array.from({ length: entries }, (_, i) => pixelOf(colourAt(i / (entries - 1))));
}

/** d3 writes “rgb(r, g, b)” or “#rrggbb”. */
function rgbOf(colour: string): number[] {
  if (colour.startsWith('#')) return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return (colour.match(/\d+/g) ?? []).map(Number);
}

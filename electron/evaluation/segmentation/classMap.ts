import { SidelightError } from '../../contract/errors';
import { createRaster, type Raster } from '../../raster/raster';

/** The label of pixels nobody assigned to a class (PASCAL VOC). */
const ignored = 255;

/**
 * A class map as labels: one channel, whole numbers; unknown where it says 255. Grey maps hold the labels themselves;
 * colours are those of PASCAL VOC's palette, in which a label's bits are dealt to red, green and blue in turn.
 * @throws SidelightError format-unsupported when a colour is none of the palette's
 */
export function readLabels(map: Raster, file: string): Raster {
  const pixels = map.width * map.height;
  const data = map.channels === 1 ? map.data : labelsOfColours(map, file);
  const unknown = Uint8Array.from(data, (label) => (label === ignored ? 1 : 0));
  return createRaster({
    width: map.width,
    height: map.height,
    channels: 1,
    data: data.slice(0, pixels),
    unknown: unknown.includes(1) ? unknown : null,
    fullScale: { min: 0, max: 255 },
    sampleType: 'u8',
  });
}

function labelsOfColours({ data, width, height }: Raster, file: string): Float32Array {
  const labels = new Map(Array.from({ length: 256 }, (_, label) => [keyOf(...colourOf(label)), label]));
  const pixels = width * height;
  return Float32Array.from({ length: pixels }, (_, i) => {
    const label = labels.get(keyOf(data[i]!, data[pixels + i]!, data[2 * pixels + i]!));
    if (label === undefined) throw unknownColour(file);
    return label;
  });
}

const keyOf = (red: number, green: number, blue: number) => (red * 256 + green) * 256 + blue;

/** Bits 0, 3 and 6 of the label are the upper bits of red; 1, 4 and 7 of green; 2 and 5 of blue. */
export function colourOf(label: number): [number, number, number] {
  const colour: [number, number, number] = [0, 0, 0];
  for (let bit = 0; bit < 8; bit += 1) {
    if (label & (1 << bit)) colour[bit % 3]! |= 128 >> Math.floor(bit / 3);
  }
  return colour;
}

/** The labels of the known pixels, in increasing order. */
export function classesOf({ data, unknown }: Raster): number[] {
  return [...new Set(data.filter((_, i) => !unknown?.[i]))].toSorted((a, b) => a - b);
}

/** 1 where the map has the label, 0 elsewhere: the class's probability. */
export const probabilityOf = (map: Raster, label: number): Raster =>
  createRaster({
    ...map,
    data: map.data.map((value) => (value === label ? 1 : 0)),
    fullScale: { min: 0, max: 1 },
    sampleType: 'f32',
  });

/** The label of the largest probability at every pixel; of equal ones the first. */
export function strongestClass(probabilities: readonly Raster[], labels: readonly number[]): Raster {
  const [first] = probabilities;
  if (!first) throw new RangeError('There is no class to choose from.');
  const data = first.data.map((_, i) => {
    let best = 0;
    for (let c = 1; c < probabilities.length; c += 1)
      if (probabilities[c]!.data[i]! > probabilities[best]!.data[i]!) best = c;
    return labels[best]!;
  });
  return createRaster({ ...first, data, fullScale: { min: 0, max: 255 }, sampleType: 'u8' });
}

const unknownColour = (file: string) =>
  new SidelightError(
    'format-unsupported',
    `${file} has colours that are no class of PASCAL VOC.`,
    'Class maps hold labels as grey values, or as the colours of PASCAL VOC’s palette.',
    { path: file },
  );

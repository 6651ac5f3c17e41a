import { partOf } from '../../filters/dgf/enlargement';
import type { NetworkTensor } from '../../filters/filter';
import type { InputSides } from '../providers/provider';

type Inputs = Readonly<Record<string, NetworkTensor>>;

/** Where a stretch of pixels begins, and how many it has. */
interface Stretch {
  readonly first: number;
  readonly count: number;
}

interface Place {
  readonly rows: Stretch;
  readonly columns: Stretch;
}

/** Largest side of a piece, in pixels: enough for all of a network's layers, a thirtieth of a tile to compute. */
export const mostSide = 128;

/** What the sides of the picture that is filtered are called in every graph; others, such as a small copy's, are not cut. */
const [height, width] = ['height', 'width'];

/** Those of a guidance that is a whole number of times as fine as the picture. */
const finer = (side: string) => `guidance_${side}`;

/**
 * A small piece of a network's inputs that is whole in itself: whatever goes along the picture's rows or columns is cut with
 * them, be it another picture, a finer one or the weights that enlarge a small copy, and the rest stays. Of the pieces of the picture it
 * is the one whose values vary most, as a network may be right where nothing varies.
 * @param inputs by their name in the graph
 * @param multiple of pixels that the sides of the picture have to be
 */
export function pieceOf(inputs: Inputs, sides: InputSides, multiple: number): Inputs {
  const isPicture = ([name]: readonly [string, NetworkTensor]) =>
    sides[name]?.[0] === height && sides[name]?.[1] === width;
  const [, picture] = Object.entries(inputs).find(isPicture) ?? [];
  if (!picture) return inputs;
  const side = Math.max(multiple, Math.floor(mostSide / multiple) * multiple);
  if (picture.height <= side && picture.width <= side) return inputs;
  const placeIn = (name: string, tensor: NetworkTensor, { rows, columns }: Place): Place => ({
    rows: stretchOf(sides[name]?.[0], height, rows, tensor.height, picture.height),
    columns: stretchOf(sides[name]?.[1], width, columns, tensor.width, picture.width),
  });
  const seen = Object.entries(inputs).filter(
    (input) => isPicture(input) || sides[input[0]]?.[0] === finer(height),
  );
  const place = liveliest(placesIn(picture, side), (one) =>
    seen.reduce((sum, [name, tensor]) => sum + extentIn(tensor, placeIn(name, tensor, one)), 0),
  );
  return Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => {
      const { rows, columns } = placeIn(name, tensor, place);
      return [name, partOf(tensor, rows, columns)];
    }),
  );
}

/**
 * What belongs to a stretch of the picture's side in an input; all of a side that does not go along it.
 * @param side what the input's side of `length` pixels is called
 * @param along what the picture's of `whole` is called
 */
function stretchOf(
  side: number | string | undefined,
  along: string,
  stretch: Stretch,
  length: number,
  whole: number,
): Stretch {
  if (side === along) return stretch;
  if (side !== finer(along)) return { first: 0, count: length };
  const detail = length / whole;
  return { first: detail * stretch.first, count: detail * stretch.count };
}

/** The places of a grid over the picture, those nearest to its middle first. */
function placesIn(picture: NetworkTensor, side: number): Place[] {
  const rows = stretches(picture.height, side);
  const columns = stretches(picture.width, side);
  const places = rows.flatMap((down) => columns.map((right) => ({ rows: down, columns: right })));
  const fromMiddle = (stretch: Stretch, length: number) =>
    Math.abs(stretch.first + stretch.count / 2 - length / 2);
  const distance = (place: Place) =>
    fromMiddle(place.rows, picture.height) + fromMiddle(place.columns, picture.width);
  return places.sort((a, b) => distance(a) - distance(b));
}

/** A line in stretches of `side`; the last one ends where the line does. */
function stretches(length: number, side: number): Stretch[] {
  if (length <= side) return [{ first: 0, count: length }];
  return Array.from({ length: Math.ceil(length / side) }, (_, i) => ({
    first: Math.min(i * side, length - side),
    count: side,
  }));
}

function liveliest(places: readonly Place[], variation: (place: Place) => number): Place {
  const [first, ...others] = places.map((place) => ({ place, variation: variation(place) }));
  return others.reduce((most, one) => (one.variation > most.variation ? one : most), first!).place;
}

/** Largest less smallest value there. */
function extentIn(picture: NetworkTensor, { rows, columns }: Place): number {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let channel = 0; channel < picture.channels; channel += 1) {
    for (let y = rows.first; y < rows.first + rows.count; y += 1) {
      const row = (channel * picture.height + y) * picture.width;
      for (let x = row + columns.first; x < row + columns.first + columns.count; x += 1) {
        const value = picture.data[x]!;
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
  }
  return max - min;
}

import { describe, expect, it } from 'vitest';
import { partOf } from '../../filters/dgf/enlargement';
import type { NetworkTensor } from '../../filters/filter';
import { sides } from '../testing/providers';
import { mostSide, pieceOf } from './piece';

/** Every value another one, and 0 … 1. */
function tensor(channels: number, width: number, height: number): NetworkTensor {
  const length = channels * width * height;
  return { data: Float32Array.from({ length }, (_, i) => i / length), channels, width, height };
}

/** Even but for one pixel. */
function spotted(channels: number, width: number, height: number, x: number, y: number): NetworkTensor {
  const picture = tensor(channels, width, height);
  picture.data.fill(0.5);
  picture.data[y * width + x] = 0.7;
  return picture;
}

type Pictures = [NetworkTensor, NetworkTensor, NetworkTensor];

const isEqual = (one: NetworkTensor, other: NetworkTensor) =>
  one.data.length === other.data.length && one.data.every((value, i) => value === other.data[i]);

const sizes = (inputs: Readonly<Record<string, NetworkTensor>>) =>
  Object.fromEntries(Object.entries(inputs).map(([name, { height, width }]) => [name, [height, width]]));

it('inputs that are small already stay as they are', () => {
  const inputs = { target: tensor(1, mostSide, 40), guidance: tensor(3, mostSide, 40) };
  expect(pieceOf(inputs, sides, 8)).toBe(inputs);
});

describe('larger ones are cut', () => {
  it('all pictures at the same place, with all of their channels', () => {
    const [target, guidance] = [spotted(1, 400, 300, 210, 150), spotted(3, 400, 300, 210, 150)];
    guidance.data[2 * 400 * 300 + 150 * 400 + 211] = 0.9;
    const piece = pieceOf({ target, guidance }, sides, 8);
    expect(sizes(piece)).toEqual({ target: [128, 128], guidance: [128, 128] });
    const at = piece.target!.data.indexOf(Math.fround(0.7));
    expect(at).toBeGreaterThanOrEqual(0);
    expect(piece.guidance!.data.indexOf(Math.fround(0.7))).toBe(at);
    expect(piece.guidance!.data.indexOf(Math.fround(0.9))).toBe(2 * 128 * 128 + at + 1);
  });

  it('to a multiple of what the network takes', () => {
    const inputs = { target: tensor(1, 480, 48), guidance: tensor(3, 480, 48) };
    expect(sizes(pieceOf(inputs, sides, 48))).toEqual({ target: [48, 96], guidance: [48, 96] });
    expect(sizes(pieceOf({ target: tensor(1, 400, 400) }, sides, 200))).toEqual({ target: [200, 200] });
  });

  it('and of a guidance that is finer the same place', () => {
    const finer = { ...sides, guidance: ['guidance_height', 'guidance_width'] as const };
    const [target, guidance] = [spotted(1, 400, 300, 210, 150), spotted(3, 1200, 900, 631, 452)];
    const piece = pieceOf({ target, guidance }, finer, 8);
    expect(sizes(piece)).toEqual({ target: [128, 128], guidance: [384, 384] });
    const at = piece.target!.data.indexOf(Math.fround(0.7));
    const [x, y] = [at % 128, Math.floor(at / 128)];
    expect(piece.guidance!.data.indexOf(Math.fround(0.7))).toBe((3 * y + 2) * 384 + 3 * x + 1);
    // What varies in it alone is seen, too.
    const even = { target: { ...target, data: target.data.map(() => 0.5) }, guidance };
    expect(pieceOf(even, finer, 8).guidance!.data).toContain(Math.fround(0.7));
  });

  it('but not what the network is told beside them, and what it is told pixel by pixel with them', () => {
    const [picture, texture, draft] = [1, 2, 3].map(() => tensor(3, 256, 200)) as Pictures;
    const inputs = { picture, texture, draft, condition: tensor(3, 1, 1) };
    expect(sizes(pieceOf(inputs, sides, 1))).toEqual({
      picture: [128, 128],
      texture: [128, 128],
      draft: [128, 128],
      condition: [1, 1],
    });
  });

  it.each([
    ['another size than the picture', 64, 48],
    ['its very size', 200, 300],
  ])('with the weights of their rows and columns, where the small copy has %s', (_, small, high) => {
    const inputs = {
      picture: spotted(3, 200, 300, 5, 299),
      coefficients: tensor(6, small, high),
      rows: tensor(1, high, 300),
      columns: tensor(1, 200, small),
    };
    const piece = pieceOf(inputs, sides, 1);
    expect(sizes(piece)).toEqual({
      picture: [128, 128],
      coefficients: [high, small],
      rows: [128, high],
      columns: [small, 128],
    });
    const [rows, columns] = [
      { first: 300 - 128, count: 128 },
      { first: 0, count: 128 },
    ];
    expect(isEqual(piece.picture!, partOf(inputs.picture, rows, columns))).toBe(true);
    expect(isEqual(piece.coefficients!, inputs.coefficients)).toBe(true);
    expect(isEqual(piece.rows!, partOf(inputs.rows, rows, { first: 0, count: high }))).toBe(true);
    expect(isEqual(piece.columns!, partOf(inputs.columns, { first: 0, count: small }, columns))).toBe(true);
  });
});

describe('the piece is', () => {
  const side = 3 * mostSide;
  const value = Math.fround;

  it('in the middle of a picture that varies as much everywhere', () => {
    const target = tensor(1, side, side);
    target.data.forEach((_, i) => {
      target.data[i] = i % 2;
    });
    target.data[mostSide * side + mostSide] = 0.5;
    expect(pieceOf({ target }, sides, 8).target!.data[0]).toBe(0.5);
  });

  it('where most is going on', () => {
    const target = tensor(1, side, side);
    target.data.fill(0);
    target.data[mostSide * side + mostSide] = 0.1;
    expect(pieceOf({ target }, sides, 8).target!.data[0]).toBe(value(0.1));
    target.data[2 * side + 1] = 0.2;
    expect(pieceOf({ target }, sides, 8).target!.data.indexOf(value(0.2))).toBe(2 * mostSide + 1);
  });
});

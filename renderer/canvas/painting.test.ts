import { expect, it } from 'vitest';
import { coatsFor } from './painting';
import { Pyramid } from './pyramid';

const size = { width: 512, height: 256 };
const place = { level: 0, column: 0, row: 0 };
const put = (pyramid: Pyramid, version: number) =>
  pyramid.put({
    place,
    version,
    approximate: false,
    bitmap: { width: 256, height: 256, close: () => undefined },
  });

function result() {
  const [own, without, full] = [0, 1, 2].map((version) => new Pyramid(size, 256, version)) as [
    Pyramid,
    Pyramid,
    Pyramid,
  ];
  const coats = () =>
    coatsFor({ pyramid: own, blend: { without, full, share: 0.3 } }, place).map(({ parts, share }) => [
      parts[0]?.tile.version,
      share,
    ]);
  return { own, without, full, coats };
}

it('is mixed of both ends when both have come, until the result has', () => {
  const { own, without, full, coats } = result();
  expect(coats()).toEqual([]);
  put(own, 0);
  own.outdate(3);
  put(without, 1);
  expect(coats(), 'the old result').toEqual([[0, 1]]);
  put(full, 2);
  expect(coats()).toEqual([
    [1, 1],
    [2, 0.3],
  ]);
  put(own, 3);
  expect(coats()).toEqual([[3, 1]]);
});

it('is the full effect that was shown before, while the other end is still to come', () => {
  const { full, coats } = result();
  put(full, 2);
  expect(coats()).toEqual([[2, 1]]);
});

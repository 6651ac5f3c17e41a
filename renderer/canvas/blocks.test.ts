import { describe, expect, it } from 'vitest';
import { blockOf } from './blocks';
import { Pyramid } from './pyramid';
import type { Want } from './scheduler';
import { tileRegion } from './tiles';

const size = { width: 1100, height: 700 };
const pyramid = new Pyramid(size, 256, 0);
const want = (column: number, row: number, version = 0, level = 0): Want => ({
  layer: 'result',
  place: { level, column, row },
  version,
  pyramid,
  request: {
    document: {
      target: 't',
      guidance: null,
      processing: { fit: 'refuse', unknown: 'keep', targetValues: 'continuous', steps: [] },
    },
    layer: 'result',
    level,
    region: tileRegion({ level, column, row }, size, 256),
    display: { colormap: 'viridis', range: { min: 0, max: 1 }, markSaturated: false },
  },
});
const places = (wants: readonly Want[]) => wants.map(({ place: { column, row } }) => `${column},${row}`);

describe('tiles that are asked for together', () => {
  it('are those of one square, in the order of the wishes', () => {
    const wants = [want(2, 1), want(1, 1), want(3, 0), want(2, 0), want(3, 1), want(4, 1)];
    const block = blockOf(wants[0]!, wants, 2);
    expect(places(block.wants)).toEqual(['2,1', '3,0', '2,0', '3,1']);
    expect(block.region).toEqual({ x: 512, y: 0, width: 512, height: 512 });
  });

  it('end where the picture ends', () => {
    const wants = [want(4, 2), want(3, 2)];
    expect(blockOf(wants[0]!, wants, 2).region).toEqual({ x: 1024, y: 512, width: 76, height: 188 });
  });

  it('may be fewer where they still fill a rectangle', () => {
    const wants = [want(0, 1), want(1, 1)];
    expect(blockOf(wants[0]!, wants, 2).region).toEqual({ x: 0, y: 256, width: 512, height: 256 });
  });

  it('are only the first where they fill none', () => {
    const wants = [want(0, 0), want(1, 0), want(0, 1)];
    expect(blockOf(wants[0]!, wants, 2)).toEqual({ wants: [wants[0]], region: wants[0]!.request.region });
  });

  it('are of one picture and one level', () => {
    const wants = [want(0, 0), want(1, 0, 1), want(0, 1, 0, 1)];
    expect(blockOf(wants[0]!, wants, 2).wants).toEqual([wants[0]]);
  });
});

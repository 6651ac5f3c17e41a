import { describe, expect, it } from 'vitest';
import { alignColumns, wrap } from './textTable';

describe('alignColumns', () => {
  it('aligns words left and numbers right', () => {
    const rows = [
      ['filter', 'RMSE', 'note'],
      ['bicubic', '13.26', ''],
      ['dagf', '4.75', 'best'],
    ];
    expect(alignColumns(rows, [false, true])).toEqual([
      'filter    RMSE  note',
      'bicubic  13.26',
      'dagf      4.75  best',
    ]);
  });

  it('has no lines for no rows', () => {
    expect(alignColumns([])).toEqual([]);
  });
});

describe('wrap', () => {
  it('breaks at spaces and indents', () => {
    expect(wrap('one two three four', '  ', 11)).toEqual(['  one two', '  three', '  four']);
    expect(wrap('', '  ')).toEqual([]);
  });
});

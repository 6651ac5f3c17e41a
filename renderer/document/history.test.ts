import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plain } from './difference';
import { applyChanges, difference } from './difference';
import { emptyHistory, endGesture, type History, record, redo, undo } from './history';

type Data = { radius: number; fit: string; steps: number[] };
const start: Data = { radius: 8, fit: 'refuse', steps: [] };

function edited(history: History, values: Data[], gesture: string | null): History {
  let current = history;
  for (let index = 1; index < values.length; index += 1)
    current = record(current, values[index - 1]!, values[index]!, 'Radius', gesture);
  return current;
}

describe('history', () => {
  it('takes one drag of a slider as one undo', () => {
    const values = [8, 9, 12, 20].map((radius) => ({ ...start, radius }));
    const history = edited(emptyHistory, values, 'radius');
    expect(history.undo).toHaveLength(1);
    expect(undo(history, values[3]!)?.value).toEqual(start);
  });

  it('takes two drags of the same slider as two', () => {
    const first = endGesture(edited(emptyHistory, [start, { ...start, radius: 9 }], 'radius'));
    const second = edited(
      first,
      [
        { ...start, radius: 9 },
        { ...start, radius: 10 },
      ],
      'radius',
    );
    expect(second.undo).toHaveLength(2);
  });

  it('leaves out a drag that ends where it began', () => {
    const values = [8, 12, 8].map((radius) => ({ ...start, radius }));
    expect(endGesture(edited(emptyHistory, values, 'radius'))).toEqual(emptyHistory);
  });

  it('keeps differences, not copies', () => {
    const history = record(emptyHistory, start, { ...start, fit: 'crop' }, 'Fit');
    expect(history.undo[0]?.changes).toEqual([{ path: ['fit'], before: 'refuse', after: 'crop' }]);
  });

  it('forgets what was undone once something else is done', () => {
    const once = record(emptyHistory, start, { ...start, radius: 9 }, 'Radius');
    const back = undo(once, { ...start, radius: 9 })!;
    expect(record(back.history, back.value, { ...start, fit: 'crop' }, 'Fit').redo).toEqual([]);
  });

  it('goes back and forward through any edits', () => {
    const value = fc.record({
      radius: fc.integer(),
      fit: fc.constantFrom('refuse', 'crop'),
      steps: fc.array(fc.integer(), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (versions) => {
        let history = emptyHistory;
        versions.forEach((version, index) => {
          if (index > 0) history = record(history, versions[index - 1]!, version, 'Edit');
        });
        let current = versions.at(-1)!;
        for (let back = undo(history, current); back; back = undo(history, current))
          ({ history, value: current } = back);
        expect(current).toEqual(versions[0]);
        for (let on = redo(history, current); on; on = redo(history, current))
          ({ history, value: current } = on);
        expect(current).toEqual(versions.at(-1));
      }),
    );
  });
});

describe('difference', () => {
  const plain = fc.letrec<{ value: Plain }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.string(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-c]$/), tie('value'), { maxKeys: 3 }),
    ),
  })).value;

  it('turns one version into the other and back', () => {
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        const changes = difference(before, after);
        expect(applyChanges(before, changes, 'after')).toEqual(after);
        expect(applyChanges(after, changes, 'before')).toEqual(before);
      }),
    );
  });
});

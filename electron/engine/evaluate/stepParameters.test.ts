import { expect, it } from 'vitest';
import type { ParameterValues } from '../../contract/filters';
import type { Filter } from '../../filters/filter';
import { bound, evaluatorOf, filterOf, runOf, wholeResult, withFilters } from '../testing/evaluators';
import { pictureOf, processingOf, sourceOf, stepOf } from '../testing/sources';
import { describeDocument } from './describeDocument';

/** Notes what each of its parts is asked with; too slow for exact previews. */
function noting() {
  const asked = { needs: new Set<string>(), applied: new Set<string>() };
  const plain = filterOf('chooses', {});
  const text = ({ note }: ParameterValues) => String(note);
  const filter: Filter = {
    ...plain,
    description: {
      ...plain.description,
      parameters: [
        { kind: 'choice', name: 'note', title: '', summary: '', options: [], default: 'left to it' },
      ],
      secondsPerMegapixel: 1e6,
    },
    settled: (parameters, { width, height }) => ({ ...parameters, note: `${width} × ${height}` }),
    tileNeeds: (parameters, context) => {
      asked.needs.add(text(parameters));
      return plain.tileNeeds(parameters, context);
    },
    apply: (input, parameters, runtime) => {
      asked.applied.add(text(parameters));
      return plain.apply(input, parameters, runtime);
    },
    notices: (parameters) => [text(parameters)],
  };
  return { filter, asked };
}

it('are chosen by the size of the result, and by no other in its previews', async () => {
  const { filter, asked } = noting();
  const { known, filterById } = withFilters(filter);
  const evaluator = evaluatorOf({ filterById });
  const step = { ...stepOf('chooses'), iterations: 2 };
  const document = bound(sourceOf(pictureOf(150, 100, 1)), null, processingOf(step), known);
  const notices = describeDocument(document, filterById, { models: () => [] }).notices;
  expect(notices).toContain('150 × 100');

  await evaluator.evaluate(document, { x: 0, y: 0, width: 9, height: 6 }, 4, runOf());
  expect([...asked.applied]).toEqual(['150 × 100']);
  expect([...asked.needs]).toEqual(['150 × 100']);

  asked.applied.clear();
  await wholeResult(evaluator, document);
  expect([...asked.applied]).toEqual(['150 × 100']);
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Processing, Step } from '../../electron/contract/recipe';
import { closeDocument, edit, useDocument } from './documentStore';
import { followInspected, inspect, inspectable, inspectedIn, inspectNext } from './inspecting';
import { useView } from './viewStore';

const step = (id: string, iterations: number, change: Partial<Step> = {}): Step => ({
  id,
  filter: 'guided-filter',
  enabled: true,
  parameters: {},
  iterations,
  guidance: 'document',
  opacity: 1,
  ...change,
});
const processing = (...steps: Step[]): Processing => ({
  fit: 'refuse',
  unknown: 'keep',
  targetValues: 'continuous',
  steps,
});
const setSteps = (...steps: Step[]) =>
  edit('Steps', (work) => ({ ...work, processing: processing(...steps) }));
const inspected = () => useView.getState().inspected;

beforeEach(() => {
  closeDocument();
  inspect(null);
});

describe('pictures on the way to the result', () => {
  it('are those after each iteration of enabled steps that have several', () => {
    const steps = processing(step('a', 2), step('b', 1), step('c', 3, { enabled: false }));
    expect(inspectable(steps)).toEqual([
      { step: 'a', iteration: 1 },
      { step: 'a', iteration: 2 },
    ]);
  });

  it('are the result itself after the last iteration of the last step', () => {
    const last = { step: 'b', iteration: 2 };
    expect(inspectedIn(processing(step('a', 2), step('b', 2)), last)).toBeNull();
    expect(inspectedIn(processing(step('a', 2), step('b', 2, { opacity: 0.5 })), last)).toEqual(last);
    expect(inspectedIn(processing(step('b', 2), step('a', 2)), last)).toEqual(last);
    expect(inspectedIn(processing(step('b', 2), step('a', 2, { enabled: false })), last)).toBeNull();
  });

  it('are walked through one by one, the result at the end', () => {
    setSteps(step('a', 2), step('b', 3));
    const walked = [];
    for (let i = 0; i < 5; i += 1) {
      inspectNext(-1);
      walked.push(inspected() && Object.values(inspected()!).join(''));
    }
    expect(walked).toEqual(['b2', 'b1', 'a2', 'a1', 'a1']);
    for (let i = 0; i < 4; i += 1) inspectNext(1);
    expect(inspected()).toBeNull();
    inspectNext(1);
    expect(inspected()).toBeNull();
  });

  it('are left when their step no longer has them', () => {
    followInspected();
    setSteps(step('a', 4));
    inspect({ step: 'a', iteration: 3 });
    setSteps(step('a', 4, { guidance: 'input' }));
    expect(inspected()).toEqual({ step: 'a', iteration: 3 });
    setSteps(step('a', 3));
    expect(inspected()).toBeNull();
    expect(useDocument.getState().work.processing.steps).toHaveLength(1);
  });
});

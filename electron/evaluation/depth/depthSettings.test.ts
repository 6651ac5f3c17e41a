import { describe, expect, it } from 'vitest';
import { filters } from '../../filters/list';
import { parameterProblems } from '../../recipe/parameters';
import { baselines } from '../contenders';
import { degradations } from '../degrade';
import { depthFactors, depthParameters } from './depthSettings';

const descriptions = filters.map(({ description }) => description);
const byId = (id: string) => descriptions.find((description) => description.id === id)!;

describe('depthParameters', () => {
  it('are possible for every filter there is', () => {
    for (const filter of descriptions)
      for (const degradation of degradations)
        for (const factor of depthFactors)
          expect(parameterProblems(filter, depthParameters(filter, degradation, factor))).toEqual([]);
  });

  it('tell a trained filter how the target became small', () => {
    expect(depthParameters(byId('dagf'), 'nearest', 8)).toMatchObject({
      degradation: 'nearest',
      quality: 'I_2',
    });
    expect(depthParameters(byId('dagf'), 'bicubic', 8)).toMatchObject({ degradation: 'bicubic' });
  });

  it('fall back to what lies under the noise where a filter does not know noise', () => {
    const noiseless = {
      ...byId('bicubic'),
      parameters: [
        {
          kind: 'choice' as const,
          name: 'degradation',
          title: '',
          summary: '',
          options: [{ value: 'bicubic', title: '', summary: '' }],
          default: 'bicubic',
        },
      ],
    };
    const noiseKnown = structuredClone(noiseless);
    noiseKnown.parameters[0]!.options.push({ value: 'noisy', title: '', summary: '' });
    expect(depthParameters(noiseless, 'noisy', 8)).toEqual({ degradation: 'bicubic' });
    expect(depthParameters(noiseKnown, 'noisy', 8)).toEqual({ degradation: 'noisy' });
  });

  it('know the baselines by the ids they are offered under', () => {
    for (const id of baselines) expect(byId(id)).toBeDefined();
    expect(depthParameters(byId('guided-filter'), 'bicubic', 8)).toMatchObject({ radius: 3, epsilon: 0.01 });
    expect(depthParameters(byId('joint-bilateral'), 'bicubic', 8)).toMatchObject({ sigmaRange: 0.07 });
    expect(depthParameters(byId('guided-filter'), 'noisy', 8)).toMatchObject({ radius: 6 });
  });
});

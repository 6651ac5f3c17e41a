import { beforeEach, expect, it, vi } from 'vitest';
import type { DocumentInfo, EngineArgs } from '../../electron/contract/engine';
import { sourceInfo } from '../../electron/contract/standInEngine';
import { depth } from '../bridge/shellAnswers';
import { followDocument } from './describing';
import { useDocument } from './documentStore';
import { setUnknownPolicy } from './edits';
import { newWork } from './work';

type Question = EngineArgs<'describeDocument'> & { answer(info: DocumentInfo): Promise<void> };

const asked = vi.hoisted(() => [] as Question[]);
vi.mock('../bridge/engine', () => ({
  links: () => ({
    engine: {
      describeDocument: (args: EngineArgs<'describeDocument'>) =>
        new Promise((resolve) => {
          asked.push({
            ...args,
            async answer(info) {
              resolve(info);
              await new Promise((settled) => setTimeout(settled));
            },
          });
        }),
    },
  }),
}));

const info = (): DocumentInfo => ({
  size: { width: 4, height: 3 },
  factor: { x: 1, y: 1 },
  guidanceRegion: null,
  channels: 1,
  values: 'continuous',
  unit: 'none',
  fullScale: { min: 0, max: 1 },
  notices: [],
});

beforeEach(() => void asked.splice(0));

it('asks one question at a time, then only about the newest document, and keeps what says the same', async () => {
  followDocument();
  const source = {
    sourceId: 's',
    file: depth,
    info: sourceInfo,
    error: null,
    readAs: 'target',
    reading: 1,
  };
  const inputs = {
    guidance: null,
    target: { sourceId: 's', unit: 'none' as const, unknownMarker: 'auto' as const },
  };
  useDocument.setState({ work: { ...newWork(), inputs }, sources: { s: source } });
  setUnknownPolicy('complete');
  setUnknownPolicy('keep');
  setUnknownPolicy('complete');
  expect(asked, 'the first answer is awaited').toHaveLength(1);

  await asked[0]!.answer({ ...info(), notices: ['about an older document'] });
  expect(useDocument.getState().info, 'the newest answer wins').toBeNull();
  expect(asked).toHaveLength(2);
  expect(asked[1]!.document.processing).toMatchObject({ unknown: 'complete' });
  await asked[1]!.answer(info());
  const first = useDocument.getState().info;
  expect(first).toEqual(info());

  setUnknownPolicy('keep');
  await asked[2]!.answer(info());
  expect(useDocument.getState().info).toBe(first);
  setUnknownPolicy('complete');
  await asked[3]!.answer({ ...info(), notices: ['another'] });
  expect(useDocument.getState().info?.notices).toEqual(['another']);
  expect(asked).toHaveLength(4);

  // What is drawn follows the answer: of a picture that was read again it is another one, whatever it says.
  useDocument.setState({ sources: { s: { ...source, reading: 2 } } });
  await asked[4]!.answer({ ...info(), notices: ['another'] });
  const again = useDocument.getState().info;
  useDocument.setState({ sources: { s: { ...source, reading: 3 } } });
  await asked[5]!.answer({ ...info(), notices: ['another'] });
  expect(useDocument.getState().info).toEqual(again);
  expect(useDocument.getState().info).not.toBe(again);
});

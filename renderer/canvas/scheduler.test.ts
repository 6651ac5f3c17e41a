import { describe, expect, it } from 'vitest';
import type { TileRequest, TileResult } from '../../electron/contract/engine';
import { SidelightError } from '../../electron/contract/errors';
import { Pyramid } from './pyramid';
import { TileScheduler, type Want } from './scheduler';

const pyramid = new Pyramid({ width: 2048, height: 256 }, 256, 0);
const want = (column: number, version = 0): Want => ({
  layer: 'result',
  place: { level: 0, column, row: 0 },
  version,
  pyramid,
  request: {
    document: {
      target: 't',
      guidance: 'g',
      processing: { fit: 'refuse', unknown: 'keep', targetValues: 'continuous', steps: [] },
    },
    layer: 'result',
    level: 0,
    region: { x: column * 256, y: 0, width: 256, height: 256 },
    display: { colormap: 'viridis', range: { min: 0, max: 1 }, markSaturated: false },
  },
});

interface Asked {
  readonly request: TileRequest;
  answer(result: TileResult | SidelightError): Promise<void>;
}

/** An engine whose answers the test gives. */
function stage() {
  const asked: Asked[] = [];
  const log: string[] = [];
  const engine = {
    stopTiles: async ({ generation }: { generation: number }) => {
      log.push(`stop before ${generation}`);
      return {};
    },
    renderTile: (request: TileRequest) =>
      new Promise<TileResult>((resolve, reject) => {
        asked.push({
          request,
          async answer(result) {
            if (result instanceof SidelightError) reject(result);
            else resolve(result);
            await new Promise((settled) => setTimeout(settled));
          },
        });
      }),
  };
  const scheduler = new TileScheduler(engine, {
    onBlock: async ({ wants }) =>
      void log.push(`tile ${wants.map(({ place }) => place.column).join(' and ')}`),
    onIdle: () => void log.push('all'),
    onProblem: (_want, error) => log.push(error.code),
    onStale: () => log.push('stale'),
  });
  const columns = () => asked.map(({ request }) => request.region.x / 256);
  return { asked, log, scheduler, columns };
}

const done: TileResult = {
  state: 'done',
  generation: 0,
  rgba: new Uint8Array(4),
  approximate: false,
  milliseconds: 1,
};

describe('asking for tiles', () => {
  it('keeps a few under way, the first wishes first', async () => {
    const { asked, scheduler, columns, log } = stage();
    scheduler.want([0, 1, 2, 3].map((column) => want(column)));
    expect(columns()).toEqual([0, 1]);
    await asked[0]!.answer(done);
    expect(columns()).toEqual([0, 1, 2]);
    expect(log).toEqual(['tile 0']);
  });

  it('says when everything that is wished for has come', async () => {
    const { asked, scheduler, log } = stage();
    scheduler.want([0, 1, 2].map((column) => want(column)));
    await asked[1]!.answer(done);
    await asked[2]!.answer(done);
    await asked[0]!.answer(done);
    expect(log).toEqual(['tile 1', 'tile 2', 'tile 0', 'all']);
  });

  it('asks for neighbours as one when told to, and for none of them twice', async () => {
    const { asked, scheduler, log, columns } = stage();
    const wants = [1, 2, 3, 0, 4].map((column) => want(column));
    scheduler.want(wants, { blockSide: 2, underWay: 2 });
    const regions = () => asked.map(({ request: { region } }) => [region.x / 256, region.width / 256]);
    expect(regions()).toEqual([
      [0, 2],
      [2, 2],
    ]);
    scheduler.want(wants);
    expect(columns(), 'two requests are under way').toHaveLength(2);
    await asked[0]!.answer(done);
    expect(regions()).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    await asked[1]!.answer(done);
    await asked[2]!.answer(done);
    expect(log).toEqual(['tile 1 and 0', 'tile 2 and 3', 'tile 4', 'all']);
  });

  it('takes up new wishes instead of old ones, without asking twice', async () => {
    const { asked, scheduler, columns } = stage();
    scheduler.want([0, 1, 2].map((column) => want(column)));
    scheduler.want([1, 7].map((column) => want(column)));
    await asked[0]!.answer(done);
    await asked[1]!.answer(done);
    expect(columns()).toEqual([0, 1, 7]);
  });

  it('sends the generation of the document at the time of asking', async () => {
    const { asked, scheduler } = stage();
    scheduler.want([want(0)]);
    scheduler.advance();
    scheduler.want([want(0, 1)]);
    const [first, second] = asked.map(({ request }) => request.generation);
    expect(second).toBe(first! + 1);
  });

  it('says what was dropped, so that it can be wished for again', async () => {
    const { asked, scheduler, log } = stage();
    scheduler.want([want(0), want(1)]);
    await asked[0]!.answer({ state: 'stale', generation: 1 });
    await asked[1]!.answer(new SidelightError('cancelled', 'The run was stopped.', 'Start it again.'));
    expect(log).toEqual(['stale', 'stale']);
  });

  it('reports what cannot be drawn and goes on with the rest', async () => {
    const { asked, scheduler, log, columns } = stage();
    scheduler.want([want(0), want(1), want(2)]);
    await asked[0]!.answer(new SidelightError('model-missing', 'There is no model.', 'Install it.'));
    expect(log).toEqual(['model-missing']);
    expect(columns()).toEqual([0, 1, 2]);
  });

  it('tells the engine at once when what is under way is no longer wanted', async () => {
    const { asked, scheduler, columns, log } = stage();
    scheduler.advance();
    expect(log, 'nothing to stop').toEqual([]);
    scheduler.want([0, 1].map((column) => want(column)));
    scheduler.advance();
    const { generation } = asked[0]!.request;
    expect(log).toEqual([`stop before ${generation + 1}`]);
    scheduler.want([want(5, 1)]);
    expect(columns(), 'the new wish waits for a place').toEqual([0, 1]);
    await asked[0]!.answer({ state: 'stale', generation });
    expect(columns()).toEqual([0, 1, 5]);
    expect(asked[2]!.request.generation).toBe(generation + 1);
  });

  it('is never older than another canvas was: to the engine they are one client', () => {
    const first = stage();
    first.scheduler.advance();
    first.scheduler.want([want(0)]);
    const second = stage();
    second.scheduler.want([want(0)]);
    const [before, after] = [first, second].map(({ asked }) => asked[0]!.request.generation);
    expect(after).toBeGreaterThanOrEqual(before!);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineConnection, type Recovery } from '../../contract/connection';
import type { EngineArgs } from '../../contract/engine';
import { builtEngine } from '../testing/builtEngine';
import { asFloats, type Folder, temporaryFolder } from '../testing/files';
import { pictureOf, processingOf, stepOf } from '../testing/sources';
import { nodeLauncher } from './nodeLauncher';
import { createSupervisor, type EngineEnd, type Supervisor } from './supervisor';

const built = builtEngine('faulty');

let folder: Folder;
const running: { supervisor: Supervisor; connection: EngineConnection }[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const { supervisor, connection } of running.splice(0)) {
    connection.close();
    await supervisor.stop();
  }
  folder.remove();
});

/** A supervisor with real processes and one client, a pair of files open in it. */
async function start(fault = '', probeTimeoutMilliseconds = 20_000) {
  vi.stubEnv('SIDELIGHT_TEST_FAULT', fault);
  const supervisor = createSupervisor({
    launch: nodeLauncher(built.entryPath, 'ignore'),
    modelsFolder: built.modelsPath,
    options: { tileBytes: 1, logLevel: 'silent' },
    probeTimeoutMilliseconds,
  });
  const ends: EngineEnd[] = [];
  supervisor.onEngineEnd((end) => ends.push(end));
  const connection = new EngineConnection(() => supervisor.openChannel());
  running.push({ supervisor, connection });
  const recoveries: Recovery[] = [];
  connection.onState((_, recovery) => {
    if (recovery) recoveries.push(recovery);
  });
  const { engine } = connection;
  const target = await folder.write('target.png', pictureOf(64, 48, 1));
  const guidance = await folder.write('guidance.png', pictureOf(256, 192, 3));
  for (const [role, path] of [
    ['target', target],
    ['guidance', guidance],
  ] as const) {
    const fileId = await supervisor.grantRead(path);
    await engine.openSource({ sourceId: role, fileId, role, unknownMarker: 'none', unit: 'none' });
  }
  /** Resolves once the export has computed its first tile. */
  const underWay = () =>
    new Promise<void>((resolve) => {
      const stop = connection.onEvent('progress', ({ phase }) => {
        if (phase !== 'filtering') return;
        stop();
        resolve();
      });
    });
  const exporting = async (name: string): Promise<EngineArgs<'exportResult'>> => ({
    jobId: name,
    document: { target: 'target', guidance: 'guidance', processing: processingOf(stepOf('dagf')) },
    writeId: await supervisor.grantWrite(join(folder.path, name)),
    settings: asFloats,
    device: 'auto',
  });
  return { supervisor, connection, engine, ends, recoveries, underWay, exporting };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('an engine in a process of its own', () => {
  it('exports, and is gone after it was stopped', async () => {
    const { supervisor, engine, exporting, ends } = await start();
    const report = await engine.exportResult(await exporting('out.npy'));
    expect(report).toMatchObject({ device: 'cpu', models: ['tiny'], size: { width: 256, height: 192 } });
    expect(readFileSync(report.path).length).toBe(report.bytes);
    const { processId } = supervisor;
    expect((await engine.describe({})).processId).toBe(processId);
    expect(processId).not.toBe(process.pid);
    await supervisor.stop();
    expect(ends).toMatchObject([{ cause: 'shutdown' }]);
    expect(isAlive(processId!)).toBe(false);
    await expect(supervisor.openChannel()).rejects.toMatchObject({ code: 'engine-unreachable' });
  });

  it('that is killed in the middle of an export is replaced, and the export done again, right', async () => {
    const { supervisor, engine, exporting, underWay, ends, recoveries } = await start();
    await engine.exportResult(await exporting('expected.npy'));
    const started = underWay();
    const result = engine.exportResult(await exporting('out.npy'));
    await started;
    const first = supervisor.processId;
    process.kill(first!, 'SIGKILL');
    expect(await result).toMatchObject({ device: 'cpu', path: join(folder.path, 'out.npy') });
    expect(supervisor.processId).not.toBe(first);
    expect(ends).toMatchObject([{ cause: 'crashed' }]);
    expect(recoveries).toEqual([{ reason: 'crashed', retried: true }]);
    expect(readFileSync(join(folder.path, 'out.npy'))).toEqual(
      readFileSync(join(folder.path, 'expected.npy')),
    );
    expect(readdirSync(folder.path).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('that the user stops writes nothing, is not asked again, and is replaced', async () => {
    const { supervisor, engine, exporting, underWay, ends } = await start();
    const before = readdirSync(folder.path);
    const started = underWay();
    const result = engine.exportResult(await exporting('out.npy')).catch((thrown: unknown) => thrown);
    await started;
    await supervisor.kill();
    await expect(result).resolves.toMatchObject({ code: 'cancelled' });
    expect(ends).toMatchObject([{ cause: 'stopped' }]);
    expect(readdirSync(folder.path)).toEqual(before);
    // The next engine has the same files open.
    const report = await engine.exportResult(await exporting('later.npy'));
    expect(existsSync(report.path)).toBe(true);
  });

  it('that dies twice of the same work gives it up, and others go on', async () => {
    const { engine, exporting, ends } = await start('processor-aborts');
    const result = engine.exportResult(await exporting('out.npy')).catch((thrown: unknown) => thrown);
    await expect(result).resolves.toMatchObject({ code: 'engine-crashed' });
    expect(ends.map(({ cause }) => cause)).toEqual(['crashed', 'crashed']);
    expect(existsSync(join(folder.path, 'out.npy'))).toBe(false);
    expect((await engine.describe({})).filters.length).toBeGreaterThan(0);
  });

  it('ends when its owner is gone', async () => {
    const child = spawn(process.execPath, [built.entryPath], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    child.send({ kind: 'configure', options: { ...engineOptions, modelsFolder: built.modelsPath } });
    await once(child, 'message');
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });

  it('cannot be run by hand', async () => {
    const child = spawn(process.execPath, [built.entryPath], { stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).not.toBe(0);
  });
});

const engineOptions = { device: 'auto', tileBytes: 1e8, cacheBytes: 1e8, sessions: 1, logLevel: 'silent' };

it('an engine that cannot be started is an error, not a loop', async () => {
  const supervisor = createSupervisor({
    launch: nodeLauncher(join(built.modelsPath, 'nowhere.mjs'), 'ignore'),
    modelsFolder: built.modelsPath,
  });
  const ends = vi.fn();
  supervisor.onEngineEnd(ends);
  await expect(supervisor.openChannel()).rejects.toMatchObject({ code: 'engine-unreachable' });
  expect(ends).toHaveBeenCalledTimes(1);
});

describe('a GPU is tried in a process of its own', () => {
  const gpuAfterProbing = async (fault: string, timeout?: number) => {
    const { engine, supervisor, ends } = await start(fault, timeout);
    const { processId } = supervisor;
    const report = await engine.devices({ probe: true });
    // Whatever happened there, the engine itself goes on.
    expect(ends).toEqual([]);
    expect(supervisor.processId).toBe(processId);
    return { report, gpu: report.devices.find(({ device }) => device === 'webgpu') };
  };

  it('and used when it agrees with the processor', async () => {
    const { report, gpu } = await gpuAfterProbing('');
    expect(gpu).toMatchObject({ state: 'ready', probeDifference: 0 });
    expect(gpu?.probeMilliseconds).toBeGreaterThan(0);
    expect(report.active).toBe('webgpu');
  });

  it.each([
    ['aborts', 'failed'],
    ['throws', 'failed'],
    ['wrong', 'wrong-result'],
    ['nan', 'wrong-result'],
  ])('and left alone when it %s', async (fault, state) => {
    const { report, gpu } = await gpuAfterProbing(fault);
    expect(gpu).toMatchObject({ state });
    expect(gpu?.detail.length).toBeGreaterThan(10);
    expect(report.active).toBe('cpu');
  });

  it('and left alone when it does not answer', async () => {
    const { gpu } = await gpuAfterProbing('hangs', 1500);
    expect(gpu).toMatchObject({ state: 'failed', detail: expect.stringContaining('1.5 seconds') });
  });

  it('one that passes and then takes the engine down costs a second: the work is done on the processor', async () => {
    const { engine, exporting, ends, recoveries } = await start('aborts-later');
    expect((await engine.devices({ probe: true })).active).toBe('webgpu');
    const report = await engine.exportResult(await exporting('out.npy'));
    expect(report.device).toBe('cpu');
    expect(ends).toMatchObject([{ cause: 'crashed' }]);
    expect(recoveries).toEqual([{ reason: 'crashed', retried: true }]);
    expect((await engine.devices({ probe: false })).choice).toBe('cpu');
  });
});

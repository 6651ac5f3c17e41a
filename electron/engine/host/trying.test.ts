import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readImage } from '../../codecs/read';
import { EngineConnection, type Recovery } from '../../contract/connection';
import { builtEngine } from '../testing/builtEngine';
import { asFloats, type Folder, temporaryFolder } from '../testing/files';
import { ownModelPath } from '../testing/ownModels';
import { pictureOf, processingOf, stepOf } from '../testing/sources';
import { nodeLauncher } from './nodeLauncher';
import { createSupervisor, type EngineEnd } from './supervisor';

const built = builtEngine('faulty');

let folder: Folder;
let end = async () => {};
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await end();
  folder.remove();
});

/** An engine in a process of its own with a picture open in it. */
async function start(fault: string, probeTimeoutMilliseconds = 20_000) {
  vi.stubEnv('SIDELIGHT_TEST_FAULT', fault);
  const supervisor = createSupervisor({
    launch: nodeLauncher(built.entryPath, 'ignore'),
    modelsFolder: built.modelsPath,
    options: { logLevel: 'silent' },
    probeTimeoutMilliseconds,
  });
  const ends: EngineEnd[] = [];
  supervisor.onEngineEnd((ended) => ends.push(ended));
  const connection = new EngineConnection(() => supervisor.openChannel());
  const recoveries: (Recovery | null)[] = [];
  connection.onState((state, recovery) => {
    if (state === 'ready') recoveries.push(recovery);
  });
  end = async () => {
    connection.close();
    await supervisor.stop();
  };
  const { engine } = connection;
  const target = await supervisor.grantRead(await folder.write('target.png', pictureOf(96, 64, 3)));
  await engine.openSource({
    sourceId: 'target',
    fileId: target,
    role: 'target',
    unknownMarker: 'none',
    unit: 'none',
  });
  const openModel = async (name: string) =>
    engine.openModel({ fileId: await supervisor.grantRead(ownModelPath(name)) });
  const exported = async (name: string, filter: string, parameters = {}) => {
    const path = join(folder.path, name);
    const processing = processingOf(stepOf(filter, { parameters }));
    await engine.exportResult({
      jobId: name,
      document: { target: 'target', guidance: null, processing },
      writeId: await supervisor.grantWrite(path),
      settings: asFloats,
      device: 'auto',
    });
    return (await readImage(path)).raster;
  };
  return { supervisor, engine, ends, recoveries, openModel, exported };
}

describe('a model is tried in a process of its own', () => {
  it('and used when it passes, also by the next engine', async () => {
    const { supervisor, openModel, exported, recoveries, ends } = await start('');
    const { fingerprint } = await openModel('warmer');
    const before = await exported('before.npy', 'own-network', { model: 'warmer.onnx', fingerprint });
    process.kill(supervisor.processId!, 'SIGKILL');
    await vi.waitFor(() => expect(recoveries).toHaveLength(2), 10_000);
    const after = await exported('after.npy', 'own-network', { model: 'warmer.onnx', fingerprint });
    expect(after.data).toEqual(before.data);
    expect(before.channels).toBe(3);
    expect(ends).toMatchObject([{ cause: 'crashed' }]);
  });

  it.each([
    [
      'that ends the process it is loaded into',
      'model-aborts',
      'warmer',
      'ended the process it was tried in',
      20_000,
    ],
    [
      'that never comes to an end',
      '',
      'bad-endless',
      'did not finish a small picture within 1.5 seconds',
      1500,
    ],
    ['that cannot be run', '', 'bad-throws', 'fails when it is run', 20_000],
    ['that needs a file of its own', '', 'bad-weights-elsewhere', 'weights in another file', 20_000],
  ])('and one %s does no harm', async (_, fault, name, why, timeout) => {
    const { supervisor, engine, ends, openModel, exported } = await start(fault, timeout);
    const { processId } = supervisor;
    await expect(openModel(name)).rejects.toMatchObject({
      code: 'own-model-unsuited',
      message: expect.stringContaining(why),
    });
    expect(ends).toEqual([]);
    expect((await engine.describe({})).processId).toBe(processId);
    expect((await exported('out.npy', 'bicubic')).channels).toBe(3);
  });
});

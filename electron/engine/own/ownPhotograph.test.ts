import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../../codecs/read';
import type { ParameterValues } from '../../contract/filters';
import { largestDifference } from '../../filters/testing/filterInputs';
import type { Raster } from '../../raster/raster';
import { documentOf, SessionAtWork, tileOf } from '../testing/sessionAtWork';
import { pictureOf, stepOf } from '../testing/sources';

const photograph = fileURLToPath(new URL('./fixtures/photograph.png', import.meta.url));

let at: SessionAtWork;
beforeEach(async () => {
  at = new SessionAtWork();
  await at.open('target', pictureOf(60, 40, 3));
});
afterEach(() => at.end());

const openPhotograph = (path: string) => {
  at.engine.files.permitReading(path, path);
  return at.session.openPhotograph({ fileId: path });
};

const withLook = (parameters: ParameterValues) => ({
  ...documentOf(stepOf('style-transfer', { parameters: { rounds: 1, ...parameters } })),
  guidance: null,
});
const own = (fingerprint: string) => withLook({ look: 'own', reference: 'mine.png', fingerprint });

let written = 0;
async function exported(document: ReturnType<typeof withLook>): Promise<Raster> {
  written += 1;
  const path = join(at.folder.path, `out-${written}.npy`);
  await at.session.exportResult(at.exportTo(path, { document }));
  return (await readImage(path)).raster;
}

describe('a photograph of the user’s', () => {
  it('gives its look, which lasts when the file is changed or gone', async () => {
    const path = join(at.folder.path, 'mine.png');
    copyFileSync(photograph, path);
    const { fingerprint, name } = await openPhotograph(path);
    expect(name).toBe('mine.png');
    const styled = await exported(own(fingerprint));
    const median = styled.data.toSorted()[styled.data.length / 2]!;
    // That of the photograph is 0.59, of the default look 0.2.
    expect(median / 255).toBeCloseTo(0.59, 1);
    expect(largestDifference(styled.data, (await exported(withLook({}))).data)).toBeGreaterThan(50);
    rmSync(path);
    expect((await exported(own(fingerprint))).data).toEqual(styled.data);
    await expect(openPhotograph(path)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('whose content is another one has another fingerprint, and its own look', async () => {
    const path = await at.folder.write('other.png', pictureOf(50, 30, 1));
    const first = await openPhotograph(path);
    copyFileSync(photograph, path);
    const second = await openPhotograph(path);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    const [before, after] = [await exported(own(first.fingerprint)), await exported(own(second.fingerprint))];
    expect(largestDifference(before.data, after.data)).toBeGreaterThan(10);
  });

  it.each([
    ['not chosen', { reference: '' }, 'No photograph is chosen yet'],
    ['not open', { reference: 'sea.jpg' }, 'sea.jpg is not open'],
    ['not the one that is open', { reference: 'sea.jpg', fingerprint: 'a'.repeat(64) }, 'is not open'],
  ])('that is %s is asked for', async (_, parameters, message) => {
    await openPhotograph(photograph);
    const document = withLook({ look: 'own', ...parameters });
    const problem = { code: 'own-photograph-missing', message: expect.stringContaining(message) };
    await expect(at.session.describeDocument({ document })).rejects.toMatchObject(problem);
    await expect(at.session.renderTile(tileOf({ document }))).rejects.toMatchObject(problem);
    await expect(exported(document)).rejects.toMatchObject(problem);
    // Another look does not need it.
    await at.session.describeDocument({ document: withLook(parameters) });
  });

  it('that is no picture or has no look is told of, and the session goes on', async () => {
    const letter = join(at.folder.path, 'letter.png');
    writeFileSync(letter, 'Dear photographer,');
    await expect(openPhotograph(letter)).rejects.toMatchObject({ code: 'format-unknown' });
    const flat = await at.folder.write('flat.png', {
      ...pictureOf(20, 20, 3),
      data: new Float32Array(1200).fill(128),
    });
    await expect(openPhotograph(flat)).rejects.toMatchObject({
      code: 'own-photograph-unsuited',
      message: expect.stringContaining('flat.png'),
    });
    expect(() => at.session.openPhotograph({ fileId: '/etc/hostname' })).toThrow(
      expect.objectContaining({ code: 'file-not-permitted' }),
    );
    expect((await openPhotograph(photograph)).name).toBe('photograph.png');
  });

  it('is never written over by what is made with it', async () => {
    const path = join(at.folder.path, 'mine.png');
    copyFileSync(photograph, path);
    const { fingerprint } = await openPhotograph(path);
    const onto = (document: ReturnType<typeof withLook>) =>
      at.session.exportResult(
        at.exportTo(path, {
          document,
          settings: { ...at.exportTo(path).settings, format: 'png', sampleType: 'u8', overwrite: 'replace' },
        }),
      );
    await expect(onto(own(fingerprint))).rejects.toMatchObject({ code: 'output-is-input' });
    await onto(withLook({}));
  });
});

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, floats, SessionAtWork, tileOf } from '../testing/sessionAtWork';
import { pictureOf, stepOf } from '../testing/sources';

let at: SessionAtWork;
beforeEach(() => {
  at = new SessionAtWork();
});
afterEach(() => at.end());

describe('documents that cannot be evaluated', () => {
  const refused = async (code: string, document = documentOf(stepOf('guided-filter'))) => {
    const error = await at.session.describeDocument({ document }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as { remedy: string }).remedy.length).toBeGreaterThan(10);
    await expect(at.session.renderTile(tileOf({ document }))).rejects.toMatchObject({ code });
    await expect(
      at.session.exportResult(at.exportTo(join(at.folder.path, 'out.npy'), { document })),
    ).rejects.toMatchObject({ code });
    expect(existsSync(join(at.folder.path, 'out.npy'))).toBe(false);
  };

  it('a target larger than its guidance', async () => {
    await at.open('target', pictureOf(64, 64, 1));
    await at.open('guidance', pictureOf(32, 32, 3));
    await refused('target-larger-than-guidance');
  });

  it('shapes that differ', async () => {
    await at.open('target', pictureOf(16, 16, 1));
    await at.open('guidance', pictureOf(64, 32, 3));
    await refused('aspect-mismatch');
  });

  it('a target of which nothing is known', async () => {
    await at.open('target', floats(4, 4, new Array(16).fill(Number.NaN)));
    await at.open('guidance', pictureOf(16, 16, 3));
    await refused('target-all-unknown');
  });

  it('no target; no guidance for a filter that needs one', async () => {
    await at.open('target', pictureOf(16, 16, 1));
    await refused('guidance-missing', { ...documentOf(stepOf('dagf')), guidance: null });
    await refused('target-missing', { ...documentOf(stepOf('bicubic')), target: null, guidance: null });
  });

  it('a filter or a parameter there is not', async () => {
    await at.open('target', pictureOf(16, 16, 1));
    await at.open('guidance', pictureOf(32, 32, 3));
    await refused('filter-unknown', documentOf(stepOf('sharpen')));
    await refused('parameter-invalid', documentOf(stepOf('guided-filter', { parameters: { radius: -1 } })));
  });

  it('a model that is missing', async () => {
    await at.open('target', pictureOf(16, 16, 1));
    await at.open('guidance', pictureOf(64, 64, 3));
    rmSync(join(at.models.path, 'manifest.json'));
    await refused('model-missing', documentOf(stepOf('dagf')));
  });

  it('still show the layers that are there', async () => {
    await at.open('target', pictureOf(32, 32, 1));
    await at.open('guidance', pictureOf(64, 32, 3));
    for (const layer of ['target', 'guidance'] as const) expect((await at.rgbaOf({ layer }))[3]).toBe(255);
    const alone = { ...documentOf(), target: null };
    expect((await at.rgbaOf({ layer: 'guidance', document: alone }))[3]).toBe(255);
  });
});

describe('what is said before anything is computed', () => {
  const noticesOf = async (...steps: ReturnType<typeof stepOf>[]) =>
    (await at.session.describeDocument({ document: documentOf(...steps) })).notices.join(' ');

  it('is that the target is noisy, for the step that sees it', async () => {
    await at.open('target', pictureOf(32, 32, 1));
    await at.open('guidance', pictureOf(128, 128, 3));
    expect(await noticesOf(stepOf('dagf'))).toContain('looks noisy');
    expect(await noticesOf(stepOf('guided-filter'), stepOf('dagf'))).not.toContain('looks noisy');
  });

  it('is nothing of noise where there is none', async () => {
    await at.open(
      'target',
      floats(
        32,
        32,
        Array.from({ length: 1024 }, (_, i) => i % 32),
      ),
    );
    await at.open('guidance', pictureOf(128, 128, 3));
    expect(await noticesOf(stepOf('dagf'))).not.toContain('looks noisy');
  });
});

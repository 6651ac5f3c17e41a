import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { floats, SessionAtWork } from './testing/sessionAtWork';
import { pictureOf } from './testing/sources';

let at: SessionAtWork;
beforeEach(() => {
  at = new SessionAtWork();
});
afterEach(() => at.end());

describe('opening', () => {
  it('describes what was found', async () => {
    const info = await at.open('target', pictureOf(24, 20, 1));
    expect(info).toMatchObject({
      size: { width: 24, height: 20 },
      channels: 1,
      format: 'png',
      sampleType: 'u8',
      fullScale: { min: 0, max: 255 },
      unknownPixels: 0,
      hasAlpha: false,
      fewValues: null,
    });
    expect(info.valueRange.min).toBeGreaterThan(30);
  });

  it('counts pixels that hold no number, and fills them for the filters', async () => {
    const info = await at.open('target', floats(3, 2, [1, Number.NaN, 3, Number.POSITIVE_INFINITY, 5, 6]));
    expect(info).toMatchObject({ nonFinitePixels: 2, unknownPixels: 2, valueRange: { min: 1, max: 6 } });
  });

  it('takes zeros as unknown when told so, and counts only once', async () => {
    const info = await at.open('target', floats(3, 2, [0, Number.NaN, 3, 0, 5, 6]), 'zero');
    expect(info).toMatchObject({
      unknownMarker: 'zero',
      unknownPixels: 3,
      nonFinitePixels: 1,
      valueRange: { min: 3, max: 6 },
    });
  });

  it('never takes a guidance’s black for unknown', async () => {
    const info = await at.open('guidance', floats(3, 2, [0, 2, 3, 0, 5, 6]), 'zero');
    expect(info).toMatchObject({ unknownMarker: 'none', unknownPixels: 0 });
  });

  it('a file that was not granted is refused', async () => {
    const request = {
      sourceId: 's',
      fileId: '/etc/passwd',
      role: 'target',
      unknownMarker: 'none',
      unit: 'none',
    } as const;
    expect(() => at.session.openSource(request)).toThrowError(
      expect.objectContaining({ code: 'file-not-permitted' }),
    );
  });

  it.each([
    ['a text file named .png', 'text.png', 'hello', 'format-unknown'],
    ['an empty file', 'empty.png', '', 'image-empty'],
  ])('%s is told as such, and the session goes on', async (_, name, content, code) => {
    const path = join(at.folder.path, name);
    writeFileSync(path, content);
    await expect(at.open('target', path)).rejects.toMatchObject({ code });
    await expect(at.open('target', pictureOf(8, 8, 1))).resolves.toMatchObject({ channels: 1 });
  });

  it('under the same id replaces, and closing frees', async () => {
    await at.open('target', pictureOf(24, 20, 1));
    await at.open('target', pictureOf(10, 10, 1));
    expect(at.engine.store.bytes).toBe(400);
    await at.session.closeSource({ sourceId: 'target' });
    expect(at.engine.store.bytes).toBe(0);
  });

  it('what a client has open goes with it', async () => {
    await at.open('target', pictureOf(24, 20, 1));
    at.session.end();
    expect(at.engine.store.bytes).toBe(0);
  });
});

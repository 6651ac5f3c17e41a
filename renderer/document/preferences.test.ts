import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepPreferences, readPreferences } from './preferences';

const usual = { theme: 'system', compare: 'split', pixelGrid: true, panelWidth: 320 };
const liked = { theme: 'dark', compare: 'sides', pixelGrid: false, panelWidth: 400 } as const;

let stored: Map<string, string>;
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
};
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', storage);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Puts another text where the preferences are kept. */
function corrupt(text: string): void {
  keepPreferences(liked);
  stored.set([...stored.keys()][0]!, text);
}

describe('preferences', () => {
  it('are the usual ones until there are others, which come back', () => {
    expect(readPreferences()).toEqual(usual);
    keepPreferences(liked);
    expect(readPreferences()).toEqual(liked);
  });

  it.each(['', '{', 'null', '7', '"text"', '[]', '{"theme":'])(
    'are the usual ones when %j is found in their place',
    (text) => {
      corrupt(text);
      expect(readPreferences()).toEqual(usual);
    },
  );

  it.each([
    [{ theme: 'pink' }, { theme: 'system' }],
    [{ compare: 3 }, { compare: 'split' }],
    [{ pixelGrid: 'yes' }, { pixelGrid: true }],
    [{ panelWidth: 5000 }, { panelWidth: 320 }],
    [{ panelWidth: -1 }, { panelWidth: 320 }],
    [{ panelWidth: null }, { panelWidth: 320 }],
  ])('lose to %j only the setting that makes no sense', (wrong, instead) => {
    corrupt(JSON.stringify({ ...liked, ...wrong, extra: 1 }));
    expect(readPreferences()).toEqual({ ...liked, ...instead });
  });

  it('keep nothing but themselves', () => {
    const window = { ...liked, dialog: { kind: 'export' }, displays: { secret: 1 } };
    keepPreferences(window);
    expect(JSON.parse([...stored.values()][0]!)).toEqual(liked);
  });

  it.each([
    ['is forbidden', { getItem: forbidden, setItem: forbidden }],
    ['is not there', undefined],
  ])('are the usual ones where storage %s', (_what, absent) => {
    vi.stubGlobal('localStorage', absent);
    expect(readPreferences()).toEqual(usual);
    expect(() => keepPreferences(liked)).not.toThrow();
  });
});

function forbidden(): never {
  throw new DOMException('The operation is insecure.', 'SecurityError');
}

describe('the window', () => {
  it('starts as it was left, and keeps what changes', async () => {
    keepPreferences(liked);
    const { useView, setTheme, cycleCompare, followPreferences } = await import('./viewStore');
    expect(useView.getState()).toMatchObject(liked);
    followPreferences();
    const setItem = vi.spyOn(storage, 'setItem');
    setTheme('light');
    cycleCompare();
    useView.setState({ panelWidth: 300 });
    expect(readPreferences()).toEqual({ ...liked, theme: 'light', compare: 'single', panelWidth: 300 });
    expect(setItem).toHaveBeenCalledTimes(3);
    useView.setState({ splitAt: 0.25, holdingTarget: true });
    expect(setItem).toHaveBeenCalledTimes(3);
  });
});

import { describe, expect, it } from 'vitest';
import { actions } from './actions';
import { type KeyPress, matches, parseShortcut, shortcutLabel } from './shortcuts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('the list of actions', () => {
  it('names every action once', () => {
    const ids = actions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const titles = actions.map(({ title, group }) => `${group} ${title}`);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('gives every shortcut to one action', () => {
    const shortcuts = actions.flatMap((action) => action.shortcuts.map((keys) => keys.toLowerCase()));
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
    for (const shortcut of shortcuts) expect(parseShortcut(shortcut).key).not.toBe('');
  });

  it('answers each key press with at most one action', () => {
    for (const action of actions) {
      for (const shortcut of action.shortcuts) {
        const keys = parseShortcut(shortcut);
        const event = press(keys.key, { ctrlKey: keys.mod, shiftKey: keys.shift, altKey: keys.alt });
        const answering = actions.filter((other) =>
          other.shortcuts.some((one) => matches(event, one, false)),
        );
        expect(answering.map(({ id }) => id)).toEqual([action.id]);
      }
    }
  });

  it('has the keys the manual names', () => {
    const keysOf = (id: string) => actions.find((action) => action.id === id)?.shortcuts;
    expect(keysOf('hold-target')).toEqual(['\\']);
    expect(keysOf('compare-cycle')).toEqual(['C']);
    expect(keysOf('panels')).toEqual(['Tab']);
    expect(['result', 'target', 'guidance'].map((layer) => keysOf(`isolate-${layer}`))).toEqual([
      ['1'],
      ['2'],
      ['3'],
    ]);
  });
});

describe('shortcuts', () => {
  it('go by what a key types, whatever the layout', () => {
    expect(matches(press('c'), 'C', false)).toBe(true);
    expect(matches(press('C', { shiftKey: true }), 'C', false)).toBe(false);
    expect(matches(press('+', { shiftKey: true }), '+', false)).toBe(true);
    expect(matches(press('+', { ctrlKey: true }), 'Mod++', false)).toBe(true);
  });

  it('take ⌘ on a Mac and Ctrl elsewhere', () => {
    expect(matches(press('z', { metaKey: true }), 'Mod+Z', true)).toBe(true);
    expect(matches(press('z', { ctrlKey: true }), 'Mod+Z', true)).toBe(false);
    expect(matches(press('z', { ctrlKey: true }), 'Mod+Z', false)).toBe(true);
    expect(matches(press('z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false);
  });

  it('are written as each system writes them', () => {
    expect(shortcutLabel('Mod+Shift+Z', true)).toBe('⌘⇧Z');
    expect(shortcutLabel('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(shortcutLabel('Mod++', false)).toBe('Ctrl++');
    expect(shortcutLabel('-', false)).toBe('−');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const assets = path.resolve(import.meta.dirname, '..', 'dist', 'renderer', 'assets');

// A test run builds what is stale, and is no reason to build it for debugging: React would render at a third of its speed.
it('is made for use, also when it is a test that asks for it', () => {
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts).not.toEqual([]);
  for (const name of scripts) expect(readFileSync(path.join(assets, name), 'utf8')).not.toContain('jsxDEV');
});

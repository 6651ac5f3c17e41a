import { describe, expect, it } from 'vitest';
import { windowObstacle } from './appWindow';
import { chromiumCandidates } from './chromium';

describe('where Chromium is looked for', () => {
  it('is the search path on Linux, the plainest browser first, without snaps', () => {
    const found = chromiumCandidates('linux', { PATH: '/usr/bin::/snap/bin:/opt/bin' }, '/home/a');
    expect(found.slice(0, 2)).toEqual(['/usr/bin/chromium', '/opt/bin/chromium']);
    expect(found).toContain('/opt/bin/microsoft-edge');
    expect(found.every((file) => !file.startsWith('/snap/'))).toBe(true);
  });

  it('is the applications folder, the user’s included, on macOS', () => {
    const found = chromiumCandidates('darwin', {}, '/Users/a');
    expect(found[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(found).toContain('/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium');
  });

  it('is every program folder there is on Windows', () => {
    const found = chromiumCandidates('win32', { 'ProgramFiles(x86)': 'C:\\Programs' }, 'C:\\Users\\a');
    expect(found).toContain('C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe');
    expect(found).toHaveLength(4);
  });
});

describe('what keeps a window from opening', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, 1000, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['linux', {}, 1000, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, 0, 'a browser opened by root would run without its sandbox'],
    ['darwin', {}, 501, null],
    ['win32', {}, undefined, null],
  ] as const)('%s %o as user %s: %s', (platform, environment, userId, obstacle) => {
    expect(windowObstacle(platform, environment, userId)).toBe(obstacle);
  });
});

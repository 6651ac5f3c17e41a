import { describe, expect, it } from 'vitest';
import { namedFiles } from './arguments';

describe('files named at the start', () => {
  it.each([
    [['/opt/Sidelight/sidelight', 'a.png', '/data/b.png'], false, ['/home/a.png', '/data/b.png']],
    [['electron', '/checkout', 'a.png'], true, ['/home/a.png']],
    [['electron', '--inspect', '/checkout', '--trace', 'a.png'], true, ['/home/a.png']],
    [['sidelight', '--allow-file-access-from-files', '-x'], false, []],
    [['sidelight'], false, []],
    [['sidelight', 'file:///data/deep%20sea.png'], false, ['/data/deep sea.png']],
    [['sidelight', 'file://elsewhere/a%ZZ.png'], false, ['/home/file:/elsewhere/a%ZZ.png']],
  ])('%j, in a checkout: %s', (argv, isDefaultApp, expected) => {
    expect(namedFiles(argv, isDefaultApp, '/home')).toEqual(expected);
  });
});

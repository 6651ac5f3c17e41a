import { describe, expect, it } from 'vitest';
import { runProgram } from './program';

async function run(...words: string[]) {
  const written = { out: '', err: '' };
  const exitCode = await runProgram(words, {
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
  });
  return { exitCode, ...written };
}

const files = ['--target', 't.png', '--output', 'o.png'];

describe('the command line', () => {
  it('prints its version', async () => {
    const { exitCode, out } = await run('--version');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('explains itself, its exit codes and every command', async () => {
    const { exitCode, out, err } = await run('--help');
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    for (const word of ['filters', 'devices', 'filter', 'run', 'evaluate', 'serve', 'Exit codes', 'Examples'])
      expect(out).toContain(word);
    for (const command of ['filters', 'devices', 'filter', 'run', 'evaluate', 'serve']) {
      const help = await run(command, '--help');
      expect(help.exitCode).toBe(0);
      expect(help.out).toContain(`Usage: sidelight ${command}`);
    }
  });

  it('answers a bare call with the help, as a wrong usage', async () => {
    const { exitCode, out, err } = await run();
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('Usage: sidelight');
  });

  it.each<[string, string[], string]>([
    ['a command that is not there', ['sharpen'], 'Unknown command'],
    ['an option that is not there', ['filters', '--colour'], 'Unknown option'],
    ['a target left out', ['filter', 'dagf', '--output', 'o.png'], '--target'],
    ['an output left out', ['filter', 'dagf', '--target', 't.png'], '--output'],
    ['a filter left out', ['filter', ...files], 'id'],
    [
      'an unknown device',
      ['filter', 'dagf', ...files, '--device', 'gpu'],
      'auto, cuda, coreml, dml, webgpu, cpu',
    ],
    ['an unknown fit', ['filter', 'dagf', ...files, '--fit', 'squeeze'], 'refuse, crop, stretch'],
    ['a wrong depth', ['filter', 'dagf', ...files, '--depth', '12'], '8, 16, 32'],
    ['a wrong range', ['filter', 'dagf', ...files, '--range', '9:1'], 'no range'],
    ['a wrong opacity', ['filter', 'dagf', ...files, '--opacity', '2'], '--opacity'],
    ['too many iterations', ['filter', 'dagf', ...files, '--iterations', '21'], '--iterations'],
    ['an unknown family', ['evaluate', 'width', '--data', '.'], 'Use one of: depth'],
    ['a factor of 3', ['evaluate', 'depth', '--data', '.', '--scales', '3'], '4, 8, 16'],
    [
      'an unknown degradation',
      ['evaluate', 'depth', '--data', '.', '--degradations', 'blur'],
      'nearest, bicubic, noisy',
    ],
    ['a report of no kind', ['evaluate', 'depth', '--data', '.', '--output', 'r.pdf'], '.md or .json'],
    ['a port that is none', ['serve', '--port', '70000'], '--port'],
  ])('refuses %s', async (_, words, hint) => {
    const { exitCode, out, err } = await run(...words);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(hint);
    const forMachines = await run(...words, '--json');
    expect(JSON.parse(forMachines.out)).toMatchObject({
      error: { code: 'usage', remedy: expect.any(String) },
    });
    expect(forMachines.exitCode).toBe(2);
  });
});

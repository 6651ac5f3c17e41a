import { describe, expect, it } from 'vitest';
import { Output, type OutputOptions } from './output';
import { describeDuration } from './progressLine';

const error = { code: 'disk-full' as const, message: 'The disk is full.', remedy: 'Free some space.' };

function talk(options: OutputOptions, isTTY: boolean, say: (output: Output) => void, tick = 50) {
  const written = { out: '', err: '' };
  let time = 0;
  const clock = () => {
    time += tick;
    return time;
  };
  const streams = {
    out: { write: (text: string) => (written.out += text) },
    err: { write: (text: string) => (written.err += text), isTTY, columns: 40 },
  };
  const output = new Output(options, streams, clock);
  say(output);
  return written;
}

describe('Output', () => {
  it('puts results on stdout and everything else on stderr', () => {
    const written = talk({}, false, (output) => {
      output.remark('A remark.');
      output.result({ a: 1 }, () => 'One.\n');
    });
    expect(written).toEqual({ out: 'One.\n', err: 'A remark.\n' });
  });

  it('gives one JSON object for machines, errors too', () => {
    const result = talk({ json: true }, false, (output) => output.result({ a: 1 }, () => 'One.'));
    expect(JSON.parse(result.out)).toEqual({ a: 1 });
    const failure = talk({ json: true }, false, (output) => output.error(error));
    expect(JSON.parse(failure.out)).toEqual({ error });
    expect(failure.err).toBe('');
  });

  it('tells people what happened and what to do', () => {
    const { out, err } = talk({}, false, (output) => output.error(error));
    expect(out).toBe('');
    expect(err).toBe('sidelight: The disk is full.\nFree some space.\n');
  });

  it('is silent with --quiet but for errors', () => {
    const { err } = talk({ quiet: true }, true, (output) => {
      output.progress('filtering', 0.5, 1000);
      output.remark('A remark.');
      output.error(error);
    });
    expect(err).toBe('sidelight: The disk is full.\nFree some space.\n');
  });

  it('redraws one line on a terminal, and clears it for other text', () => {
    const { err } = talk({}, true, (output) => {
      output.progress('filtering', 0.42, 65_000);
      output.progress('filtering', 0.43, 64_000);
      output.remark('A remark.');
    });
    expect(err).toBe('\r\u001b[K 42 %  filtering, 65 s left\r\u001b[KA remark.\n');
  });

  it('writes a line a quarter elsewhere', () => {
    const work = (output: Output) => {
      for (let step = 0; step <= 100; step += 1) output.progress('filtering', step / 100, null);
      output.progress('writing', 1, null);
    };
    const { err } = talk({}, false, work, 2000);
    expect(err.split('\n')).toEqual([
      '  0 %  filtering',
      ' 25 %  filtering',
      ' 50 %  filtering',
      ' 75 %  filtering',
      '100 %  filtering',
      '100 %  writing',
      '',
    ]);
  });

  it('writes no progress there for work of less than a second', () => {
    const { err } = talk({}, false, (output) => {
      for (let step = 0; step <= 4; step += 1) output.progress('filtering', step / 4, null);
    });
    expect(err).toBe('');
  });

  it('never writes a line wider than the terminal', () => {
    const { err } = talk({}, true, (output) => output.progress('x'.repeat(100), 0.1, null));
    expect(err.replace('\r\u001b[K', '')).toHaveLength(39);
  });
});

describe('describeDuration', () => {
  it.each([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [12_300, '12 s'],
    [200_000, '3 min 20 s'],
  ])('%i ms is %s', (milliseconds, text) => {
    expect(describeDuration(milliseconds)).toBe(text);
  });
});

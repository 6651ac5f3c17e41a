import { expect, test } from 'vitest';
import { WorkQueue } from './queue';

/** Work that ends when it is told to. */
function held() {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, work: () => ended };
}

test('what the user looks at comes before files, one thing at a time', async () => {
  const queue = new WorkQueue();
  const { end, work } = held();
  const order: string[] = [];
  const done = [
    queue.run('export', work),
    queue.run('export', async () => void order.push('export')),
    queue.run('visible', async () => void order.push('visible')),
  ];
  expect(order).toEqual([]);
  end();
  await Promise.all(done);
  expect(order).toEqual(['visible', 'export']);
});

test('work that is stopped while it waits ends at once and never begins', async () => {
  const queue = new WorkQueue();
  const { end, work } = held();
  const first = queue.run('visible', work);
  const controller = new AbortController();
  const begun: string[] = [];
  const waiting = queue.run('export', async () => void begun.push('work'), controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  end();
  await first;
  await queue.run('export', async () => {});
  expect(begun).toEqual([]);
});

test('work that was stopped before it is handed in never begins', async () => {
  const queue = new WorkQueue();
  const begun: string[] = [];
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(queue.run('export', async () => void begun.push('work'), stopped)).rejects.toThrow('stopped');
  expect(begun).toEqual([]);
});

test('the next one waits for work under way that is stopped', async () => {
  const queue = new WorkQueue();
  const { end, work } = held();
  const controller = new AbortController();
  const order: string[] = [];
  const first = queue.run('export', () => work().then(() => void order.push('first')), controller.signal);
  const second = queue.run('export', async () => void order.push('second'));
  controller.abort(new Error('stopped'));
  end();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('an error of the work is the error of its promise, and the next one goes on', async () => {
  const queue = new WorkQueue();
  const failing = queue.run('export', async () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  await expect(queue.run('export', async () => 'result')).resolves.toBe('result');
});

test('so it is where work fails before it has a promise', async () => {
  const queue = new WorkQueue();
  const failing = queue.run('export', () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PixelReading } from '../../electron/contract/engine';
import { useDocument } from '../document/documentStore';
import { PixelProbe, useProbe } from './probe';
import { useViewport } from './viewportStore';

const valuesAt = (x: number): PixelReading => ({ guidance: null, target: [x], result: null });

/** An engine that answers when it is told to, in order. */
class SlowEngine {
  private readonly waiting: (() => void)[] = [];

  readPixel({ x }: { x: number }): Promise<PixelReading> {
    return new Promise((resolve) => this.waiting.push(() => resolve(valuesAt(x))));
  }

  async answer(): Promise<void> {
    this.waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  }
}

const engine = () => {
  const slow = new SlowEngine();
  return { slow, probe: new PixelProbe(slow as never) };
};

beforeEach(() => {
  vi.useFakeTimers();
  useProbe.setState({ at: null, read: null });
  useViewport.setState({
    picture: { width: 100, height: 100 },
    viewport: { centre: { x: 50, y: 50 }, scale: 1 },
    pane: { x: 0, y: 0, width: 100, height: 100 },
  });
});
afterEach(() => vi.useRealTimers());

it('never shows the values of one pixel at the place of another', async () => {
  const { slow, probe } = engine();
  probe.point({ x: 10.5, y: 5.5 });
  await slow.answer();
  expect(useProbe.getState().read).toEqual({ at: { x: 10, y: 5 }, reading: valuesAt(10) });
  probe.point({ x: 20.5, y: 5.5 });
  expect(useProbe.getState()).toMatchObject({ at: { x: 20, y: 5 }, read: { at: { x: 10, y: 5 } } });
  await slow.answer();
  expect(useProbe.getState().read).toEqual({ at: { x: 20, y: 5 }, reading: valuesAt(20) });
});

it('lets go of the pixel before when the new one takes long', async () => {
  const { slow, probe } = engine();
  probe.point({ x: 10.5, y: 5.5 });
  await slow.answer();
  probe.point({ x: 20.5, y: 5.5 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(useProbe.getState().read).toBeNull();
  await slow.answer();
  expect(useProbe.getState().read?.at).toEqual({ x: 20, y: 5 });
});

it('drops the values of a document that has changed meanwhile, and asks for those of the new one', async () => {
  const { slow, probe } = engine();
  probe.point({ x: 10.5, y: 5.5 });
  useDocument.setState(({ work }) => ({ work: { ...work } }));
  await slow.answer();
  expect(useProbe.getState()).toMatchObject({ at: { x: 10, y: 5 }, read: null });
  await slow.answer();
  expect(useProbe.getState().read).toEqual({ at: { x: 10, y: 5 }, reading: valuesAt(10) });
});

it('asks for the newest place next, not for those in between', async () => {
  const { slow, probe } = engine();
  for (const x of [10.5, 20.5, 30.5, 40.5]) probe.point({ x, y: 5.5 });
  await slow.answer();
  await slow.answer();
  expect(useProbe.getState().read).toEqual({ at: { x: 40, y: 5 }, reading: valuesAt(40) });
});

it('finds the pixel that came under a pointer that rests', async () => {
  const { slow, probe } = engine();
  const picture = { width: 100, height: 100 };
  useViewport.setState({ picture: null });
  probe.point({ x: 20.5, y: 5.5 });
  expect(useProbe.getState().at, 'no picture yet').toBeNull();
  useViewport.setState({ picture });
  probe.follow();
  await slow.answer();
  expect(useProbe.getState().read).toEqual({ at: { x: 20, y: 5 }, reading: valuesAt(20) });
  // Zoomed by keys: twice as large about the middle.
  useViewport.setState({ viewport: { centre: { x: 50, y: 50 }, scale: 2 } });
  probe.follow();
  await slow.answer();
  expect(useProbe.getState().read).toEqual({ at: { x: 35, y: 27 }, reading: valuesAt(35) });
});

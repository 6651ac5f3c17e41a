import { decode, Encoder } from '@msgpack/msgpack';
import { createBirpc } from 'birpc';
import { z } from 'zod';
import type { Channel } from './channel';
import {
  type EngineApi,
  type EngineEvent,
  type EngineEventData,
  type EngineMethod,
  engineEvents,
  engineMethods,
} from './engine';
import { type ErrorData, errorDataSchema, SidelightError } from './errors';

/** Errors cross as data, so that codes survive; nothing that crosses throws. */
type Reply = { ok: true; value: unknown } | { ok: false; error: ErrorData };
type Calls = { call(method: string, args: unknown): Promise<Reply> };
type Events = { event(name: string, data: unknown): void };

/** birpc's own framing: `q` asks, `s` answers. */
const messageSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('q'), i: z.string().optional(), m: z.string(), a: z.array(z.unknown()) }),
  z.object({ t: z.literal('s'), i: z.string(), r: z.unknown().optional(), e: z.unknown().optional() }),
]);

/** A malformed message becomes an answer nobody waits for: neither end may die of the other. */
function readMessage(bytes: Uint8Array): z.infer<typeof messageSchema> {
  try {
    return messageSchema.parse(decode(bytes));
  } catch {
    return { t: 's', i: '' };
  }
}

function messages(channel: Channel) {
  // Of one channel, and used again: memory for every tile's pixels anew would keep the garbage collector busy.
  const encoder = new Encoder({ ignoreUndefined: true });
  return {
    post: (bytes: Uint8Array) => channel.send(bytes),
    on: (listener: (bytes: Uint8Array) => void) => channel.onMessage(listener),
    serialize: (message: unknown) => encoder.encodeSharedRef(message),
    deserialize: readMessage,
    // A whole export is one call: only the end of the channel ends the wait.
    timeout: -1,
  };
}

const isMethod = (name: string): name is EngineMethod => Object.hasOwn(engineMethods, name);
const isEvent = (name: string): name is EngineEvent => Object.hasOwn(engineEvents, name);

export type EventListener = <E extends EngineEvent>(name: E, data: EngineEventData<E>) => void;

/** The client's end of one channel. Calls reject with a SidelightError; a closed channel leaves them to its owner. */
export function callEngine(channel: Channel, onEvent: EventListener): EngineApi {
  const rpc = createBirpc<Calls, Events>(
    {
      event(name, data) {
        const checked = isEvent(name) ? engineEvents[name].safeParse(data) : null;
        if (checked?.success) onEvent(name as EngineEvent, checked.data);
      },
    },
    messages(channel),
  );
  const call = async (method: EngineMethod, args: unknown) => {
    const reply = await rpc.call(method, args);
    if (!reply.ok) throw SidelightError.fromData(errorDataSchema.parse(reply.error));
    return engineMethods[method].result.parse(reply.value);
  };
  const methods = Object.keys(engineMethods) as EngineMethod[];
  return Object.fromEntries(
    methods.map((method) => [method, (args: unknown) => call(method, args)]),
  ) as unknown as EngineApi;
}

/** The engine's end of one channel: validates what comes in, answers, and tells events. */
export function serveEngine(channel: Channel, api: EngineApi): EventListener {
  const rpc = createBirpc<Events, Calls>(
    {
      async call(method, args): Promise<Reply> {
        try {
          if (!isMethod(method)) throw invalidRequest(`the engine has no method “${method}”`);
          const checked = engineMethods[method].args.safeParse(args);
          if (!checked.success)
            throw invalidRequest(`${method}: ${checked.error.issues[0]?.message ?? 'wrong shape'}`);
          const handler = api[method] as (checkedArgs: unknown) => Promise<unknown>;
          return { ok: true, value: await handler.call(api, checked.data) };
        } catch (thrown) {
          return { ok: false, error: SidelightError.from(thrown).toData() };
        }
      },
    },
    { ...messages(channel), eventNames: ['event'] },
  );
  return (name, data) => void rpc.event(name, data);
}

const invalidRequest = (what: string) =>
  new SidelightError(
    'request-invalid',
    `A request to the engine was malformed: ${what}.`,
    'Update or reinstall Sidelight: its parts do not fit together.',
  );

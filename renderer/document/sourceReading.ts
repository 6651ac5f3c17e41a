import { SidelightError } from '../../electron/contract/errors';
import type { TargetValues } from '../../electron/contract/recipe';
import { readMarker } from '../../electron/recipe/defaults';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { updateSource, useDocument } from './documentStore';
import type { InputChoice, InputRole } from './work';

/** What decides how a file is read; when it changes the engine reads it again under the same id. */
export const readKey = (
  role: InputRole,
  { unit, unknownMarker }: Pick<InputChoice, 'unit' | 'unknownMarker'>,
  targetValues: TargetValues,
) => `${role} ${unit} ${readMarker(unknownMarker, targetValues)}`;

/** Keeps the engine's sources as the work names them, through edits and undo alike. */
export function followSources(): void {
  useDocument.subscribe((state, before) => {
    const { inputs, processing } = state.work;
    const sameValues = processing.targetValues === before.work.processing.targetValues;
    if (inputs === before.work.inputs && sameValues) return;
    for (const role of ['guidance', 'target'] as const) {
      const choice = inputs[role];
      if (choice) void readAgain(role, choice);
    }
    const used = new Set(Object.values(inputs).map((choice) => choice?.sourceId));
    for (const source of Object.values(state.sources))
      if (!used.has(source.sourceId) && source.readAs !== null) release(source.sourceId);
    // A closed document takes its sources along.
    for (const sourceId of Object.keys(before.sources))
      if (!state.sources[sourceId])
        void links()
          .engine.closeSource({ sourceId })
          .catch(() => undefined);
  });
  useEngine.subscribe(({ restarts }, before) => {
    if (restarts !== before.restarts) readMissed();
  });
}

/** Reads what could not be read while there was no engine. */
function readMissed(): void {
  const { work, sources } = useDocument.getState();
  for (const role of ['guidance', 'target'] as const) {
    const choice = work.inputs[role];
    if (!choice || sources[choice.sourceId]?.error?.code !== 'engine-unreachable') continue;
    updateSource(choice.sourceId, { readAs: null });
    void readAgain(role, choice);
  }
}

function release(sourceId: string): void {
  updateSource(sourceId, { readAs: null, info: null });
  void links()
    .engine.closeSource({ sourceId })
    .catch(() => undefined);
}

async function readAgain(role: InputRole, choice: InputChoice): Promise<void> {
  const { sources, work } = useDocument.getState();
  const source = sources[choice.sourceId];
  const { targetValues } = work.processing;
  const wanted = readKey(role, choice, targetValues);
  if (!source || source.readAs === wanted) return;
  updateSource(choice.sourceId, { readAs: wanted });
  const isCurrent = () => useDocument.getState().sources[choice.sourceId]?.readAs === wanted;
  try {
    const { sourceId, unit, unknownMarker } = choice;
    const info = await links().engine.openSource({
      sourceId,
      unit,
      unknownMarker: readMarker(unknownMarker, targetValues),
      role,
      fileId: source.file.fileId,
    });
    if (isCurrent()) updateSource(sourceId, { info, error: null, reading: source.reading + 1 });
  } catch (thrown) {
    if (isCurrent())
      updateSource(choice.sourceId, { error: SidelightError.from(thrown).toData(), info: null });
  }
}

import { SidelightError } from '../../electron/contract/errors';
import type { OpenedFile } from '../../electron/contract/shell';
import type { SourceInfo, Unit } from '../../electron/contract/sources';
import { readMarker } from '../../electron/recipe/defaults';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { closeDocument, edit, hasDocument, useDocument } from './documentStore';
import { presetOf, withSuitedLengths } from './presets';
import { guessPair, guessSingle, type RoleCandidate } from './roles';
import { readKey } from './sourceReading';
import { useView } from './viewStore';
import { type InputChoice, type InputRole, type Source, type Work, withFirstStep } from './work';

const { getState: get, setState: set } = useDocument;

const chosenPreset = () => presetOf(get().work, useEngine.getState().description?.presets ?? []);

/** Files as the user gave them: two become a pair, one finds its role, more are asked about. */
async function openFiles(files: readonly OpenedFile[]): Promise<void> {
  set({ openProblems: [] });
  const { inputs } = get().work;
  const alone = chosenPreset()?.guidanceTitle === null;
  const full = inputs.target !== null && (alone || inputs.guidance !== null);
  if (files.length > 2 || (files.length === 1 && full)) {
    useView.setState({ dialog: { kind: 'roles', files } });
    return;
  }
  if (files.length === 2) await openPair(files);
  else if (files[0]) await openSingle(files[0]);
}

/** A file for a role the user named. */
async function openAs(file: OpenedFile, role: InputRole): Promise<void> {
  set({ openProblems: [] });
  const source = await read(file, role);
  if (source) await assign(hasDocument(get()) ? `Open ${role}` : 'Open', { [role]: source });
}

/** Both roles named at once: a sample, or the answer to the question which file is which. */
export async function openRoles(
  files: Partial<Record<InputRole, OpenedFile>>,
  replace: boolean,
): Promise<void> {
  set({ openProblems: [] });
  const entries = Object.entries(files) as [InputRole, OpenedFile][];
  const results = await Promise.all(
    entries.map(async ([role, file]) => [role, await read(file, role)] as const),
  );
  const opened = Object.fromEntries(results.filter(([, source]) => source !== null));
  if (Object.keys(opened).length > 0) await assign('Open', opened, replace);
}

/** Shows the system's file chooser; the file goes to `role`, or where it belongs when none is named. */
export async function chooseFiles(role?: InputRole): Promise<void> {
  await guarded(async () => {
    const files = await links().shell.chooseFiles();
    if (role && files.length === 1) await openAs(files[0]!, role);
    else await openFiles(files);
  });
}

export async function openDropped(dropped: readonly File[], role?: InputRole): Promise<void> {
  await guarded(async () => {
    const files = await links().shell.openDropped(dropped);
    if (role && files.length === 1) await openAs(files[0]!, role);
    else await openFiles(files);
  }, dropped[0]?.name);
}

export async function openSample(sampleId: string): Promise<void> {
  await guarded(async () => {
    const { guidance, target } = await links().shell.openSample(sampleId);
    const preset = chosenPreset();
    const isForMaps = preset?.target === 'map' && preset.processing.targetValues === 'continuous';
    // Samples are photos with a depth map. What guides itself can be tried on the photo; other presets want other pairs.
    if (preset?.guidanceTitle === null) return openRoles({ target: guidance }, true);
    if (preset && !isForMaps) closeDocument();
    await openRoles({ guidance, target }, true);
  });
}

/** Opens what the window was started with, and whatever it is handed from outside later. */
export async function openHandedFiles(): Promise<void> {
  links().shell.onFilesOpened((files) => void guarded(async () => openFiles(await files)));
  await guarded(async () => openFiles(await links().shell.initialFiles()));
}

async function openPair(files: readonly OpenedFile[]): Promise<void> {
  // Until both have been read, the bigger file is taken for the guidance; being wrong only costs a second reading.
  const [first, second] = files as [OpenedFile, OpenedFile];
  const firstRole: InputRole = first.bytes >= second.bytes ? 'guidance' : 'target';
  const secondRole: InputRole = firstRole === 'guidance' ? 'target' : 'guidance';
  const results = await Promise.all([read(first, firstRole), read(second, secondRole)]);
  const [a, b] = results;
  if (a && b) {
    const guess = guessPair(candidate(a), candidate(b), chosenPreset()?.target);
    await assign('Open', { guidance: [a, b][guess.guidance]!, target: [a, b][guess.target]! }, true);
  } else {
    const only = a ?? b;
    if (only) await assign('Open', { [roleOf(only)]: only }, true);
  }
}

/** The role of a picture that is opened by itself. */
function roleOf(source: Source): InputRole {
  const preset = chosenPreset();
  return preset?.guidanceTitle === null ? 'target' : guessSingle(candidate(source), preset?.target);
}

async function openSingle(file: OpenedFile): Promise<void> {
  const { inputs } = get().work;
  const free: InputRole | null = inputs.guidance ? 'target' : inputs.target ? 'guidance' : null;
  const source = await read(file, free ?? 'target');
  if (source) await assign('Open', { [free ?? roleOf(source)]: source });
}

/** Reads a file into the engine; null, with the reason noted, when that fails. */
async function read(file: OpenedFile, role: InputRole): Promise<Source | null> {
  const choice = newChoice();
  set({ opening: [...get().opening, file.name] });
  try {
    const { engine } = links();
    const { targetValues } = get().work.processing;
    const unknownMarker = readMarker(choice.unknownMarker, targetValues);
    const info = await engine.openSource({ ...choice, unknownMarker, fileId: file.fileId, role });
    return {
      sourceId: choice.sourceId,
      file,
      info,
      error: null,
      readAs: readKey(role, choice, targetValues),
      reading: 1,
    };
  } catch (thrown) {
    const error = SidelightError.from(thrown).toData();
    set({ openProblems: [...get().openProblems, { name: file.name, error }] });
    return null;
  } finally {
    const rest = [...get().opening];
    rest.splice(rest.indexOf(file.name), 1);
    set({ opening: rest });
  }
}

async function assign(
  title: string,
  opened: Partial<Record<InputRole, Source>>,
  replace = false,
): Promise<void> {
  const { filters } = await links().engine.describe({});
  const found = Object.values(opened);
  set({ sources: { ...get().sources, ...Object.fromEntries(found.map((one) => [one.sourceId, one])) } });
  edit(title, (work) => {
    const kept = replace ? { guidance: null, target: null } : work.inputs;
    const inputs = { ...kept, ...mapChoices(opened) };
    // How two shapes are made to fit belongs to the pair, not to the window.
    const processing = replace ? { ...work.processing, fit: 'refuse' as const } : work.processing;
    const sizeOf = (sourceId: string) => get().sources[sourceId]?.info?.size ?? null;
    const changed = withSuitedLengths(work, { ...work, inputs, processing, export: null });
    return withFirstStep(changed, filters, sizeOf);
  });
}

const mapChoices = (opened: Partial<Record<InputRole, Source>>): Partial<Work['inputs']> =>
  Object.fromEntries(
    Object.entries(opened).map(([role, { sourceId }]) => [role, { ...newChoice(), sourceId }]),
  );

const newChoice = (): InputChoice => ({
  sourceId: crypto.randomUUID(),
  unit: 'none' satisfies Unit,
  unknownMarker: 'auto',
});

const candidate = ({ file, info }: Source): RoleCandidate => {
  const { size, channels } = info as SourceInfo;
  return { name: file.name, channels, ...size };
};

async function guarded(work: () => Promise<void>, name = 'The file'): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    set({ openProblems: [{ name, error: SidelightError.from(thrown).toData() }] });
  }
}

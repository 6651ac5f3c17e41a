import type { DocumentInfo } from '../../electron/contract/engine';
import { SidelightError } from '../../electron/contract/errors';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { type DocumentState, useDocument } from './documentStore';
import { geometryKey } from './scene';
import { boundDocument } from './work';

/**
 * Asks the engine what the document evaluates to whenever that may have changed; the newest answer wins. While one
 * answer is awaited, only the newest document is kept for the next question.
 */
export function followDocument(): void {
  let asked = '';
  let answered = '';
  let asking = false;
  const follow = (state: DocumentState) => {
    const key = describedBy(state);
    if (key === asked) return;
    asked = key;
    if (!asking) void ask();
  };
  const ask = async () => {
    asking = true;
    while (answered !== asked) {
      const key = asked;
      await describe(useDocument.getState(), () => asked === key);
      answered = key;
    }
    asking = false;
  };
  useDocument.subscribe(follow);
  // What could not be asked while there was no engine is asked again.
  useEngine.subscribe(({ restarts }, before) => {
    if (restarts !== before.restarts) follow(useDocument.getState());
  });
}

/** Everything the description depends on: the document, when its files were last read, and the engine. */
function describedBy({ work, sources }: Pick<DocumentState, 'work' | 'sources'>): string {
  const document = boundDocument(work, sources);
  const readings = [document.guidance, document.target].map((id) => (id ? sources[id]?.reading : 0));
  return JSON.stringify([document, readings, useEngine.getState().restarts]);
}

async function describe(state: DocumentState, isCurrent: () => boolean): Promise<void> {
  const document = boundDocument(state.work, state.sources);
  if (!document.target) {
    useDocument.setState({ info: null, problem: null });
    return;
  }
  try {
    const infoFor = geometryKey(state);
    const info = await links().engine.describeDocument({ document });
    if (isCurrent()) keep(info, infoFor);
  } catch (thrown) {
    if (isCurrent()) useDocument.setState({ info: null, problem: SidelightError.from(thrown).toData() });
  }
}

/** What says the same of the same pictures stays the same: everyone who shows it would do so again. */
function keep(info: DocumentInfo, infoFor: string): void {
  const before = useDocument.getState();
  const isSame = infoFor === before.infoFor && JSON.stringify(info) === JSON.stringify(before.info);
  if (isSame && before.problem === null) return;
  useDocument.setState({ info: isSame ? before.info : info, infoFor, problem: null });
}

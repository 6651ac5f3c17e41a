import { SidelightError } from '../../electron/contract/errors';
import { links } from '../bridge/engine';
import { useEngine } from '../bridge/engineStore';
import { type DocumentState, useDocument } from './documentStore';
import { geometryKey } from './scene';
import { boundDocument } from './work';

/** Asks the engine what the document evaluates to whenever that may have changed; the newest answer wins. */
export function followDocument(): void {
  let asked = '';
  const follow = (state: DocumentState) => {
    const key = describedBy(state);
    if (key === asked) return;
    asked = key;
    void describe(state, () => asked === key);
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
    if (isCurrent()) useDocument.setState({ info, infoFor, problem: null });
  } catch (thrown) {
    if (isCurrent()) useDocument.setState({ info: null, problem: SidelightError.from(thrown).toData() });
  }
}

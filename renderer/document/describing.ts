import { SidelightError } from '../../electron/contract/errors';
import { links } from '../bridge/engine';
import { type DocumentState, useDocument } from './documentStore';
import { geometryKey } from './scene';
import { boundDocument } from './work';

/** Asks the engine what the document evaluates to whenever that may have changed; the newest answer wins. */
export function followDocument(): void {
  let asked = '';
  useDocument.subscribe((state) => {
    const key = describedBy(state);
    if (key === asked) return;
    asked = key;
    void describe(state, () => asked === key);
  });
}

/** Everything the description depends on: the document, and when its files were last read. */
function describedBy({ work, sources }: Pick<DocumentState, 'work' | 'sources'>): string {
  const document = boundDocument(work, sources);
  const readings = [document.guidance, document.target].map((id) => (id ? sources[id]?.reading : 0));
  return JSON.stringify([document, readings]);
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

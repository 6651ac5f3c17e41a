import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type ErrorData, SidelightError } from '../../electron/contract/errors';
import type { ExportPlace } from '../../electron/contract/shell';
import { links } from '../bridge/engine';
import { sourceOf, useDocument } from '../document/documentStore';

/** Typing settles for this long before the shell is asked about a path. */
const pauseMilliseconds = 250;

export interface ExportPlacing {
  /** For the field that shows the path. */
  readonly field: RefObject<HTMLInputElement | null>;
  readonly path: string;
  /** What the shell says about the path; null while it has not been asked. */
  readonly place: ExportPlace | null;
  readonly problem: ErrorData | null;
  type(path: string): void;
  choose(): Promise<void>;
  /** The place for the path as it stands now. */
  settle(): Promise<ExportPlace | null>;
}

/** Where an export goes: suggested beside the target, typed, or chosen in the system's dialog. */
export function useExportPlace(extension: string): ExportPlacing {
  const fileId = useDocument((state) => sourceOf(state, 'target')?.file.fileId);
  const [path, setPath] = useState('');
  const [place, setPlace] = useState<ExportPlace | null>(null);
  const [problem, setProblem] = useState<ErrorData | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const typed = useRef(false);
  const newest = useRef('');

  const ask = async (wanted: string): Promise<ExportPlace | null> => {
    newest.current = wanted;
    if (wanted.trim() === '') return null;
    try {
      const answer = await links().shell.nameExportPlace(wanted);
      if (newest.current === wanted) {
        setPlace(answer);
        setProblem(null);
      }
      return answer;
    } catch (thrown) {
      if (newest.current === wanted) {
        setPlace(null);
        setProblem(SidelightError.from(thrown).toData());
      }
      return null;
    }
  };
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    // A path the user has typed keeps its folder and name; only its ending follows the format.
    if (typed.current) {
      setPath((before) => before.replace(/\.[^./\\]*$/, `.${extension}`));
      return;
    }
    if (!fileId) return;
    void links()
      .shell.suggestExportPath(fileId, extension)
      .then((suggested) => !typed.current && setPath(suggested))
      .catch((thrown: unknown) => setProblem(SidelightError.from(thrown).toData()));
  }, [fileId, extension]);

  // A suggestion that comes while the user is in the field already gives way to what is typed next.
  useLayoutEffect(() => {
    if (path !== '' && !typed.current && document.activeElement === field.current) field.current?.select();
  }, [path]);

  useEffect(() => {
    setPlace(null);
    setProblem(null);
    const timer = setTimeout(() => void latest.current(path), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [path]);

  return {
    field,
    path,
    place,
    problem,
    type(next) {
      typed.current = true;
      setPath(next);
    },
    async choose() {
      const chosen = await links()
        .shell.chooseExportPlace(path)
        .catch((thrown: unknown) => {
          setProblem(SidelightError.from(thrown).toData());
          return null;
        });
      if (!chosen) return;
      typed.current = true;
      setPath(chosen.path);
    },
    settle: () => (place && place.path === path ? Promise.resolve(place) : ask(path)),
  };
}

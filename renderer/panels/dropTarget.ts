import { useEffect } from 'react';
import { openDropped } from '../document/opening';
import type { InputRole } from '../document/work';

/** Files dropped anywhere in the window are opened; on a layer, for that layer. */
export function useDropTarget(): void {
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const root = document.documentElement;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    let depth = 0;
    const show = (change: number) => {
      depth = Math.max(0, depth + change);
      if (depth > 0) root.dataset.dropping = '';
      else delete root.dataset.dropping;
    };
    window.addEventListener('dragenter', (event) => hasFiles(event) && show(1), { signal });
    window.addEventListener('dragleave', (event) => hasFiles(event) && show(-1), { signal });
    window.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        show(-depth);
        const files = [...(event.dataTransfer?.files ?? [])];
        const place = event.target instanceof Element ? event.target.closest('[data-drop-role]') : null;
        const role = place?.getAttribute('data-drop-role') as InputRole | null;
        if (files.length > 0) void openDropped(files, role ?? undefined);
      },
      { signal },
    );
    return () => ended.abort();
  }, []);
}

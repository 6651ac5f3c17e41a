import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cancelled } from '../../contract/errors';
import type { Raster } from '../../raster/raster';
import type { Case, Cell } from '../comparison';
import type { EvaluationRequest } from '../family';
import { type Engines, FilterFiles } from '../filterFiles';

/**
 * The most memory that a process held which did nothing but open a photo and run one filter on it, in bytes, by cell.
 * @param photoOf what a cell is run on
 */
export async function peakMemory<C extends Case>(
  cells: readonly Cell<C>[],
  photoOf: (cell: Cell<C>) => Promise<Raster>,
  request: EvaluationRequest,
  access: Engines,
): Promise<Map<Cell<C>, number>> {
  const peaks = new Map<Cell<C>, number>();
  const scratch = await mkdtemp(path.join(tmpdir(), 'sidelight-memory-'));
  try {
    for (const [index, cell] of cells.entries()) {
      request.onProgress(index / cells.length, `memory of ${cell.contender.id}, ${cell.case.title}`);
      if (request.signal.aborted) throw cancelled();
      const photo = await photoOf(cell);
      await access.withModels(access.modelsFolder, async (own) => {
        const files = new FilterFiles(own, scratch, request.device);
        await files.openTarget(photo, true);
        const { report } = await files.apply(cell.contender.filter, cell.settings, request.signal);
        peaks.set(cell, report.peakBytes);
      });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return peaks;
}

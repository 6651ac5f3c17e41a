import path from 'node:path';
import type { OpenedFile, Sample } from '../contract/shell';
import type { RouteHandlers, shellRoutes } from '../contract/shellRoutes';
import type { FileAccess } from './fileAccess';
import { findSample, samplesAddress } from './samples';

interface Parts {
  files: FileAccess;
  /** What the command line named. */
  initialFiles(): Promise<OpenedFile[]>;
  samples: readonly Sample[];
  samplesFolder: string;
  killEngine(): Promise<void>;
}

/** What both shells answer; each of them only carries it to its page. */
export function createShellHandlers(parts: Parts): RouteHandlers<typeof shellRoutes> {
  const { files, samples, samplesFolder } = parts;
  return {
    initialFiles: () => parts.initialFiles(),
    openPath: ({ path: typed }) => files.openPath(typed),
    samples: async () =>
      samples.map((sample) => ({ ...sample, thumbnail: samplesAddress + sample.thumbnail })),
    openSample: async ({ sampleId }) => {
      const sample = findSample(samples, sampleId);
      const [guidance, target] = await Promise.all(
        [sample.guidance, sample.target].map((name) => files.openInstalled(path.join(samplesFolder, name))),
      );
      return { guidance: guidance!, target: target! };
    },
    nameExportPlace: ({ path: typed }) => files.nameExportPlace(typed),
    suggestExportPath: ({ fileId, extension }) => files.suggestExportPath(fileId, extension),
    killEngine: async () => {
      await parts.killEngine();
      return {};
    },
  };
}

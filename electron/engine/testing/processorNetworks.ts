import { BelievedGraphs } from '../agreement/believedGraphs';
import { Devices } from '../devices';
import type { ModelLibrary } from '../models/library';
import { Sessions } from '../models/sessions';
import { Networks } from '../networks';
import { onnxRuntimeProviders } from '../providers/onnxRuntime';

/** The networks of a library, run on the processor. */
export function networksOnProcessor(library: ModelLibrary): Networks {
  const devices = new Devices(
    onnxRuntimeProviders,
    async () => ({ state: 'unavailable', detail: 'Not tried here.' }),
    'cpu',
    () => undefined,
  );
  const sessions = new Sessions(library, onnxRuntimeProviders, 3);
  const warn = () => undefined;
  const believed = new BelievedGraphs(sessions, warn);
  return new Networks({ library, devices, sessions, believed, warn }, 'cpu');
}

import type { DeviceReport } from './devices';
import type { EngineApi } from './engine';
import { SidelightError } from './errors';
import type { OwnNetwork } from './ownNetworks';
import type { SourceInfo } from './sources';

export const deviceReport: DeviceReport = { choice: 'auto', active: 'cpu', devices: [] };

export const sourceInfo: SourceInfo = {
  sourceId: 's',
  fileId: 'f',
  name: 'map.png',
  format: 'png',
  size: { width: 4, height: 3 },
  channels: 1,
  hasAlpha: false,
  sampleType: 'u16',
  fullScale: { min: 0, max: 65535 },
  valueRange: { min: 1, max: 2 },
  fewValues: null,
  unit: 'mm',
  unknownPixels: 0,
  nonFinitePixels: 0,
  unknownMarker: 'none',
  hasColourProfile: false,
  notices: [],
};

export const ownNetwork: OwnNetwork = {
  fingerprint: '0'.repeat(64),
  name: 'net.onnx',
  bytes: 100,
  input: { name: 'image', layout: 'NCHW', type: 'float32', channels: 3, size: null, multiple: 1 },
  output: {
    name: 'map',
    layout: 'NCHW',
    type: 'float32',
    channels: 1,
    reduction: 1,
    range: { min: 0, max: 1 },
  },
  otherOutputs: [],
};

const unexpected = async (): Promise<never> => {
  throw new SidelightError('internal', 'Nobody should have asked for this.', 'Look at the test.');
};

/** An engine that answers what a test gives it and refuses the rest. */
export const standInEngine = (answers: Partial<EngineApi>): EngineApi => ({
  describe: unexpected,
  devices: unexpected,
  chooseDevice: unexpected,
  openSource: unexpected,
  closeSource: unexpected,
  openModel: unexpected,
  openPhotograph: unexpected,
  describeDocument: unexpected,
  renderTile: unexpected,
  stopTiles: unexpected,
  readPixel: unexpected,
  exportResult: unexpected,
  cancel: unexpected,
  ...answers,
});

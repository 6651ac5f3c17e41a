import { fileURLToPath } from 'node:url';
import { OwnModels } from '../own/ownModels';
import { tryModelFile } from '../own/trial';
import { openWholeModel } from '../providers/wholeModel';

/** The path of one of the models in own/fixtures. */
export const ownModelPath = (name: string) =>
  fileURLToPath(new URL(`../own/fixtures/${name}.onnx`, import.meta.url));

/** Networks of the user's that are tried in this process. */
export const ownModelsHere = (pathOf: (fileId: string) => string) =>
  new OwnModels(openWholeModel, (fileId) => tryModelFile(pathOf(fileId), openWholeModel));

/** For tests in which nobody brings a network. */
export const noOwnModels = () =>
  ownModelsHere(() => {
    throw new Error('Nobody brings a network here.');
  });

import { connectToHost } from './hostLink';
import { runProcess } from './process';
import { onnxRuntimeProviders } from './providers/onnxRuntime';
import { openWholeModel } from './providers/wholeModel';

/** The engine process: started by a launcher, never imported. */
runProcess(connectToHost(), onnxRuntimeProviders, openWholeModel);

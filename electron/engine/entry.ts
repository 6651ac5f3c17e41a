import { connectToHost } from './hostLink';
import { runProcess } from './process';
import { onnxRuntimeProviders } from './providers/onnxRuntime';

/** The engine process: started by a launcher, never imported. */
runProcess(connectToHost(), onnxRuntimeProviders);

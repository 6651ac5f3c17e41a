import { type NetworkJob, runJob } from './networkJob';

/** The entry of a child process that runs a network on WebGPU and answers. */
process.once('message', async (job: NetworkJob) => {
  process.send?.(await runJob('webgpu', job));
});
// WebGPU would keep the process alive; ended before its answer has arrived, it could lose it.
process.once('disconnect', () => process.exit(0));

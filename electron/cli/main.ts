import { runProgram } from './program';

// Whoever reads our output may stop early (`sidelight filters | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runProgram(process.argv.slice(2), { out: process.stdout, err: process.stderr });

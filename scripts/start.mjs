import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, isStale } from './build.mjs';
import { obtainElectron } from './electron.mjs';
import { root } from './root.mjs';

/** An Electron that ends sooner than this, with an error, never showed its window. */
const startMilliseconds = 15_000;

const { browser, noOpen, port, files } = readArguments();
if (isStale()) build();
const desktop = browser ? null : await obtainElectron();
if (desktop === null) await serve();
else if (desktop.reason) await serveInstead(desktop.reason);
else await runElectron(desktop.binary);

function readArguments() {
  const options = {
    browser: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string' },
  };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const noOpen = values['no-open'];
    // npm starts scripts in the project's folder; paths mean the folder the user is in.
    const from = process.env.INIT_CWD ?? process.cwd();
    return {
      browser: values.browser || noOpen || values.port !== undefined,
      noOpen,
      port: values.port,
      files: positionals.map((file) => path.resolve(from, file)),
    };
  } catch (thrown) {
    console.error(`${thrown.message}\nUsage: npm start -- [--browser] [--no-open] [--port N] [files …]`);
    process.exit(2);
  }
}

function serveInstead(reason) {
  console.error(`Electron cannot be used here (${reason}); Sidelight runs in the browser instead.`);
  return serve();
}

/** In this process, so that there is one less to end. */
async function serve() {
  const options = [...(noOpen ? ['--no-open'] : []), ...(port === undefined ? [] : ['--port', port])];
  process.argv = [
    process.argv[0],
    path.join(root, 'scripts', 'sidelight.mjs'),
    'serve',
    ...options,
    '--',
    ...files,
  ];
  await import('./sidelight.mjs');
}

async function runElectron(binary) {
  const started = Date.now();
  const child = spawn(binary, [root, ...files], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  let interrupted = false;
  const forward = (signal) => {
    interrupted = true;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(1));
  });
  for (const signal of signals) process.off(signal, forward);
  if (code === 0 || interrupted) return;
  if (Date.now() - started < startMilliseconds) await serveInstead('it ended at once');
  else process.exitCode = code ?? 1;
}

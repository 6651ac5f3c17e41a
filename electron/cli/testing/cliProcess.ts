import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const builtCli = path.join(import.meta.dirname, '../../../dist/electron/cli.mjs');

export interface CliResult {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliSettings {
  readonly cwd?: string;
  /** Another installation's command line. */
  readonly cli?: string;
  /** Run without root's right to ignore permissions, where the tests run as root. */
  readonly asNobody?: boolean;
  /** Called with everything on stdout so far, whenever something comes. */
  onStdout?(text: string, child: ChildProcess): void;
  onStderr?(text: string, child: ChildProcess): void;
}

const nobody = 65534;

/** Runs the built command line as its users do, in a process of its own. */
export function runCli(words: readonly string[], settings: CliSettings = {}): Promise<CliResult> {
  const dropRights = settings.asNobody && process.getuid?.() === 0;
  const child = spawn(process.execPath, [settings.cli ?? builtCli, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: settings.cwd,
    ...(dropRights ? { uid: nobody, gid: nobody } : {}),
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    settings.onStdout?.(out, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    settings.onStderr?.(err, child);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, out, err }));
  });
}

/** The JSON object a command printed. */
export const parseOutput = ({ out, err }: CliResult): Record<string, unknown> => {
  try {
    return JSON.parse(out) as Record<string, unknown>;
  } catch {
    throw new Error(`No JSON on stdout: “${out}”; stderr: “${err}”`);
  }
};

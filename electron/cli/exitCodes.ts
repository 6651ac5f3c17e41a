import type { ErrorCode } from '../contract/errors';

/** What the process ends with, by kind of failure. 130 is what shells expect after Ctrl-C. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  input: 3,
  output: 4,
  device: 5,
  engine: 6,
  model: 7,
  cancelled: 130,
} as const;
type Ending = keyof typeof exitCodes;

const endings: Readonly<Record<ErrorCode, Ending>> = {
  usage: 'usage',
  'parameter-invalid': 'usage',
  'filter-unknown': 'usage',
  'target-missing': 'usage',
  'guidance-missing': 'usage',
  'file-not-found': 'input',
  'file-not-readable': 'input',
  'file-not-permitted': 'input',
  'format-unknown': 'input',
  'format-unsupported': 'input',
  'image-damaged': 'input',
  'image-too-large': 'input',
  'image-empty': 'input',
  'target-all-unknown': 'input',
  'classes-too-many': 'input',
  'own-photograph-missing': 'input',
  'own-photograph-unsuited': 'input',
  'target-larger-than-guidance': 'input',
  'aspect-mismatch': 'input',
  'recipe-invalid': 'input',
  'file-exists': 'output',
  'file-not-writable': 'output',
  'disk-full': 'output',
  'output-is-input': 'output',
  'device-unavailable': 'device',
  'device-wrong-result': 'device',
  'device-failed': 'device',
  'engine-crashed': 'engine',
  'engine-unreachable': 'engine',
  'memory-exhausted': 'engine',
  'model-missing': 'model',
  'model-damaged': 'model',
  'model-manifest-invalid': 'model',
  'own-model-missing': 'model',
  'own-model-unsuited': 'model',
  'own-model-failed': 'model',
  cancelled: 'cancelled',
  'request-invalid': 'failed',
  internal: 'failed',
};

export const exitCodeOf = (code: ErrorCode): number => exitCodes[endings[code]];

/** For `--help`. */
export const exitCodesHelp = `Exit codes:
  0    done
  1    something failed inside Sidelight
  2    wrong usage: an option, a filter, a parameter, a missing picture
  3    an input cannot be read or does not fit (not an image, damaged, wrong shape, invalid recipe)
  4    the output cannot be written (exists, is an input, no permission, disk full)
  5    the device asked for is not there or does not compute correctly
  6    the engine crashed or cannot be started
  7    a model is missing, damaged or unsuited
  130  cancelled; a second Ctrl-C ends at once`;

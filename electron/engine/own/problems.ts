import { SidelightError } from '../../contract/errors';

/** A model that cannot serve as a filter: what it lacks, and what a model must be. */
export const unsuited = (name: string, why: string, remedy = whatFits, cause?: unknown) =>
  new SidelightError(
    'own-model-unsuited',
    `“${name}” cannot be used: ${why}`,
    remedy,
    { model: name },
    cause,
  );

const whatFits =
  'Choose an ONNX file with one input, a picture of one or three channels, and an output of the same shape.';

/** A model that was fit when it was opened, and fails on this picture. */
export const failedAtWork = (name: string, why: string, cause?: unknown) =>
  new SidelightError(
    'own-model-failed',
    `“${name}” failed at work: ${why}`,
    'Check the range of its values, try another size for it, or choose another model. Nothing else is affected.',
    { model: name },
    cause,
  );

export const notOpen = () =>
  new SidelightError(
    'own-model-missing',
    'The network of a step is not open.',
    'Choose its ONNX file again: it may have been moved, renamed or changed.',
  );

export const changedSince = (name: string) =>
  new SidelightError(
    'own-model-missing',
    `“${name}” has changed since it was opened.`,
    'Choose the file again, so that it is looked at anew.',
    { model: name },
  );

/** A picture whose look cannot be taken on. */
export const unsuitedPhotograph = (name: string, why: string) =>
  new SidelightError(
    'own-photograph-unsuited',
    `The look of “${name}” cannot be taken on: ${why}`,
    'Choose a photograph with light and dark places in it.',
    { photograph: name },
  );

export const photographNotOpen = () =>
  new SidelightError(
    'own-photograph-missing',
    'The photograph of a step is not open.',
    'Choose it again: it may have been moved, renamed or changed.',
  );

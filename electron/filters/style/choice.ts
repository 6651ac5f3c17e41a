import { SidelightError } from '../../contract/errors';
import type { ParameterValues } from '../../contract/filters';
import type { PhotographStyles } from '../filter';
import { choiceValue } from '../values';
import { looks } from './looks';
import type { Style } from './style';

/** The look that is a photograph of the user's. */
export const ownLook = 'own';

/**
 * The style that a step takes on.
 * @throws SidelightError own-photograph-missing
 */
export function chosenStyle(parameters: ParameterValues, photographs: PhotographStyles | undefined): Style {
  const wanted = choiceValue(parameters, 'look');
  if (wanted !== ownLook) return looks.find(({ id }) => id === wanted)!;
  const named = choiceValue(parameters, 'reference');
  const fingerprint = choiceValue(parameters, 'fingerprint');
  if (photographs && named !== '' && fingerprint !== '') return photographs.find(fingerprint);
  throw new SidelightError(
    'own-photograph-missing',
    named === '' ? 'No photograph is chosen yet.' : `The photograph ${named} is not open.`,
    'Choose a photograph to take the tones and the detail of, or one of the looks.',
  );
}

import type { NetworkTensor } from '../../filters/filter';

/** What no network gives, whatever it is given: signs of a faulty driver or a lost device. */
export const notNumbers = 'It gave values that are not numbers.';
export const emptyPicture = 'It gave an empty picture.';

export const hasOnlyNumbers = ({ data }: NetworkTensor): boolean => data.every(Number.isFinite);
export const isBlack = ({ data }: NetworkTensor): boolean => data.every((value) => value === 0);

import type { NetworkTensor } from '../../filters/filter';

/** What no network gives, whatever it is given: signs of a faulty driver or a lost device. */
export const notNumbers = 'It gave values that are not numbers.';
export const emptyPicture = 'It gave an empty picture.';

/** As a loop: `every` calls a function for each of a tile's million values, which takes ten times as long. */
export function hasOnlyNumbers({ data }: NetworkTensor): boolean {
  for (let i = 0; i < data.length; i += 1) if (!Number.isFinite(data[i])) return false;
  return true;
}

export const isBlack = ({ data }: NetworkTensor): boolean => data.every((value) => value === 0);

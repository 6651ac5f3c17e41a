import { expect, it } from 'vitest';
import { menuTemplate } from './menu';

it('lets macOS quit, copy and paste, and leaves the other systems to the page', () => {
  expect(menuTemplate('darwin')?.map(({ role }) => role)).toEqual(['appMenu', 'editMenu', 'windowMenu']);
  expect(menuTemplate('win32')).toBeNull();
  expect(menuTemplate('linux')).toBeNull();
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';

/** What a user does in the studio, by the names they see. */
export class Studio {
  constructor(readonly page: Page) {
    // As long as someone listens Playwright answers file choosers; it would begin too late for one opened at once.
    page.on('filechooser', () => undefined);
  }

  async openSample(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Open the sample ${title}` }).click();
    await expect(this.layer('Result')).toBeVisible();
  }

  /** By the file chooser. */
  async openFiles(files: string[]): Promise<void> {
    await expect(this.page.getByRole('contentinfo'), 'the window listens').toContainText(/Ready|Rendering/);
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser', { timeout: 15_000 }),
      this.page.keyboard.press('Control+o'),
    ]);
    await chooser.setFiles(files);
  }

  /** Dropped onto the window, or onto the layer whose place they are for. */
  async dropFiles(files: string[], place = this.page.locator('body')): Promise<void> {
    const contents = await Promise.all(
      files.map(async (file) => ({
        name: path.basename(file),
        base64: (await readFile(file)).toString('base64'),
      })),
    );
    const dataTransfer = await this.page.evaluateHandle((dropped) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of dropped) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    }, contents);
    for (const type of ['dragenter', 'dragover', 'drop']) await place.dispatchEvent(type, { dataTransfer });
  }

  /** The one error that is shown and says this. */
  problem(text: string | RegExp) {
    return this.page.getByRole('alert').filter({ hasText: text });
  }

  layer(title: 'Result' | 'Target' | 'Guidance') {
    return this.page.getByRole('listitem', { name: title, exact: true });
  }

  step(number: number) {
    return this.page.getByRole('listitem', { name: new RegExp(`^Step ${number}:`) });
  }

  async chooseFilter(title: string, step = 1): Promise<void> {
    await this.page.getByLabel(`Filter of step ${step}`).selectOption({ label: title });
  }

  async chooseQuality(title: string, step = 1): Promise<void> {
    await this.step(step).getByLabel('Quality').selectOption({ label: title });
  }

  async choosePreset(title: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Preset: / }).click();
    await this.page.getByRole('menuitemcheckbox', { name: new RegExp(`^${title}`) }).click();
  }

  /** At 100 % what is shown is what export writes. */
  async showActualSize(): Promise<void> {
    await this.page.getByTestId('stage').focus();
    await this.page.keyboard.press('Control+1');
    await this.settled();
  }

  /** Every visible tile has been computed at full size. */
  async settled(): Promise<void> {
    await expect(this.page.getByTestId('approximate-badge')).toBeHidden({ timeout: 90_000 });
    await expect(this.page.getByRole('contentinfo')).toContainText('Ready', { timeout: 90_000 });
  }

  /** Where the pointer is and what the layers hold there. */
  async readAt(position: { x: number; y: number }): Promise<Reading> {
    const readout = this.page.getByTestId('readout');
    await this.page.getByTestId('stage').hover({ position });
    await expect(readout, 'the values are those of this place').toHaveAttribute('aria-busy', 'false');
    await expect(readout).toHaveText(/x \d+.y \d+.*result -?\d/s, { timeout: 60_000 });
    const text = (await readout.textContent()) ?? '';
    const number = (pattern: RegExp) => Number.parseFloat(pattern.exec(text)?.[1] ?? 'NaN');
    return {
      x: number(/x (\d+)/),
      y: number(/y (\d+)/),
      target: number(/target\s*(-?[\d.]+)/),
      result: number(/result\s*(-?[\d.]+)/),
    };
  }

  /** The values near the middle of the picture, beside the divider. */
  async readMiddle(): Promise<Reading> {
    return this.readAt(await this.middle());
  }

  async pointAtMiddle(): Promise<void> {
    await this.page.getByTestId('stage').hover({ position: await this.middle() });
  }

  private async middle(): Promise<{ x: number; y: number }> {
    const { width, height } = (await this.page.getByTestId('stage').boundingBox())!;
    return { x: Math.round(width / 2) + 20, y: Math.round(height / 2) + 16 };
  }

  async beginExport(path: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Export the result' });
    await dialog.getByLabel('Path of the file').fill(path);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  }

  async exported(path: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Exported' });
    await expect(dialog.getByTestId('exported-path')).toHaveText(path, { timeout: 110_000 });
    await dialog.getByRole('button', { name: 'Done' }).click();
  }
}

export interface Reading {
  /** Pixels of the result. */
  readonly x: number;
  readonly y: number;
  /** In the target's unit, as shown. */
  readonly target: number;
  readonly result: number;
}

const selector = '[data-region]';
const focusable = 'button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex="0"]';

/** Moves the focus to the next part of the window: bar, rail, picture, panels. */
export function focusNextRegion(): void {
  const regions = [...document.querySelectorAll<HTMLElement>(selector)];
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(here + 1) % regions.length];
  const inside = next?.matches('[tabindex]') ? next : next?.querySelector<HTMLElement>(focusable);
  inside?.focus();
}

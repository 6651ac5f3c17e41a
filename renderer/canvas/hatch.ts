/** Colours of what the canvas draws itself, from the theme in force. */
export interface CanvasColours {
  readonly hatch: string;
  readonly hatchLine: string;
  readonly grid: string;
}

export function canvasColours(element: Element): CanvasColours {
  const style = getComputedStyle(element);
  const colour = (name: string) => resolved(style.getPropertyValue(name));
  return {
    hatch: colour('--hatch'),
    hatchLine: colour('--hatch-line'),
    grid: colour('--pixel-grid'),
  };
}

/** A custom property keeps `light-dark()` unresolved; an element's own colour does not. */
function resolved(value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The fine diagonal pattern of pixels without a value, in device pixels. */
export function hatchPattern(colours: CanvasColours, pixelRatio: number): CanvasPattern | null {
  const period = Math.max(4, Math.round(6 * pixelRatio));
  const tile = new OffscreenCanvas(period, period);
  const context = tile.getContext('2d');
  if (!context) return null;
  context.fillStyle = colours.hatch;
  context.fillRect(0, 0, period, period);
  context.strokeStyle = colours.hatchLine;
  context.lineWidth = Math.max(1, pixelRatio);
  context.beginPath();
  for (const shift of [-period, 0, period]) {
    context.moveTo(shift - 1, period + 1);
    context.lineTo(shift + period + 1, -1);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat');
}

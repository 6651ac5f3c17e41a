/** Okabe and Ito's colours without black, which people with any colour vision tell apart (jfly.uni-koeln.de/color, 2008). */
const hues = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [204, 121, 167],
] as const;

/** Label 0: in most class maps the background. */
const background = [92, 92, 92] as const;

/** When the colours run out they come again lighter, then darker: 22 in all, as many as PASCAL VOC has classes. */
const shades: readonly ((level: number) => number)[] = [
  (level) => level,
  (level) => Math.round(level + (255 - level) * 0.55),
  (level) => Math.round(level * 0.55),
];

const palette: readonly (readonly number[])[] = shades.flatMap((shade) =>
  hues.map((colour) => colour.map(shade)),
);

/** The colour of a label, RGB of 0…255: the same one everywhere, whatever other labels a map has. */
export function labelColour(label: number): readonly number[] {
  const whole = Math.round(label);
  if (whole === 0) return background;
  const count = palette.length;
  return palette[(((whole - 1) % count) + count) % count] ?? background;
}

/** How encoded RGB of a profile becomes linear sRGB: a curve for each channel, then a matrix. */
export interface ColourTransform {
  /** Linear light over 0…1 of the encoded value, evenly spaced. */
  readonly curves: readonly [Float32Array, Float32Array, Float32Array];
  /** Row by row, linear profile RGB → linear sRGB. */
  readonly matrix: readonly number[];
}

const samples = 4096;

/** XYZ relative to D50 → linear sRGB (IEC 61966-2-1 primaries, Bradford-adapted as in ICC sRGB profiles). */
const srgbFromD50 = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
];

/**
 * The transform of an RGB profile made of three curves and a matrix (ICC.1:2022, 8.3.3 and F.3: Display P3, Adobe RGB,
 * ProPhoto, cameras' and monitors' own). Null for other kinds and for damaged ones: they are shown as sRGB.
 */
export function readColourTransform(icc: Uint8Array): ColourTransform | null {
  try {
    const tags = readTags(icc);
    const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(tags.get(name)));
    const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => readCurve(tags.get(name)));
    const [r, g, b] = columns;
    const [red, green, blue] = curves;
    if (!r || !g || !b || !red || !green || !blue) return null;
    const matrix: number[] = [];
    for (let row = 0; row < 3; row += 1) {
      const weights = srgbFromD50.slice(row * 3, row * 3 + 3);
      for (const column of [r, g, b])
        matrix.push(weights.reduce((sum, weight, i) => sum + weight * column[i]!, 0));
    }
    return { curves: [red, green, blue], matrix };
  } catch {
    // A DataView beyond its end: the profile is cut short.
    return null;
  }
}

function readTags(icc: Uint8Array): Map<string, DataView> {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  const tags = new Map<string, DataView>();
  const count = view.getUint32(128);
  for (let i = 0; i < count; i += 1) {
    const at = 132 + i * 12;
    const body = new DataView(icc.buffer, icc.byteOffset + view.getUint32(at + 4), view.getUint32(at + 8));
    tags.set(textAt(view, at), body);
  }
  return tags;
}

const textAt = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

const fixedAt = (view: DataView, at: number) => view.getInt32(at) / 65536;

function readXyz(tag: DataView | undefined): number[] | null {
  return tag && textAt(tag, 0) === 'XYZ ' ? [8, 12, 16].map((at) => fixedAt(tag, at)) : null;
}

function readCurve(tag: DataView | undefined): Float32Array | null {
  if (!tag) return null;
  const kind = textAt(tag, 0);
  const curve = kind === 'curv' ? sampledCurve(tag) : kind === 'para' ? parametricCurve(tag) : null;
  return curve && Float32Array.from({ length: samples }, (_, i) => curve(i / (samples - 1)));
}

function sampledCurve(tag: DataView): (x: number) => number {
  const count = tag.getUint32(8);
  if (count === 0) return (x) => x;
  if (count === 1) {
    const gamma = tag.getUint16(12) / 256;
    return (x) => x ** gamma;
  }
  return (x) => {
    const position = x * (count - 1);
    const left = Math.min(count - 2, Math.floor(position));
    const [a, b] = [tag.getUint16(12 + left * 2), tag.getUint16(14 + left * 2)];
    return (a + (b - a) * (position - left)) / 65535;
  };
}

/** ICC.1:2022, 10.18, function types 0…4. */
function parametricCurve(tag: DataView): ((x: number) => number) | null {
  const type = tag.getUint16(8);
  const counts = [1, 3, 4, 5, 7];
  const p = Array.from({ length: counts[type] ?? 0 }, (_, i) => fixedAt(tag, 12 + i * 4));
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = p;
  switch (type) {
    case 0:
      return (x) => x ** g;
    case 1:
      return (x) => (x >= -b / a ? (a * x + b) ** g : 0);
    case 2:
      return (x) => (x >= -b / a ? (a * x + b) ** g + c : c);
    case 3:
      return (x) => (x >= d ? (a * x + b) ** g : c * x);
    case 4:
      return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f);
    default:
      return null;
  }
}

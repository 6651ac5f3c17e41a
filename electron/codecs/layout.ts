import type { Size } from '../contract/geometry';

/** Where the sample of column x, row y and band b lies: `offset + x · layout.x + y · layout.y + b · layout.band`. */
export interface SampleLayout {
  readonly offset: number;
  readonly x: number;
  readonly y: number;
  readonly band: number;
}

export function interleaved(width: number, bands: number): SampleLayout {
  return { offset: 0, x: bands, y: width * bands, band: 1 };
}

export function planar({ width, height }: Size): SampleLayout {
  return { offset: 0, x: 1, y: width, band: width * height };
}

export function bottomUp(layout: SampleLayout, height: number): SampleLayout {
  return { ...layout, offset: layout.offset + (height - 1) * layout.y, y: -layout.y };
}

/**
 * The layout that reads a picture upright, given its EXIF orientation (EXIF 2.32, tag 274): 1 upright, 2 mirrored,
 * 3 half a turn, 4 flipped, 5 transposed, 6 to be turned clockwise, 7 transverse, 8 to be turned anticlockwise.
 */
export function orientedLayout(
  layout: SampleLayout,
  { width, height }: Size,
  orientation: number,
): Size & { layout: SampleLayout } {
  const { offset, x, y, band } = layout;
  const right = (width - 1) * x;
  const bottom = (height - 1) * y;
  switch (orientation) {
    case 2:
      return { width, height, layout: { offset: offset + right, x: -x, y, band } };
    case 3:
      return { width, height, layout: { offset: offset + right + bottom, x: -x, y: -y, band } };
    case 4:
      return { width, height, layout: { offset: offset + bottom, x, y: -y, band } };
    case 5:
      return { width: height, height: width, layout: { offset, x: y, y: x, band } };
    case 6:
      return { width: height, height: width, layout: { offset: offset + bottom, x: -y, y: x, band } };
    case 7:
      return {
        width: height,
        height: width,
        layout: { offset: offset + right + bottom, x: -y, y: -x, band },
      };
    case 8:
      return { width: height, height: width, layout: { offset: offset + right, x: y, y: -x, band } };
    default:
      return { width, height, layout };
  }
}

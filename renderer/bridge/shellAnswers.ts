import type { ExportPlace, OpenedFile, Sample } from '../../electron/contract/shell';

/** For tests: what a shell may answer. */
export const photo: OpenedFile = { fileId: 'f1', name: 'photo.png', path: '/data/photo.png', bytes: 5 };
export const depth: OpenedFile = { fileId: 'f2', name: 'depth.png', path: null, bytes: 7 };
export const place: ExportPlace = { writeId: 'w', path: '/data/out.png', exists: false };
export const sample: Sample = {
  id: 'art',
  title: 'Art',
  summary: 'A scene',
  citation: 'Somebody, 2007',
  guidance: 'art-photo.jpg',
  target: 'art-disparity.png',
  thumbnail: 'samples/art-thumbnail.jpg',
};

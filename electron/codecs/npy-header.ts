import { damaged, unsupported } from './faults';

/** NumPy's format, versions 1 to 3 (numpy.lib.format). */
export interface NpyHeader {
  /** Bool, unsigned, signed, float. */
  readonly kind: 'b' | 'u' | 'i' | 'f';
  readonly bytesPerSample: number;
  readonly littleEndian: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly dataOffset: number;
}

export const npySignature = '\x93NUMPY';

/** A header is a short Python dictionary; anything longer is not one. */
const mostHeaderBytes = 65536;

export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < 12) throw damaged('NPY', 'it ends in the header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) {
    throw unsupported('NPY', `This NPY file has format version ${version}`, 'Save it with a current NumPy.');
  }
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > mostHeaderBytes || start + length > bytes.length)
    throw damaged('NPY', 'it ends in the header');
  const text = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  const type = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d*)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text);
  if (!order || !shape) throw damaged('NPY', 'its header cannot be read');
  if (!type || !'buif'.includes(type[2]!)) {
    throw unsupported(
      'NPY',
      `The array's values are no plain numbers (${/'descr'\s*:\s*(.{0,40})/.exec(text)?.[1] ?? 'unknown type'})`,
      "Convert it with .astype('float32') and save it again.",
    );
  }
  return {
    kind: type[2] as NpyHeader['kind'],
    bytesPerSample: Number(type[3]),
    littleEndian: type[1] !== '>',
    fortran: order[1] === 'True',
    shape: shape[1]!
      .split(',')
      .filter((side) => side.trim() !== '')
      .map(Number),
    dataOffset: start + length,
  };
}

/** Version 1, padded so that the data begins at a multiple of 64. */
export function writeNpyHeader(descriptor: string, shape: readonly number[]): Uint8Array {
  const dictionary = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ');
  header.write(npySignature, 0, 'latin1');
  header.writeUInt8(1, 6);
  header.writeUInt8(0, 7);
  header.writeUInt16LE(length, 8);
  header.write(dictionary, 10, 'latin1');
  header.write('\n', 10 + length - 1, 'latin1');
  return header;
}

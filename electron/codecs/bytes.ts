/** Whether a file's first bytes are these. */
export function startsWith(head: Uint8Array, signature: ArrayLike<number> | string, at = 0): boolean {
  const bytes = typeof signature === 'string' ? Buffer.from(signature, 'latin1') : signature;
  if (head.length < at + bytes.length) return false;
  for (let index = 0; index < bytes.length; index += 1) if (head[at + index] !== bytes[index]) return false;
  return true;
}

/** The memory of a typed array as bytes; nothing is copied. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

const pageBytes = 65_536;
/** A cache line. */
const alignment = 64;

/** A memory for a WebAssembly program, handed out from its beginning; what is handed out holds zeros. */
export class Arena {
  /** Addresses are signed in the programs. */
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: 2 ** 31 / pageBytes });
  private used = 0;

  /**
   * @returns the first byte's address, a multiple of 64
   * @throws RangeError when there is no such memory
   */
  take(bytes: number): number {
    const address = this.used;
    this.used += alignment * Math.ceil(bytes / alignment);
    const missing = this.used - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
    return address;
  }

  /** Good until more is taken. */
  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count);
  }

  /** Takes room for these and writes them there. */
  hold(values: readonly number[]): number {
    const address = this.take(values.length * Float32Array.BYTES_PER_ELEMENT);
    this.floats(address, values.length).set(values);
    return address;
  }
}

/**
 * Memory for values that are looked at once: what was taken lasts until something is taken again. A tile that is shown
 * and dropped would otherwise leave a megabyte to the garbage collector, with every movement of a slider for every tile.
 */
export class SampleMemory {
  private samples = new Float32Array(0);

  /** Holds anything. */
  take(length: number): Float32Array {
    if (this.samples.length < length) this.samples = new Float32Array(length);
    return this.samples.subarray(0, length);
  }
}

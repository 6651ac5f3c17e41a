import { type Code, type FunctionBuilder, f32x4, i32, type Local, v128 } from '../wasm/assembler';

/** An element of four complex lines: four real parts, then four imaginary ones. */
export const elementBytes = 32;
/** A factor that all four lines are multiplied with: real part, imaginary part. */
export const factorBytes = 8;
/** Elements before and behind the lines that may be read and written. */
export const guardElements = 4;

/** What the code of a butterfly works with. */
export interface Stage {
  readonly f: FunctionBuilder;
  /** The first element of the current butterfly, and where its first result goes. */
  readonly from: Local;
  readonly to: Local;
  readonly part: Local;
  readonly step: Local;
  /** Factors of the current group. */
  readonly turns: Local;
  readonly roots: Local;
  readonly radix: Local;
  readonly pairs: Local;
}

export const advance = (address: Local, by: Code): Code => address.set(i32.add(address.get, by));

export const times = (address: Local, step: Local, count: number): Code =>
  i32.add(address.get, i32.mul(step.get, i32.const(count)));

export const { add, sub, mul } = f32x4;

/** A complex number for each of the four lines. */
export class Complex {
  readonly re: Local;
  readonly im: Local;

  constructor(f: FunctionBuilder) {
    this.re = f.local('v128');
    this.im = f.local('v128');
  }

  set(re: Code, im: Code): Code {
    return [...this.re.set(re), ...this.im.set(im)];
  }

  load(address: Code, offset = 0): Code {
    return this.set(v128.load(address, offset), v128.load(address, offset + 16));
  }

  sum(a: Complex, b: Complex): Code {
    return this.set(add(a.re.get, b.re.get), add(a.im.get, b.im.get));
  }

  difference(a: Complex, b: Complex): Code {
    return this.set(sub(a.re.get, b.re.get), sub(a.im.get, b.im.get));
  }

  store(address: Code, offset = 0): Code {
    return [...v128.store(address, this.re.get, offset), ...v128.store(address, this.im.get, offset + 16)];
  }

  /** Multiplied with a factor. */
  storeTurned(address: Code, factor: Code, index = 0): Code {
    const re = v128.loadSplat(factor, index * factorBytes);
    const im = v128.loadSplat(factor, index * factorBytes + 4);
    return [
      ...v128.store(address, sub(mul(this.re.get, re), mul(this.im.get, im))),
      ...v128.store(address, add(mul(this.re.get, im), mul(this.im.get, re)), 16),
    ];
  }
}

export const complexes = (f: FunctionBuilder, count: number) =>
  Array.from({ length: count }, () => new Complex(f));

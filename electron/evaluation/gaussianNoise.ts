/**
 * Independent normal values with mean 0 and standard deviation 1, the same ones for the same seed everywhere: a
 * counter through MurmurHash3's finaliser gives uniform values, Box and Muller (1958) make them normal.
 */
export function* gaussianNoise(seed: number): Generator<number, never> {
  const uniform = uniformValues(seed);
  for (;;) {
    const radius = Math.sqrt(-2 * Math.log(uniform.next().value));
    const angle = 2 * Math.PI * uniform.next().value;
    yield radius * Math.cos(angle);
    yield radius * Math.sin(angle);
  }
}

const goldenRatio32 = 0x9e3779b9;

/** Uniform values in (0, 1]: never 0, whose logarithm is not finite. */
function* uniformValues(seed: number): Generator<number, never> {
  for (let state = seed >>> 0; ; ) {
    state = (state + goldenRatio32) >>> 0;
    let hash = state;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    yield (((hash ^ (hash >>> 16)) >>> 0) + 1) / 0x1_0000_0000;
  }
}

/** A seed of its own for every name (FNV-1a). */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

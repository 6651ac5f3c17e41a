/** Plain data: what a recipe is made of. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** One place where two versions differ. `undefined` stands for a key that is not there. */
export interface Change {
  readonly path: readonly string[];
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

const isRecord = (value: unknown): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What changed between two versions of plain data; lists that change are taken whole. */
export function difference(
  before: Plain | undefined,
  after: Plain | undefined,
  path: readonly string[] = [],
): Change[] {
  if (Object.is(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => difference(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && JSON.stringify(before) === JSON.stringify(after))
    return [];
  return [{ path, before, after }];
}

/** The data with every change's `side` put in its place. Parts that do not change are shared, not copied. */
export function applyChanges<T extends Plain>(
  value: T,
  changes: readonly Change[],
  side: 'before' | 'after',
): T {
  return changes.reduce<Plain>(
    (result, change) => put(result, change.path, change[side]) as Plain,
    value,
  ) as T;
}

function put(
  value: Plain | undefined,
  path: readonly string[],
  replacement: Plain | undefined,
): Plain | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const record = isRecord(value) ? value : {};
  const child = put(record[key], rest, replacement);
  if (child !== undefined) return { ...record, [key]: child };
  const { [key]: _removed, ...others } = record;
  return others;
}

/**
 * Takes over what is the same: a report that is worked out anew after one answer is nearly the one before, and what kept its identity
 * is not drawn again. Plain data only.
 *
 * @returns a value equal to `after`, made of the parts of `before` wherever these are equal; `before` itself when all is
 */
export function shared<Value>(before: unknown, after: Value): Value {
  if (Object.is(before, after) || typeof after !== 'object' || after === null) return after;
  if (typeof before !== 'object' || before === null) return after;
  if (Array.isArray(after)) return Array.isArray(before) ? (sharedList(before, after) as Value) : after;
  const [old, own] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = Object.keys(own);
  let same = keys.length === Object.keys(old).length;
  const parts = keys.map((key): readonly [string, unknown] => {
    const there = Object.hasOwn(old, key);
    const part = shared(there ? old[key] : undefined, own[key]);
    same &&= there && Object.is(part, old[key]);
    return [key, part];
  });
  return (same ? before : Object.fromEntries(parts)) as Value;
}

/** Things with an id are found again wherever they stand now. */
function sharedList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const byId = new Map(before.flatMap((item) => (idOf(item) === undefined ? [] : [[idOf(item), item]])));
  let same = before.length === after.length;
  const copy = after.map((item, index) => {
    const id = idOf(item);
    const part = shared(id === undefined ? before[index] : byId.get(id), item);
    same &&= Object.is(part, before[index]);
    return part;
  });
  return same ? before : copy;
}

const idOf = (item: unknown): unknown => (typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined);

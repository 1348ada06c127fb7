/** A copy of a flat record through which nothing can be written. */

const ADVICE = "an input is what the seat wanted and only read; keep what you make of it in the state or a const";

/** @param complain is told of every attempt, which then does nothing. */
export function readOnly<Value extends object>(value: Value, name: string, complain: (what: string) => void): Value {
  const refuse = (_target: Value, key: string | symbol): boolean => {
    complain(`${name}.${String(key)} was changed; ${ADVICE}`);
    return true;
  };
  // An assignment to a member defines it, too.
  return new Proxy({ ...value }, { defineProperty: refuse, deleteProperty: refuse });
}

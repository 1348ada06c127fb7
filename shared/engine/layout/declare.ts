/** The designers' `schema`: Colyseus's own, which refuses with a path what that one loses, or refuses without. */
import { schema as declare, Schema } from "@colyseus/schema";
import { isWhole } from "../bytes/text.ts";
import { keepLengths } from "./at-most.ts";
import { LayoutError } from "./layout-refusals.ts";

/** The wire has six bits for a field, and one of their values is taken. */
const MOST_FIELDS = 63;
const NUMBER = /^\d+$/;

function refuseNames(names: readonly string[], type: string): void {
  const first = names[MOST_FIELDS];
  if (first !== undefined)
    throw new LayoutError(
      `${type}.${first}`,
      `is field ${MOST_FIELDS + 1}, and a schema has ${MOST_FIELDS} at most; declare some of them in another one and write t.ref() of it`,
    );
  for (const name of names) {
    const path = `${type}.${name}`;
    if (NUMBER.test(name)) throw new LayoutError(path, "a number cannot be a field's name; use t.array() or t.map()");
    if (name === "__proto__") throw new LayoutError(path, "this name is taken by JavaScript; choose another one");
    if (!isWhole(name)) throw new LayoutError(JSON.stringify(path), "a field's name cannot have half an emoji");
  }
}

/** @throws LayoutError with the name of the schema and of the field. */
export const schema = ((fields: object, name: string | undefined, inherits: typeof Schema = Schema) => {
  if (typeof fields === "object" && fields !== null) refuseNames(Object.keys(fields), name ?? "schema");
  const type = declare(fields as never, name, inherits);
  if (typeof fields === "object" && fields !== null) keepLengths(type, fields);
  return type;
}) as typeof declare;

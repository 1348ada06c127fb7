/** One use of Colyseus beside its documented interface: what is asked of it, and how a release could break that. */
export interface Use {
  /** What is used, as Colyseus calls it. */
  readonly name: string;
  /** The port that uses it. */
  readonly port: string;
  /** Throws when it is not there, or is not called as the port needs it. */
  check(): Promise<void> | void;
  /** Makes Colyseus another one, in which it is broken; what it returns mends it again. */
  doctor(): () => void;
}

/** Throws an error that names the use when it is broken. */
export async function demand({ name, port, check }: Use): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw new Error(`Colyseus has changed: ${name}, which server/colyseus/${port} uses: ${(error as Error).message}`);
  }
}

/** Puts something else in a method's place, or nothing. */
export function replace(
  owner: object,
  name: string,
  by: (stock: (...values: never[]) => unknown) => unknown,
): () => void {
  const methods = owner as Record<string, (...values: never[]) => unknown>;
  const stock = methods[name]!;
  methods[name] = by(stock) as typeof stock;
  return () => {
    methods[name] = stock;
  };
}

/** As a release would that calls it something else. */
export const rename = (owner: object, name: string): (() => void) => replace(owner, name, () => undefined);

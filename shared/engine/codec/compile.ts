/** The compiler of generated source: the only place in the engine that turns text into functions. */

/**
 * Collects what generated source refers to, then compiles it. Values reach the source as parameters, so that functions
 * of nested types are called directly and nothing is looked up by name at run time.
 */
export class Source {
  readonly #names: string[] = [];
  readonly #values: unknown[] = [];

  /** The name under which generated source reaches `value`. */
  link(value: unknown): string {
    const known = this.#values.indexOf(value);
    if (known >= 0) return this.#names[known]!;
    const name = `linked${this.#values.length}`;
    this.#names.push(name);
    this.#values.push(value);
    return name;
  }

  /** The value of an expression, compiled in strict mode. */
  compile<T>(expression: string): T {
    const body = `"use strict"; return ${expression};`;
    let build: (...values: unknown[]) => T;
    try {
      build = new Function(...this.#names, body) as typeof build;
    } catch (cause) {
      if (cause instanceof SyntaxError) throw cause;
      throw new Error(
        "This page's Content-Security-Policy must allow 'unsafe-eval' in script-src for Phalanx's compiled codec.",
        { cause },
      );
    }
    return build(...this.#values);
  }
}

/** Source of the property `name` of `object`; any string is a safe name. */
export const member = (object: string, name: string): string => `${object}[${JSON.stringify(name)}]`;

/** Stand-ins for functions of the language: the same in everything, but they tell when rules call them. */
import { areRulesRunning, tell } from "./listener.ts";

export type AnyFunction = (this: unknown, ...args: never[]) => unknown;

/** What is wrong with a call; undefined when nothing is. */
export type Judge = (self: unknown, args: readonly unknown[]) => string | undefined;

/**
 * A plain function around a function. Accessors on `Math` would slow its inlined functions down for as long as the
 * process lives, even once they are gone; data properties do not.
 */
export function wrapFunction(original: AnyFunction, judge: Judge): AnyFunction {
  const wrapper = function (this: unknown, ...args: never[]): unknown {
    if (areRulesRunning()) {
      const what = judge(this, args);
      if (what !== undefined) tell(what);
    }
    return Reflect.apply(original, this, args);
  };
  const { prototype: _, ...properties } = Object.getOwnPropertyDescriptors(
    original as AnyFunction & { prototype?: unknown },
  );
  return Object.defineProperties(wrapper, properties);
}

/** A class around a class; `instanceof`, statics and subclasses work as ever. */
export function wrapClass<Class extends AnyFunction>(original: Class, what: string): Class {
  return new Proxy(original, {
    apply(target, self, args) {
      tell(what);
      return Reflect.apply(target, self, args);
    },
    construct(target, args, newTarget) {
      tell(what);
      return Reflect.construct(target, args, newTarget);
    },
  });
}

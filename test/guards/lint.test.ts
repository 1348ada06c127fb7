/** The lint of games finds what it is for, with its place, and leaves sound code alone. */
import { describe, expect, it } from "vitest";
import { lintPath, lintText, print } from "../../guards/lint/lint.ts";
import { games } from "../../shared/games/index.ts";
import { samples } from "../kit/games/samples.ts";

const PATH = "shared/games/x.ts";
const messagesOf = (code: string): string[] => lintText(PATH, code).map(({ message }) => message);

/** The same code as the body of a function of a game. */
const inRule = (code: string): string => `export function step(state, { input, random, tick }) {\n${code}\n}`;

describe("the lint of games finds", () => {
  it.each([
    ["Math.sin(1)", "Math.sin"],
    ["Math['sin'](1)", "Math.sin"],
    ["Math[name](1)", "Math[...]"],
    ["const { cos, floor } = Math", "Math.cos"],
    ["const { cos: c } = Math", "Math.cos"],
    ["const { ...all } = Math", "Math[...]"],
    ["const M = Math", "Math under another name"],
    ["f(Math)", "Math under another name"],
    ["2 ** 3", "**"],
    ["state.x **= 2", "**="],
    ["Date.now()", "Date"],
    ["new Date()", "Date"],
    ["({ Date })", "Date"],
    ["performance.now()", "performance"],
    ["state.clock = performance", "performance"],
    ["globalThis.x", "globalThis"],
    ["window.x", "window"],
    ["process?.env", "process"],
    ["new WeakMap()", "WeakMap"],
    ["new Function('x')", "Function"],
    ["a.localeCompare(b)", "localeCompare"],
    ["a['toLocaleString']()", "toLocaleString"],
    ["new Intl.Collator()", "Intl"],
    ["const f = async () => 1", "an async function"],
    ["import('x')", "import()"],
    ["for (const k in state) f(k)", "for in"],
    ["f(arguments)", "arguments"],
    ["(0.5).toString(36)", "toString(36)"],
    ["x.toString(radix)", "toString(radix)"],
    ["list.sort()", "sort without a comparator"],
    ["list.sort((a, b) => a > b)", "a comparator that returns true or false"],
    ["list.sort((a, b) => { return a.x < b.x; })", "a comparator that returns true or false"],
    ["list.sort((a, b) => !less(b, a))", "a comparator that returns true or false"],
    ["list.sort((a, b) => (a > b ? 1 : -1))", "a comparator that never returns 0"],
    ["list.sort((a, b) => { if (a < b) return -1; return 1; })", "a comparator that never returns 0"],
    ["list.toSorted(() => random.float() - 0.5)", "a comparator that draws lots"],
    ["const act = walk; act(); state.mood = act.name", "act.name is another one in the built page"],
    ["const walk = () => 1; state.mood = walk['name']", "walk.name"],
    ["const walk = () => 1; state.n = walk.length", "walk.length"],
    ["class Knight {} const { name } = Knight; f(name)", "name of a function"],
    ["class Knight {} state.kind = (Knight as any)!.name", "Knight.name"],
    ["state.kind = unit.constructor === other", "constructor leads to a class"],
    ["const { constructor } = unit; f(constructor)", "constructor leads to a class"],
    ["const f = g; state.text = String(f); f()", "the text of f"],
    ["const f = g; state.text = `a$" + "{f}`; f()", "the text of f"],
    ["const f = g; state.text = '' + f; f()", "the text of f"],
    ["const f = g; state.text = f.toString(); f()", "f.toString"],
    ["f(new Error('x').stack)", "the stack of an error"],
    ["const walk = () => 1; const act = walk; state.mood = act.name", "act.name"],
    ["const walk = () => 1; state.mood = (tick > 3 ? walk : walk).name", "the function.name"],
    ["const f = g; state.text += f; f()", "the text of f"],
    ["state.isBuilt = import.meta.env.PROD", "import.meta"],
    ["try { f(); } catch { state.n = 1; }", "catch sees what differs between engines"],
    ["/* @__PURE__ */ deal(state)", "@__PURE__"],
    ["/*#__NO_SIDE_EFFECTS__*/ const deal = () => 1; deal()", "#__NO_SIDE_EFFECTS__"],
    ["structuredClone(state)", "structuredClone is there in some of the programs"],
    ["declare const gc: unknown; f(typeof gc)", "gc is there in some of the programs"],
    ["f(typeof Deno)", "Deno is there in some of the programs"],
  ])("in a rule: %s", (code, what) => {
    expect(messagesOf(inRule(code))).toEqual([expect.stringContaining(what)]);
  });

  it.each([
    ["let count = 0;", "count at the top level"],
    ["export var count = 0;", "count at the top level"],
    ["const seen = new Set(); const f = () => seen.add(1);", "seen is changed"],
    ["const s = { n: 0 }; function f() { s.n++; }", "s is changed"],
    ["const s = { n: { m: 0 } }; function f() { (s as any).n!.m = 1; }", "s is changed"],
    ["const s = []; function f() { s[0] = 1; }", "s is changed"],
    ["const s = { n: 0 }; function f() { delete s.n; }", "s is changed"],
    ["const s = {}; function f() { Object.assign(s, { n: 1 }); }", "s is changed"],
    ["class Ids { static next = 0 } function f() { Ids.next += 1; }", "Ids is changed"],
    ["function f() { f.calls = 1; }", "f is changed"],
    ["import { cache } from './cache.ts'; function f() { cache.set(1, 2); }", "cache is changed"],
    ["const W = /a/g;", "/a/g at the top level"],
    ["const byX = (a, b) => a.x < b.x; list.sort(byX);", "a comparator that returns true or false"],
    ["import { x } from 'lodash';", '"lodash" is not for games'],
    ["import type { x } from 'node:fs';", '"node:fs" is not for games'],
    ["import { x } from '../engine/math/power.ts';", '"../engine/math/power.ts" is not for games'],
    ["export * from '../../server/app/app.ts';", '"../../server/app/app.ts" is not for games'],
    ["const = 1", "cannot be read"],
  ])("in a file: %s", (code, what) => {
    expect(messagesOf(code)).toEqual([expect.stringContaining(what)]);
  });

  it("tells path, line and column, in the order of the file", () => {
    const found = lintText(PATH, "/** x */\nconst a = 2 **\n  3;\n  let b = 1;\n");
    expect(found.map(print)).toEqual([
      expect.stringMatching(/^shared\/games\/x\.ts:2:11: \*\* /),
      expect.stringMatching(/^shared\/games\/x\.ts:4:3: b at the top level/),
    ]);
  });
});

describe("the lint of games leaves alone", () => {
  it.each([
    "Math.floor(Math.sqrt(2) + Math.PI)",
    "const { floor, max } = Math",
    "const window = 3; f(window)",
    "f({ Date: 1, performance: 2 }, state.process, state.document.window)",
    "for (const [process, self] of state.map) f(process, self)",
    "let best; for (const one of list) best = one; best.x += 1",
    "const seen = new Map(); seen.set(1, 2)",
    "list.sort((a, b) => a - b)",
    "list.sort((a, b) => a.score - b.score || a.seat - b.seat)",
    "list.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))",
    "list.sort((a, b) => { if (a.x !== b.x) return a.x - b.x; return list.some((c) => c > a) ? 1 : 0; })",
    "Math.trunc(x).toString(36) + (x | 0).toString(16) + x.toString() + x.toString(10)",
    "/a/g.test('a'); new Map(); new Set()",
    "const text: Promise<Date> = null as unknown as Promise<Date>",
    "state.name = player.name; f(list.length, player.score.toString(), names.get(0)!.name)",
    "const { name, length } = player; f(`a$" + "{name}`, 'a' + length)",
    "class Knight { constructor(readonly reach: number) {} } state.reach = new Knight(3).reach",
    "try { f(); } finally { state.n += 1; }",
    "f(undefined, NaN, JSON.parse('1'), new Uint8Array(2), Symbol.iterator, parseInt('7', 10)); console.log(1)",
  ])("in a rule: %s", (code) => {
    expect(messagesOf(inRule(code))).toEqual([]);
  });

  it.each([
    "const WALLS = [1, 2]; for (const x of WALLS) f(x); WALLS.push(3);",
    "const players = []; function f(players) { players.push(1); }",
    "const grid = { set(state, x) { state.x = x; } }; function f(s) { grid.set(s, 1); }",
    "import * as board from './board.ts'; function f(s) { board.set(s, 1); }",
    "import { x } from '../engine/index.ts'; import { y } from './arena/map.ts';",
    "interface Date { now: Promise<Intl> } type X = typeof Math; export type { Date };",
  ])("in a file: %s", (code) => {
    expect(messagesOf(code)).toEqual([]);
  });

  it("every game on the shelf", () => {
    expect(games.length).toBeGreaterThan(0);
    expect(lintPath("shared/games").map(print)).toEqual([]);
  });

  it.each(samples.map(({ document, name, code }) => [`${document}: ${name}`, code] as const))("%s", (_title, code) => {
    expect(messagesOf(code)).toEqual([]);
  });
});

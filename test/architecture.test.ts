/** The house as ARCHITECTURE.md draws it: which file may import which, no cycles, nothing impure in `shared/`, short files. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { findCycle, importsOf, stripComments } from "./kit/imports.ts";

const MOST_LINES = 250;

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
const files = listed.split("\n").filter((path) => /\.(ts|mjs|css|html)$/.test(path) && existsSync(path));
const sources = files.filter((path) => path.endsWith(".ts"));
const text = (path: string): string => readFileSync(path, "utf8");

/** Every import, type imports included, as pairs of files; packages as they are named. */
const imports = sources.flatMap((from) =>
  importsOf(text(from)).map((name) => ({
    from,
    to: name.startsWith(".") ? normalize(join(dirname(from), name)) : name,
    isLocal: name.startsWith("."),
  })),
);

/** What each place may import, besides itself. The first rule whose place fits a file counts. */
const MAY: readonly {
  readonly place: string;
  readonly local: readonly string[];
  readonly packages: readonly string[];
}[] = [
  { place: "shared/engine/codec/", local: [], packages: ["@colyseus/schema"] },
  { place: "shared/engine/math/", local: [], packages: [] },
  { place: "shared/engine/kit/", local: ["shared/engine/math/"], packages: [] },
  { place: "shared/engine/game/", local: ["shared/engine/codec/"], packages: [] },
  { place: "shared/engine/sim/", local: ["shared/engine/codec/", "shared/engine/game/"], packages: [] },
  {
    place: "shared/engine/protocol/",
    local: ["shared/engine/codec/", "shared/engine/game/", "shared/engine/sim/"],
    packages: ["fflate"],
  },
  {
    place: "shared/engine/lockstep/",
    local: ["shared/engine/codec/", "shared/engine/game/", "shared/engine/sim/", "shared/engine/protocol/"],
    packages: [],
  },
  { place: "shared/engine/index.ts", local: ["shared/engine/"], packages: ["@colyseus/schema"] },
  { place: "shared/monitor/", local: [], packages: [] },
  { place: "shared/games/", local: ["shared/engine/index.ts"], packages: [] },
  {
    place: "server/",
    local: ["shared/engine/", "shared/monitor/", "colyseus.config.ts", "guards/"],
    packages: [
      "@colyseus/core",
      "@colyseus/schema",
      "@colyseus/ws-transport",
      "colyseus",
      "express",
      "express-rate-limit",
      "jose",
      "msgpackr",
      "pino",
      "prom-client",
      "vite",
      "ws",
      "zod",
      "node:",
    ],
  },
  { place: "guards/", local: ["shared/engine/"], packages: ["vite", "tsx", "node:"] },
  { place: "client-demo/vite.config.ts", local: ["server/config/logic-hash.ts"], packages: ["vite", "node:"] },
  { place: "client-demo/net/", local: ["shared/engine/"], packages: ["@colyseus/sdk"] },
  {
    place: "client-demo/monitor/",
    local: [
      "shared/engine/protocol/",
      "shared/monitor/",
      "client-demo/app/",
      "client/connection/server-url.ts",
      "client/connection/watchdog.ts",
      "client-demo/ui/palette.ts",
    ],
    packages: ["@colyseus/sdk"],
  },
  { place: "client-demo/", local: ["shared/engine/", "shared/games/"], packages: [] },
  {
    place: "colyseus.config.ts",
    local: [
      "server/app/app.ts",
      "server/page/page-stamp.ts",
      "server/config/start-settings.ts",
      "shared/games/index.ts",
    ],
    packages: ["@colyseus/core", "node:"],
  },
];

describe("imports", () => {
  it("follow the arrows of ARCHITECTURE.md", () => {
    const broken = imports.filter(({ from, to, isLocal }) => {
      const rule = MAY.find(({ place }) => from.startsWith(place));
      if (rule === undefined) return !from.startsWith("test/");
      const allowed = isLocal ? [rule.place, ...rule.local] : rule.packages;
      // Colyseus's configuration is for whatever is started by a command.
      if (to === "colyseus.config.ts")
        return ![
          "server/boot/main.ts",
          "server/boot/start.ts",
          "server/dev/dev-server.ts",
          "server/cli/desync.ts",
        ].includes(from);
      // Production has no guards: not even in its memory.
      if (to.startsWith("guards/") && from.startsWith("server/")) return from !== "server/dev/dev-server.ts";
      return !allowed.some((prefix) => to.startsWith(prefix));
    });
    expect(broken.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("name files that exist, with their ending", () => {
    expect(
      imports.filter(({ to, isLocal }) => isLocal && !existsSync(to)).map(({ from, to }) => `${from} -> ${to}`),
    ).toEqual([]);
  });

  it("form no cycle, type imports included", () => {
    const graph = new Map(
      sources.map((path) => [path, imports.filter(({ from }) => from === path).map(({ to }) => to)]),
    );
    expect(findCycle(graph)).toEqual([]);
  });

  it("would show a cycle if there were one", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
    ]);
    expect(findCycle(graph)).toEqual(["a", "b", "c", "a"]);
  });
});

// shared/games has a lint of its own: guards/lint.
describe("shared/engine/", () => {
  const BANNED =
    /\b(Date|performance|setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|fetch|process|Buffer|window\.|document\.|console|globalThis|crypto|TextEncoder|TextDecoder|Intl|localStorage|navigator|require|async|await|Promise)\b/;
  const INEXACT =
    /\bMath\.(?!(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc)\b)\w+|[^*/]\*\*[^*/]|\blocaleCompare\b|\btoLocale\w+/;
  const USE_MATH = "is not the same on every machine; math/ has sin, cos, atan2, pow, PI and the others";
  const USE_TICK = "is not for what every machine must do alike: time and bytes are arguments";
  const pure = sources.filter((path) => path.startsWith("shared/engine/"));

  it.each(pure)("%s knows no clock, no DOM, no Node, no inexact math (R5, R12)", (path) => {
    const found = text(path)
      .split("\n")
      .flatMap((line, i) => {
        const code = stripComments(line.replace(/^\s*(\/?\*).*$/, ""));
        const inexact = INEXACT.exec(code)?.[0];
        const banned = BANNED.exec(code)?.[0];
        const advice = inexact === undefined ? USE_TICK : USE_MATH;
        return (inexact ?? banned) === undefined ? [] : [`${path}:${i + 1}: ${inexact ?? banned} ${advice}`];
      });
    expect(found).toEqual([]);
  });

  it("would be caught using them", () => {
    for (const line of ["Date.now()", "await x", "performance.now()"]) expect(BANNED.test(line)).toBe(true);
    for (const line of ["Math.sin(x)", "2 ** x", "Math.random()", "a.localeCompare(b)"])
      expect(INEXACT.test(line)).toBe(true);
    for (const line of ["Math.sqrt(x)", "Math.floor(x)", "x * y"]) expect(INEXACT.test(line)).toBe(false);
  });
});

// A clock that somebody sets back is no measure of how long something takes.
describe("the wall clock", () => {
  /** Where a moment is written down for people, or compared with one that comes from outside. */
  const MOMENTS = [
    "client-demo/app/chat/chat-list.ts",
    "server/observe/desync-files.ts",
    "server/identity/token-signing.ts",
    "server/base/log-output.ts",
    "server/page/page-build.ts",
    "server/rooms/chat-service.ts",
  ];
  const WALL = /\bDate\.now\(|\bnew Date\b|\bDate\(\)/;
  const places = /^(server|client-demo|shared|test\/load)\//;

  it("is read for moments only, never for durations", () => {
    const found = sources.filter((path) => places.test(path) && WALL.test(stripComments(text(path))));
    expect(found.sort()).toEqual(MOMENTS);
  });
});

describe("files", () => {
  it(`have at most ${MOST_LINES} lines`, () => {
    const long = files.map((path) => `${path}: ${text(path).split("\n").length - 1}`);
    expect(long.filter((row) => Number(row.split(": ")[1]) > MOST_LINES)).toEqual([]);
  });

  it("open with one sentence that says what they are", () => {
    const silent = sources.filter((path) => !/^(#!.*\n)?\/\*\*/.test(text(path)));
    expect(silent.map((path) => `${path}: begin with one sentence in /** ... */`)).toEqual([]);
  });

  it("are named in kebab-case", () => {
    const odd = sources.filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.test|\.config)?\.ts$/.test(path));
    expect(odd).toEqual([]);
  });

  it("are barrels in two places only", () => {
    const barrels = sources.filter(
      (path) => /^export (\*|\{[^}]*\}) from/m.test(text(path)) && /(^|\/)index\.ts$/.test(path),
    );
    expect(barrels).toEqual(["shared/engine/index.ts"]);
  });
});

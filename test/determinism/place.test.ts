/** Matches made in another language and time zone: the same hashes, bots and all. */
import { expect, it } from "vitest";
import { type Bundle, buildBundle, SHELF, type Sources } from "./bundle.ts";
import { ask } from "./engine.ts";
import { thisNode } from "./engines.ts";
import { output } from "./shell.ts";

/** So long takes only what hangs. */
const LIMIT_MS = 180_000;
const TICKS = process.env.CI ? 1500 : 300;

const environment = (locale: string, timeZone: string): NodeJS.ProcessEnv => ({
  ...process.env,
  LANG: locale,
  LC_ALL: locale,
  TZ: timeZone,
});

const HOME = environment("en_US.UTF-8", "UTC");
const PLACES = [
  environment("tr_TR.UTF-8", "Asia/Kathmandu"),
  ...(process.env.CI ? [environment("ar_EG.UTF-8", "Pacific/Apia")] : []),
];

/** Which place a Node that is started there believes to be in. */
const placeOf = (env: NodeJS.ProcessEnv): Promise<string> =>
  output(
    [process.execPath, "-p", "Intl.DateTimeFormat().resolvedOptions().locale + new Date(0).getTimezoneOffset()"],
    LIMIT_MS,
    env,
  );

async function hashesIn(env: NodeJS.ProcessEnv, bundle: Bundle): Promise<Record<string, string>> {
  const node = await thisNode(env).open(bundle);
  const { games } = await ask(node, "shelf", null, LIMIT_MS);
  const hashes: Record<string, string> = {};
  for (const { name } of games) {
    const recording = await ask(node, "record", { game: name, seed: 1, ticks: TICKS }, LIMIT_MS);
    expect(recording.stopped).toBeUndefined();
    expect(recording.evidence.acted, "seats acted").toBeGreaterThan(0);
    expect(recording.evidence.states, "the state moved").toBeGreaterThan(10);
    hashes[name] = recording.hashes;
  }
  return hashes;
}

/** Home first. */
async function hashesEverywhere(sources: Sources): Promise<readonly Record<string, string>[]> {
  const bundle = await buildBundle(sources, "files");
  const all: Record<string, string>[] = [];
  for (const place of [HOME, ...PLACES]) all.push(await hashesIn(place, bundle));
  await bundle.remove();
  return all;
}

it("another locale and time zone change no hash", async () => {
  const places = await Promise.all([HOME, ...PLACES].map(placeOf));
  expect(new Set(places).size, `these are different places: ${places.join(" ")}`).toBe(places.length);
  const [home, ...away] = await hashesEverywhere(SHELF);
  for (const hashes of away) expect(hashes).toEqual(home);
});

it("and would be seen if they did", async () => {
  const sources = {
    games: "test/determinism/games/place-dependent-game.ts",
    functions: "test/determinism/games/place-dependent-game.ts",
  };
  const [home, ...away] = await hashesEverywhere(sources);
  for (const hashes of away) expect(hashes).not.toEqual(home);
});

/** Section: what joining a match and coming back to it take at different ages of it, over real sockets (R6). */
import { arena } from "../../shared/games/arena/arena.ts";
import { games } from "../../shared/games/index.ts";
import { JoinMeter, WAYS, type Way } from "../kit/players/join-meter.ts";
import { startServer } from "../kit/servers/server.ts";
import { floorOf, type Row, Samples, type Section } from "./row.ts";

const AGES = [1, 10, 60, 120] as const;
const REPETITIONS = 9;
const MOST_MS = 1000;
const LEAST_FLATNESS = 1 / 1.3;

type Name = `${Way} ${number} ${"bytes" | "ms"}`;

const ABOUT: Readonly<Record<Way, string>> = {
  join: "a new player takes a seat: a snapshot, and the frames since",
  rejoin: "back in the own seat, 200 ticks later: the frames since",
  "late rejoin": "back in the own seat, 1,300 ticks later: those frames have left the log, so a snapshot",
};

function rowsOf(samples: Samples<Name>, way: Way): Row[] {
  const first = samples.of(`${way} ${AGES[0]} bytes`);
  const isFlat = (age: number): boolean =>
    samples.median(`${way} ${AGES[0]} bytes`) / samples.median(`${way} ${age} bytes`) > LEAST_FLATNESS;
  return AGES.flatMap((age): Row[] => {
    const [bytes, milliseconds] = [`${way} ${age} bytes`, `${way} ${age} ms`] as const;
    return [
      {
        name: `${way} at ${age} min`,
        unit: "B",
        ours: samples.spread(bytes),
        floor: floorOf(`at ${AGES[0]} min`, first, samples.of(bytes)),
        aim: { text: "as at 1 min", isMet: isFlat(age) },
        about:
          age === AGES[0]
            ? `${ABOUT[way]}; received on the WebSocket, handshake and headers included`
            : "the same; the match is at most a tenth older",
      },
      {
        name: "-",
        unit: "ms",
        ours: samples.spread(milliseconds),
        aim: { text: `< ${MOST_MS} ms`, isMet: samples.spread(milliseconds).max < MOST_MS },
        about: "from the first byte on the WebSocket to the referee's newest hash in the client",
      },
    ];
  });
}

export async function measureJoin(): Promise<Section> {
  const samples = new Samples<Name>();
  const server = await startServer({ games });
  const meter = await JoinMeter.open(server);
  for (const age of AGES) {
    for (let i = 0; i < REPETITIONS; i++) {
      const arrivals = await meter.measureAt(age);
      for (const way of WAYS) {
        samples.add(`${way} ${age} bytes`, arrivals[way].bytes);
        samples.add(`${way} ${age} ms`, arrivals[way].milliseconds);
      }
    }
  }
  const ticks = meter.tick;
  await meter.close();
  await server.stop();
  return {
    title: `join: arena, ${arena.seats.max} seats held, matches of up to ${AGES.at(-1)} minutes (${ticks.toLocaleString("en")} ticks)`,
    rows: WAYS.flatMap((way) => rowsOf(samples, way)),
  };
}

/** The monitor's page: shows what the server pushes, and asks for nothing. */
import { type JournalTrouble, troubleSentence } from "../../shared/monitor/feed.ts";
import { find, setText } from "../ui/dom.ts";
import { Feed, type LineState } from "./feed.ts";
import { age } from "./format.ts";
import { History } from "./history.ts";
import { RoomPanel } from "./room-panel.ts";
import { RoomTable } from "./room-table.ts";
import { SpreadChart } from "./spread-chart.ts";
import { Tile } from "./tile.ts";
import { TILES } from "./tile-specs.ts";

const LIGHTS: Record<LineState["kind"], string> = { live: "good", lost: "warn", refused: "bad" };

const history = new History();
const tiles = TILES.map((spec) => new Tile(spec));
find("tiles", HTMLElement).append(...tiles.map(({ element }) => element));
const spreads = [
  new SpreadChart({ label: "How late ticks are", metric: "phalanx_tick_lateness_seconds", isLateAbove: 0.02 }),
  new SpreadChart({ label: "What a tick costs", metric: "phalanx_tick_duration_seconds", isLateAbove: 0.005 }),
];
find("spreads", HTMLElement).append(...spreads.map(({ element }) => element));

const state = find("state", HTMLElement);
const say = (kind: LineState["kind"], sentence: string): void => {
  state.querySelector(".light")!.className = `light ${LIGHTS[kind]}`;
  setText(state.querySelector("span")!, sentence);
};

const trouble = find("trouble", HTMLElement);
const sayTroubles = (troubles: readonly JournalTrouble[]): void => {
  trouble.hidden = troubles.length === 0;
  const why = troubles.map(troubleSentence).join("; ");
  setText(trouble, why === "" ? "" : `Matches go on, but a crash would end them: ${why}`);
};

const feed = new Feed({
  onPush(push) {
    history.add(push);
    sayTroubles(push.journalTroubles);
    for (const tile of tiles) tile.show(history);
    for (const spread of spreads) spread.show(history);
    rooms.show();
    say("live", `Live, up for ${age(push.uptimeSeconds)}`);
  },
  onRoom: (told) => panel.show(told),
  onState: (line) => say(line.kind, line.kind === "live" ? "Live" : line.sentence),
});
const panel = new RoomPanel(feed);
const rooms = new RoomTable(history, (room) => {
  rooms.choose(room);
  panel.open(room);
  feed.watch(room);
});

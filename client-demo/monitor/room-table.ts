/** The table of rooms, a row each; a press chooses one. */
import type { RoomRow } from "../../shared/monitor/feed.ts";
import { find, make } from "../ui/dom.ts";
import { age, short, time } from "./format.ts";
import type { History } from "./history.ts";
import { type Column, Table } from "./table.ts";

/** Ticks closed a second below this part of what the game asks for are news. */
const LEAST_RATE = 0.9;
const LATE_MS = 20;

export class RoomTable {
  readonly #history: History;
  readonly #table: Table<RoomRow>;
  readonly #empty = find("rooms", HTMLElement).querySelector<HTMLElement>(".empty")!;
  #chosen: string | undefined;

  /** @param choose is told the room that was pressed. */
  constructor(history: History, choose: (room: string) => void) {
    this.#history = history;
    this.#table = new Table(this.#columns(), ({ id }) => id);
    this.#table.lineClass = ({ id }) => (id === this.#chosen ? "chosen" : "");
    this.#table.onPress = choose;
    find("rooms", HTMLElement).querySelector(".scroll")!.append(this.#table.element);
  }

  choose(room: string | undefined): void {
    this.#chosen = room;
    this.show();
  }

  show(): void {
    const rooms = this.#history.last?.rooms ?? [];
    this.#empty.hidden = rooms.length > 0;
    this.#table.element.hidden = rooms.length === 0;
    this.#table.show(rooms);
  }

  #columns(): Column<RoomRow>[] {
    const rate = (row: RoomRow, of: (row: RoomRow) => number): number => this.#history.roomRate(row, of);
    const tickRate = (row: RoomRow): number => rate(row, ({ ticks }) => ticks);
    const isSlow = (row: RoomRow): boolean =>
      row.phase !== "paused" && row.ageSeconds > 2 && tickRate(row) < row.tickRate * LEAST_RATE;
    return [
      { title: "Room", isText: true, text: ({ id }) => id, element: roomButton },
      { title: "Game", isText: true, text: ({ game }) => game },
      { title: "Phase", isText: true, text: ({ phase }) => phase },
      { title: "Age", text: ({ ageSeconds }) => age(ageSeconds) },
      { title: "Players", text: ({ players, bots }) => `${players}${bots > 0 ? ` + ${bots} bots` : ""}` },
      { title: "Away", text: ({ away }) => String(away), tone: ({ away }) => (away > 0 ? "warn" : "") },
      { title: "Lockstep", text: ({ lockstep }) => String(lockstep) },
      { title: "Stream", text: ({ stream }) => String(stream) },
      {
        title: "Ticks per s",
        text: (row) => `${tickRate(row).toFixed(1)} of ${row.tickRate}`,
        tone: (row) => (isSlow(row) ? "bad" : ""),
      },
      { title: "A tick costs", text: ({ tickMs }) => time(tickMs / 1000) },
      {
        title: "Late by (worst)",
        text: ({ latenessMs, worstLatenessMs }) => `${time(latenessMs / 1000)} (${time(worstLatenessMs / 1000)})`,
        tone: ({ latenessMs }) => (latenessMs > LATE_MS ? "warn" : ""),
      },
      { title: "Down, B/s", text: (row) => short(Math.round(rate(row, ({ sentBytes }) => sentBytes))) },
      { title: "Up, B/s", text: (row) => short(Math.round(rate(row, ({ receivedBytes }) => receivedBytes))) },
      { title: "Hash checks", text: ({ hashChecks }) => short(hashChecks) },
      {
        title: "Desyncs, healed",
        text: ({ desyncs, heals }) => `${desyncs}, ${heals}`,
        tone: ({ desyncs, heals }) => (desyncs > heals ? "bad" : desyncs > 0 ? "good" : ""),
      },
      { title: "Drops", text: ({ drops }) => String(drops) },
    ];
  }
}

/** For keyboards; a press goes on to the row. */
function roomButton(room: string): HTMLButtonElement {
  const button = make("button", room, "room");
  button.type = "button";
  return button;
}

/** The panel of the chosen room: who is in it, how each of them is doing, and what an operator may do about it. */
import type { RoomPush, SeatRow } from "../../shared/monitor/feed.ts";
import { find, make, setText } from "../ui/dom.ts";
import { confirmButton } from "./confirm-button.ts";
import { age, short, time } from "./format.ts";
import { type Column, Table } from "./table.ts";

const BEHIND_TICKS = 20;

export interface RoomOrders {
  kick(room: string, id: string): void;
  close(room: string): void;
}

export class RoomPanel {
  readonly #panel = find("room", HTMLElement);
  readonly #title = make("h2");
  readonly #note = make("p");
  readonly #close: HTMLButtonElement;
  readonly #table: Table<SeatRow>;
  readonly #orders: RoomOrders;
  #room = "";

  constructor(orders: RoomOrders) {
    this.#orders = orders;
    this.#table = new Table(this.#columns(), ({ id }) => id);
    this.#table.lineClass = ({ isAway }) => (isAway ? "away" : "");
    this.#close = confirmButton("Close this room", () => orders.close(this.#room));
    this.#close.classList.add("close");
    const header = make("header");
    header.append(this.#title, this.#note, this.#close);
    const scroll = make("div", "", "scroll");
    scroll.append(this.#table.element);
    this.#panel.append(header, scroll);
  }

  /** Opens it for a room, whose seats come with the next push. */
  open(room: string): void {
    this.#room = room;
    setText(this.#title, `Room ${room}`);
    setText(this.#note, "");
    this.#close.hidden = false;
    this.#table.show([]);
    this.#panel.hidden = false;
  }

  show({ seats }: RoomPush): void {
    const spectators = seats?.filter(({ kind }) => kind === "spectator").length ?? 0;
    const isOver = seats === undefined;
    setText(
      this.#note,
      isOver ? "This room has ended." : `${seats.length - spectators} seats held, ${spectators} watch`,
    );
    this.#close.hidden = isOver;
    this.#table.show(seats ?? []);
  }

  #columns(): Column<SeatRow>[] {
    const isHere = ({ plane }: SeatRow): boolean => plane !== undefined;
    return [
      { title: "Seat", isText: true, text: ({ seat }) => (seat === undefined ? "–" : String(seat)) },
      { title: "Name", isText: true, text: ({ name }) => name },
      { title: "", isText: true, text: ({ kind, isAway }) => (isAway ? "away, seat held" : kind) },
      { title: "Plane", isText: true, text: ({ plane }) => plane ?? "" },
      { title: "Round trip", text: ({ roundTripMs }) => (roundTripMs === undefined ? "" : time(roundTripMs / 1000)) },
      { title: "Acknowledged tick", text: (row) => (row.plane === "lockstep" ? String(row.acknowledgedTick) : "") },
      {
        title: "Behind, ticks",
        text: (row) => (row.plane === "lockstep" ? String(row.behindTicks) : ""),
        tone: ({ behindTicks }) => (behindTicks > BEHIND_TICKS ? "warn" : ""),
      },
      { title: "Waits in socket, B", text: (row) => (isHere(row) ? short(row.bufferedBytes) : "") },
      { title: "Last desync", isText: true, text: ({ desync }) => desyncText(desync), tone: () => "desync" },
      {
        title: "",
        text: (row) => (isHere(row) ? "Remove" : ""),
        element: (id) => confirmButton("Remove", () => this.#orders.kick(this.#room, id)),
      },
    ];
  }
}

function desyncText(desync: SeatRow["desync"]): string {
  if (desync === undefined) return "";
  const { tick, path, culprit, secondsAgo } = desync;
  return `${age(secondsAgo)} ago at tick ${tick}: ${path} (${culprit})`;
}

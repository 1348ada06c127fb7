/**
 * The offer of a recording: that of a room which this tab was in, when the room is over. The ticket of it says that it was there.
 * Where nothing is recorded, or the server knows the ticket no more, nothing is said.
 */
import { find, make, onPress, setText } from "../../ui/dom.ts";
import { forgetRoom, wayBackTo } from "./visitor.ts";

/** When it is asked whether the room is over, each so many milliseconds after the one before; then no more. */
const ASK_MS = [300, 1500, 5000, 15_000, 30_000, 60_000, 120_000];
/** A browser has read what it saves by then. */
const SAVED_MS = 60_000;
/** This server records no matches. */
const NOTHING = 204;
/** Not now, and perhaps later. */
const TOO_MANY = 429;

interface RecordingRow {
  readonly name: string;
}

export class RecordingOffer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown: HTMLElement | undefined;

  /** Asks for the recording of this room from now on, in place of any other. */
  of(room: string): void {
    clearTimeout(this.#timer);
    this.#shown?.remove();
    const ticket = wayBackTo(room);
    if (ticket !== undefined) this.#askLater(room, ticket, 0);
  }

  #askLater(room: string, ticket: string, turn: number): void {
    const wait = ASK_MS[turn];
    if (wait === undefined) return;
    this.#timer = setTimeout(async () => {
      const timer = this.#timer;
      const rows = await rowsOf(room, ticket);
      if (timer !== this.#timer || rows === "never") return;
      if (rows === "later") this.#askLater(room, ticket, turn + 1);
      else this.#show(room, ticket, rows);
    }, wait);
  }

  #show(room: string, ticket: string, rows: readonly RecordingRow[]): void {
    const offer = make("p", "", "offer");
    const said = make("span", "Your last match is over, and was recorded.");
    const buttons = rows.map(({ name }, at) => {
      const button = make("button", rows.length === 1 ? "Download it" : `Download part ${at + 1}`);
      button.type = "button";
      button.title = "A file that this page shows with ?replay";
      onPress(button, async () => {
        const isSaved = await save(room, name, ticket);
        setText(said, isSaved ? "Your last match was recorded." : "The recording could not be had.");
      });
      return button;
    });
    const close = make("button", "Close");
    close.type = "button";
    onPress(close, () => {
      forgetRoom(room);
      offer.remove();
    });
    offer.append(said, ...buttons, close);
    // Nothing else can be reached while the dialog is open.
    const dialog = find("problem", HTMLDialogElement);
    (dialog.open ? dialog : find("toasts", HTMLElement)).append(offer);
    this.#shown = offer;
  }
}

/** As what this page belongs to is served. */
const addressOf = (...parts: readonly string[]): URL =>
  new URL(`replays/${parts.map(encodeURIComponent).join("/")}`, location.href);

const withTicket = (ticket: string): RequestInit => ({
  headers: { authorization: `Bearer ${ticket}` },
  credentials: "omit",
});

/** None yet: the room is not over, or the server could not be asked. */
async function rowsOf(room: string, ticket: string): Promise<readonly RecordingRow[] | "later" | "never"> {
  try {
    const response = await fetch(addressOf(room), withTicket(ticket));
    if (!response.ok) return response.status < 500 && response.status !== TOO_MANY ? "never" : "later";
    if (response.status === NOTHING) return "never";
    const rows = (await response.json()) as readonly RecordingRow[];
    return rows.length === 0 ? "later" : rows;
  } catch {
    return "later";
  }
}

async function save(room: string, name: string, ticket: string): Promise<boolean> {
  try {
    const response = await fetch(addressOf(room, name), withTicket(ticket));
    if (!response.ok) return false;
    const link = make("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), SAVED_MS);
    return true;
  } catch {
    return false;
  }
}

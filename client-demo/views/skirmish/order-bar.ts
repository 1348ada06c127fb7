/** The bar of orders at the foot: buttons to train, build and choose, and a line that says why an order was refused. */
import { isBuilding, KINDS, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { type FrozenState, MOST_UNITS } from "../../../shared/games/skirmish/schema.ts";
import { make, onPress, setText } from "../../ui/dom.ts";
import { countsOf, namesOf } from "./muster.ts";

const NOTE_MS = 2600;

/** What the buttons ask for. */
export type Wish =
  | { readonly do: "train" | "place"; readonly kind: number }
  | { readonly do: "army" | "idle" | "march" | "stop" | "home" };

/** What the bar is shown for. */
export interface Shown {
  readonly state: FrozenState;
  readonly seat: number | undefined;
  readonly mode: Wish | undefined;
  readonly chosen: ReadonlySet<number>;
  readonly now: number;
}

interface Entry {
  readonly wish: Wish;
  readonly label: string;
  /** By the physical key. */
  readonly code: string;
  readonly key: string;
}

const ENTRIES: readonly Entry[] = [
  { wish: { do: "train", kind: Kind.worker }, label: "Worker", code: "Digit1", key: "1" },
  { wish: { do: "train", kind: Kind.soldier }, label: "Soldier", code: "Digit2", key: "2" },
  { wish: { do: "train", kind: Kind.archer }, label: "Archer", code: "Digit3", key: "3" },
  { wish: { do: "place", kind: Kind.barracks }, label: "Barracks", code: "Digit4", key: "4" },
  { wish: { do: "place", kind: Kind.base }, label: "Base", code: "Digit5", key: "5" },
  { wish: { do: "army" }, label: "Army", code: "KeyF", key: "F" },
  { wish: { do: "idle" }, label: "Idle", code: "KeyG", key: "G" },
  { wish: { do: "march" }, label: "March", code: "KeyM", key: "M" },
  { wish: { do: "stop" }, label: "Stop", code: "KeyX", key: "X" },
  { wish: { do: "home" }, label: "Home", code: "Space", key: "Space" },
];

export class OrderBar {
  readonly #bar = make("div", "", "orders");
  readonly #note = make("p", "", "orders-note");
  /** Gold, how many units there are of how many there may be, and who is chosen. */
  readonly #purse = make("p", "", "orders-purse");
  readonly #wealth = make("b");
  readonly #chosen = make("span");
  readonly #buttons: readonly {
    readonly entry: Entry;
    readonly button: HTMLButtonElement;
    readonly detail: HTMLElement;
  }[];
  #noteUntil = 0;

  constructor(foot: HTMLElement, onWish: (wish: Wish) => void, over: AbortSignal) {
    this.#bar.setAttribute("role", "group");
    this.#bar.setAttribute("aria-label", "Orders");
    this.#note.setAttribute("role", "status");
    this.#buttons = ENTRIES.map((entry) => {
      const button = make("button");
      button.type = "button";
      button.title = `${entry.label} (${entry.key})`;
      button.setAttribute("aria-keyshortcuts", entry.key);
      const detail = make("small");
      const key = make("kbd", entry.key);
      key.setAttribute("aria-hidden", "true");
      button.append(make("span", entry.label), detail, key);
      onPress(button, () => onWish(entry.wish));
      this.#bar.append(button);
      return { entry, button, detail };
    });
    this.#purse.append(this.#wealth, this.#chosen);
    foot.append(this.#purse, this.#note, this.#bar);
    over.addEventListener("abort", () => {
      this.#bar.remove();
      this.#note.remove();
      this.#purse.remove();
    });
  }

  /** What a key stands for. */
  wishOf(code: string): Wish | undefined {
    return ENTRIES.find((entry) => entry.code === code)?.wish;
  }

  say(reason: string, now: number): void {
    setText(this.#note, reason);
    this.#noteUntil = now + NOTE_MS;
  }

  show({ state, seat, mode, chosen, now }: Shown): void {
    const player = seat === undefined ? undefined : state.players.get(seat);
    this.#bar.hidden = player === undefined;
    this.#purse.hidden = player === undefined;
    if (now >= this.#noteUntil) setText(this.#note, hintOf(mode));
    if (player === undefined) return;
    const { all, fighters, idle } = countsOf(state, seat!);
    setText(this.#wealth, `${player.gold} gold · ${all}/${MOST_UNITS}`);
    setText(this.#chosen, namesOf(state, chosen));
    for (const { entry, button, detail } of this.#buttons) {
      const { wish } = entry;
      if ("kind" in wish) {
        const { cost } = KINDS[wish.kind]!;
        setText(detail, String(cost));
        button.classList.toggle("poor", player.gold < cost);
      } else if (wish.do === "army") setText(detail, String(fighters));
      else if (wish.do === "idle") setText(detail, String(idle));
      const isModal = wish.do === "place" || wish.do === "march";
      if (isModal) button.setAttribute("aria-pressed", String(isSame(mode, wish)));
    }
  }
}

function isSame(mode: Wish | undefined, wish: Wish): boolean {
  if (mode?.do !== wish.do) return false;
  return !("kind" in mode && "kind" in wish) || mode.kind === wish.kind;
}

function hintOf(mode: Wish | undefined): string {
  if (mode === undefined) return "";
  if (!("kind" in mode)) return "March: they go there and fight nobody on the way";
  return isBuilding(mode.kind) ? `Point where the ${KINDS[mode.kind]!.name} shall stand` : "";
}

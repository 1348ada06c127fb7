/** The network figures: a light and the round trip always, the rest on request. */

import type { MatchFigures, MatchSource } from "../../../client/match/match-source.ts";
import type { SimulatedNetwork } from "../../../client/netsim/simulated-network.ts";
import { find, make, onPress, setText } from "../../ui/dom.ts";
import type { HashRecord } from "../match/hash-record.ts";
import type { DelayChoice } from "./delay-choice.ts";
import { heavyNote } from "./heavy-note.ts";
import { NetGraph } from "./net-graph.ts";
import { networkForm } from "./network-form.ts";
import { RateMeter } from "./rate-meter.ts";

const OPEN_FROM_PIXELS = 1000;
const STALL_WORTH_TELLING_MS = 250;

const UNKNOWN = "–";

const ROWS = [
  ["tick", "Tick"],
  ["ahead", "Predicted ahead"],
  ["trip", "Round trip"],
  ["delay", "Input delay"],
  ["plane", "Plane"],
  ["rollback", "Rollback depth"],
  ["rate", "Rollbacks"],
  ["down", "Down"],
  ["up", "Up"],
  ["hash", "Hashes"],
  ["state", "State"],
  ["fps", "Frames drawn"],
] as const;

export class NetPanel {
  readonly #panel = find("net", HTMLElement);
  readonly #toggle = find("net-toggle", HTMLButtonElement);
  readonly #short = find("net-short", HTMLElement);
  readonly #light = this.#toggle.querySelector(".light")!;
  readonly #values = new Map<string, HTMLElement>();
  readonly #graph = new NetGraph();
  readonly #heavy = make("p");
  readonly #frames = new RateMeter();
  readonly #rollbacks = new RateMeter();
  #drawn = 0;

  constructor(network: SimulatedNetwork, delay: DelayChoice) {
    const list = make("dl");
    for (const [key, label] of ROWS) {
      const value = make("dd", UNKNOWN);
      this.#values.set(key, value);
      const row = make("div");
      row.append(make("dt", label), value);
      list.append(row);
    }
    this.#panel.append(this.#graph.element, list, this.#heavy, delay.element, networkForm(network));
    onPress(this.#toggle, () => this.toggle());
    this.#open(window.innerWidth >= OPEN_FROM_PIXELS);
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  toggle(): void {
    this.#open(!this.isOpen);
  }

  /** Once a draw. */
  count({ figures }: MatchSource<unknown>, now: number): void {
    this.#drawn++;
    this.#frames.add(this.#drawn, now);
    this.#rollbacks.add(figures.stats.rollbacks, now);
    this.#graph.add(figures.ticksAhead, figures.stats);
  }

  /** A few times a second. */
  show(source: MatchSource<unknown>, hashes: HashRecord, now: number): void {
    const { figures, kind, plane, spectators } = source;
    const { stats, ticksAhead, inputDelay } = figures;
    const trip = figures.roundTripAt(now);
    const tripText = trip === undefined ? UNKNOWN : String(Math.round(trip.ms));
    const isHere = figures.isSynced || plane === "stream";
    setText(this.#short, isHere ? (kind === "network" ? `${tripText} ms` : kind) : "joining");
    this.#light.className = `light ${lightOf(source)}`;
    if (!this.isOpen) return;
    const rates = figures.ratesAt(now);
    const untold = kind === "network" ? "not known yet" : kind;
    this.#set("tick", String(source.picture(now)?.tick ?? 0));
    this.#set("ahead", `${ticksAhead}`, ticksAhead === 1 ? "tick" : "ticks");
    this.#set("trip", tripText, trip === undefined ? untold : `± ${Math.round(trip.spreadMs / 2)} ms`);
    this.#set("delay", `${inputDelay}`, inputDelay === 1 ? "tick" : "ticks");
    this.#set("plane", plane, spectators > 0 ? `${spectators} watch` : "");
    this.#set("rollback", `${stats.rollbackDepth}`, `last, max ${stats.deepestRollback}`);
    this.#set("rate", this.#rollbacks.perSecond().toFixed(1), "per s");
    this.#set("down", ...bytesOf(rates?.down));
    this.#set("up", ...bytesOf(rates?.up));
    this.#set("fps", String(Math.round(this.#frames.perSecond())), "per s");
    const hash = this.#values.get("hash")!;
    hash.className = stats.isDiverged ? "bad" : "good";
    this.#set("hash", `${stats.hashChecks - stats.hashMismatches} equal`, told(stats));
    const { milestone } = hashes;
    if (milestone !== undefined) this.#set("state", hex(milestone.hash), `at ${milestone.tick}`);
    setText(this.#heavy, plane === "lockstep" ? heavyNote(figures) : "");
    this.#graph.draw();
  }

  #set(key: string, text: string, unit = ""): void {
    const value = this.#values.get(key)!;
    if (value.dataset.text === `${text} ${unit}`) return;
    value.dataset.text = `${text} ${unit}`;
    value.replaceChildren(text, ...(unit === "" ? [] : [" ", make("small", unit)]));
  }

  #open(isOpen: boolean): void {
    this.#panel.hidden = !isOpen;
    this.#toggle.setAttribute("aria-expanded", String(isOpen));
  }
}

const told = ({ hashMismatches, heals }: MatchFigures["stats"]): string =>
  hashMismatches === 0 ? "" : `${hashMismatches} differed, ${heals} healed`;

/** Red while the local world differs, amber while the world stands still, green when all is well. */
function lightOf({ figures, plane, isOnline }: MatchSource<unknown>): string {
  if (plane === "stream") return isOnline ? "good" : "warn";
  const { stats, isSynced, stalledMs } = figures;
  if (stats.isDiverged) return "bad";
  if (!isSynced || (stalledMs > 0 && stats.longestStallMs > STALL_WORTH_TELLING_MS)) return "warn";
  return stats.hashChecks > 0 ? "good" : "warn";
}

const hex = (hash: number): string => hash.toString(16).padStart(8, "0");

/** A rate and its unit; where nothing is sent there is none. */
function bytesOf(rate: number | undefined): readonly [text: string, unit: string] {
  if (rate === undefined) return [UNKNOWN, "offline"];
  return [rate < 10_000 ? String(Math.round(rate)) : `${(rate / 1000).toFixed(1)}k`, "B/s"];
}

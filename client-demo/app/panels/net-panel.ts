/** The network figures: a light and the round trip always, the rest on request. */

import type { SimulatedNetwork } from "../../../client/netsim/simulated-network.ts";
import { find, make, onPress, setText } from "../../ui/dom.ts";
import type { AnySession } from "../match/any-session.ts";
import type { HashRecord } from "../match/hash-record.ts";
import type { DelayChoice } from "./delay-choice.ts";
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
    this.#panel.append(this.#graph.element, list, delay.element, networkForm(network));
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
  count({ client }: AnySession, now: number): void {
    this.#drawn++;
    this.#frames.add(this.#drawn, now);
    this.#rollbacks.add(client.stats.rollbacks, now);
    this.#graph.add(client.predictedTick - client.confirmedTick, client.stats);
  }

  /** A few times a second. */
  show(session: AnySession, hashes: HashRecord, now: number): void {
    const { client } = session;
    const { stats } = client;
    const trip = client.roundTripAt(now);
    const tripText = trip === undefined ? UNKNOWN : String(Math.round(trip.ms));
    setText(this.#short, client.isSynced || session.plane === "stream" ? `${tripText} ms` : "joining");
    this.#light.className = `light ${lightOf(session)}`;
    if (!this.isOpen) return;
    const { up, down } = session.traffic.rates(now);
    const ahead = client.predictedTick - client.confirmedTick;
    this.#set("tick", String(session.picture(now)?.tick ?? 0));
    this.#set("ahead", `${ahead}`, ahead === 1 ? "tick" : "ticks");
    this.#set("trip", tripText, trip === undefined ? "not known yet" : `± ${Math.round(trip.spreadMs / 2)} ms`);
    this.#set("delay", `${client.inputDelay}`, client.inputDelay === 1 ? "tick" : "ticks");
    this.#set("plane", session.plane, session.spectators > 0 ? `${session.spectators} watch` : "");
    this.#set("rollback", `${stats.rollbackDepth}`, `last, max ${stats.deepestRollback}`);
    this.#set("rate", this.#rollbacks.perSecond().toFixed(1), "per s");
    this.#set("down", bytes(down), "B/s");
    this.#set("up", bytes(up), "B/s");
    this.#set("fps", String(Math.round(this.#frames.perSecond())), "per s");
    const hash = this.#values.get("hash")!;
    hash.className = stats.isDiverged ? "bad" : "good";
    this.#set("hash", `${stats.hashChecks - stats.hashMismatches} equal`, told(stats));
    const { milestone } = hashes;
    if (milestone !== undefined) this.#set("state", hex(milestone.hash), `at ${milestone.tick}`);
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

const told = ({ hashMismatches, heals }: AnySession["client"]["stats"]): string =>
  hashMismatches === 0 ? "" : `${hashMismatches} differed, ${heals} healed`;

/** Red while the own world differs, amber while the world stands still, green when all is well. */
function lightOf({ client, plane, isOnline }: AnySession): string {
  if (plane === "stream") return isOnline ? "good" : "warn";
  if (client.stats.isDiverged) return "bad";
  if (!client.isSynced || (client.isStalled && client.stats.longestStallMs > STALL_WORTH_TELLING_MS)) return "warn";
  return client.stats.hashChecks > 0 ? "good" : "warn";
}

const hex = (hash: number): string => hash.toString(16).padStart(8, "0");

const bytes = (rate: number): string => (rate < 10_000 ? String(Math.round(rate)) : `${(rate / 1000).toFixed(1)}k`);

/** The panels around the field, brought up to date as one. */
import type { MatchSource } from "../../../client/match/match-source.ts";
import type { Roster } from "../../../client/match/roster.ts";
import type { Board } from "../../views/view.ts";
import type { Pointer } from "../input/pointer.ts";
import type { HashRecord } from "../match/hash-record.ts";
import type { LegendBar } from "./legend-bar.ts";
import type { NetPanel } from "./net-panel.ts";
import { NewsList, toast } from "./news-list.ts";
import { ScoreStrip } from "./score-strip.ts";
import { StatusLine } from "./status-line.ts";

export class Panels {
  readonly net: NetPanel;
  readonly news = new NewsList();
  readonly #score = new ScoreStrip();
  readonly #status = new StatusLine();
  readonly #legend: LegendBar;
  readonly #pointer: Pointer;
  readonly #hashes: HashRecord;
  #players: ReadonlySet<string> | undefined;
  /** Seats whose wish for a pause is known already. */
  readonly #asking = new Set<number>();

  constructor(legend: LegendBar, pointer: Pointer, hashes: HashRecord, net: NetPanel) {
    this.net = net;
    this.#hashes = hashes;
    this.#legend = legend;
    this.#pointer = pointer;
  }

  show(source: MatchSource<unknown>, board: Board, roster: Roster, now: number): void {
    this.net.show(source, this.#hashes, now);
    this.#score.show(board, roster, source.seat);
    this.#status.show(board);
    this.#legend.show(this.#pointer.isTouch);
    this.#tellArrivals(roster, source.seat);
    this.#tellPauseWishes(roster, source);
  }

  /** Before there is a world to show. */
  wait(detail: string): void {
    this.#status.show({ callout: { title: "Joining", detail } });
  }

  /** Another room: who is there now has not just come. */
  reset(): void {
    this.#players = undefined;
    this.#asking.clear();
    this.news.clear();
    this.#status.show({});
  }

  /** Another player would like a pause: each request is told once, with what can be done about it. */
  #tellPauseWishes(roster: Roster, { seat: own, phase }: MatchSource<unknown>): void {
    for (const seat of this.#asking) if (roster.get(seat)?.wantsPause !== true) this.#asking.delete(seat);
    for (const [seat, { name, wantsPause }] of roster) {
      if (!wantsPause || this.#asking.has(seat)) continue;
      this.#asking.add(seat);
      if (seat !== own && own !== undefined && phase === "playing")
        toast(`${name} asks for a pause. Press Pause (P) to agree.`);
    }
  }

  #tellArrivals(roster: Roster, own: number | undefined): void {
    if (own === undefined) return;
    const players = new Map<string, string>();
    for (const [seat, { name, kind }] of roster)
      if (kind === "player" && seat !== own) players.set(`${seat} ${name}`, name);
    const before = this.#players;
    this.#players = new Set(players.keys());
    if (before === undefined) return;
    for (const [key, name] of players) if (!before.has(key)) toast(`${name} joined.`);
    for (const key of before) if (!players.has(key)) toast(`${key.slice(key.indexOf(" ") + 1)} left.`);
  }
}

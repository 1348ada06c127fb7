/** The whole server as operators see it, whichever of its processes they ask: each answers for its own rooms. */
import type { JournalTrouble, KickOrder, RoomRow, SeatRow } from "../../shared/monitor/feed.ts";
import { mergeFigures } from "../../shared/monitor/merge-figures.ts";
import type { Everyone } from "../base/everyone.ts";
import type { FullReport } from "../observe/room-report.ts";
import { type Account, accountOf, type FigureSources, journalTroublesOf } from "./figures.ts";
import { ProcessMeter } from "./process-meter.ts";

/** Who asks for accounts: each hears how late the event loop was since its own last question. */
type Reader = "monitor" | "metrics";

/** An event loop is no longer measured for a monitor that has not asked for so long. Prometheus comes back as seldom as it likes. */
const FORGET_MS = 10_000;

export interface Health {
  readonly faults: number;
  readonly uptimeSeconds: number;
  /** Of every process that cannot write its journal. */
  readonly journalTroubles: readonly JournalTrouble[];
}

/** An order of an operator, for the process that has the room. */
export type Order = ({ readonly kind: "kick" } & KickOrder) | { readonly kind: "close"; readonly room: string };

export class WholeServer {
  readonly #everyone: Everyone;
  readonly #meters = new Map<Reader, ProcessMeter>();
  #forget: NodeJS.Timeout | undefined;

  constructor(everyone: Everyone, sources: FigureSources) {
    this.#everyone = everyone;
    const { registry, readiness } = sources;
    everyone.answerTo("account", (reader) => accountOf(sources, this.#meter(reader as Reader)));
    everyone.answerTo("reports", () => registry.reports());
    everyone.answerTo("seats", (room) => registry.room(room as string)?.seatRows());
    everyone.answerTo(
      "health",
      (): Health => ({
        faults: readiness.faults,
        uptimeSeconds: process.uptime(),
        journalTroubles: journalTroublesOf(readiness),
      }),
    );
    everyone.answerTo("order", (said) => {
      const { order, operator } = said as { readonly order: Order; readonly operator: string };
      const room = registry.room(order.room);
      if (order.kind === "close") room?.close(operator);
      else room?.kick(order.id, operator);
    });
  }

  async account(reader: Reader): Promise<Account> {
    const accounts = (await this.#everyone.ask({ question: "account", argument: reader })) as readonly Account[];
    const figures = mergeFigures(accounts.map((account) => account.figures));
    return {
      figures,
      rows: accounts.flatMap(({ rows }): readonly RoomRow[] => rows),
      journalTroubles: accounts.flatMap((account) => account.journalTroubles),
    };
  }

  async reports(): Promise<FullReport[]> {
    return (await this.#everyone.ask({ question: "reports" })).flatMap((reports) => reports as FullReport[]);
  }

  /** Who is in a room; undefined when there is none. */
  async seats(room: string): Promise<readonly SeatRow[] | undefined> {
    const answers = await this.#everyone.ask({ question: "seats", argument: room });
    return answers.find((seats) => seats !== undefined) as readonly SeatRow[] | undefined;
  }

  async health(): Promise<Health> {
    const all = (await this.#everyone.ask({ question: "health" })) as readonly Health[];
    return {
      faults: all.reduce((sum, { faults }) => sum + faults, 0),
      uptimeSeconds: Math.max(...all.map(({ uptimeSeconds }) => uptimeSeconds)),
      journalTroubles: all.flatMap(({ journalTroubles }) => journalTroubles),
    };
  }

  /** @param operator for the log. */
  order(order: Order, operator: string): void {
    void this.#everyone.ask({ question: "order", argument: { order, operator } });
  }

  #meter(reader: Reader): ProcessMeter {
    const meter = this.#meters.get(reader) ?? new ProcessMeter();
    this.#meters.set(reader, meter);
    if (reader === "monitor") {
      clearTimeout(this.#forget);
      this.#forget = setTimeout(() => {
        meter.stop();
        this.#meters.delete(reader);
      }, FORGET_MS).unref();
    }
    return meter;
  }
}

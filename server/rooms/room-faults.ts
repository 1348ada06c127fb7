/**
 * The cost of a fault to a room: a message or a line of the chat; in the tick the room itself, as our fault or the
 * rules'.
 */
import { ServerError } from "@colyseus/core";
import { RulesError } from "../../shared/engine/game/rules-error.ts";
import { type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import type { Faults } from "../base/faults.ts";
import { log } from "../base/log.ts";
import { stepping } from "../base/stepping.ts";
import { keepCode } from "../colyseus/remote-errors.ts";

/** The room; it has no match yet while it is being made. */
interface FaultyRoom {
  readonly roomId: string;
  readonly game: { readonly name: string };
  readonly match: { readonly world: { readonly tick: number } } | undefined;
}

/** Matchmaking answers over HTTP. */
const FAULTY = 500;

export interface RoomEnd {
  readonly name: CloseName;
  readonly detail: string;
}

export class RoomFaults {
  readonly #room: FaultyRoom;
  readonly #faults: Faults;
  #isRuleTold = false;

  constructor(room: FaultyRoom, faults: Faults) {
    this.#room = room;
    this.#faults = faults;
  }

  /** One that the room survives. @param cost what it costs: nobody loses more. */
  contain(error: unknown, cost: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const where = { ...this.#where(), ...fields };
    if (!(error instanceof RulesError)) this.#faults.contain(error, cost, where);
    else if (!this.#isRuleTold) {
      // Joining and healed clients are given a world that is stepped once more. It is said once: clients may ask for it often.
      this.#isRuleTold = true;
      const { rule, command, cause: err } = error;
      log.error({ ...where, rule, command, err }, `the rules threw in ticks that they had stepped before: ${cost}`);
    }
  }

  /** What a method of the room threw: a refusal is no fault, and keeps its code, whichever process has asked. */
  thrown(error: unknown, method: string): void {
    if (error instanceof ServerError) keepCode(error);
    else this.contain(error, `${method} of a room threw`);
  }

  /**
   * Makes what a room cannot be without.
   *
   * @param lastTick of what is stepped again for it. @throws ServerError in words that say whose fault it is that there is none.
   */
  orRefuse<Made>(make: () => Made, lastTick?: number): Made {
    const { room, game, tick } = this.#where();
    // Rules run in it: those that set a world up, or that step one again.
    const notes = stepping.of(room, game);
    notes.begin(lastTick ?? tick);
    try {
      return make();
    } catch (error) {
      const { name, detail } = this.end(error);
      throw new ServerError(FAULTY, closeReason(name, detail));
    } finally {
      notes.end();
    }
  }

  /** One that it does not survive: tells the log, and returns what its players are told. Only a `RulesError` blames the rules. */
  end(error: unknown): RoomEnd {
    const where = this.#where();
    if (error instanceof RulesError) {
      const { rule, command, cause: err } = error;
      log.error({ ...where, rule, command, err }, "the rules threw; the room ends");
      return {
        name: "room/crashed",
        detail: `the rules of ${where.game} failed at tick ${where.tick}; the room ended`,
      };
    }
    this.#faults.end(error, "the room ends; this is no fault of the game's rules", where);
    const detail = `a fault of the server at tick ${where.tick} ended this room; this is no fault of the game's rules`;
    return { name: "room/fault", detail };
  }

  #where(): { readonly room: string; readonly game: string; readonly tick: number } {
    const { roomId, game, match } = this.#room;
    return { room: roomId, game: game.name, tick: match?.world.tick ?? 0 };
  }
}

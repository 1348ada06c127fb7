/** A session without a server: it is in step at once, asks its player at every draw, and leaves as slowly as it is told. */

import { Emitter } from "../../../client/events/emitter.ts";
import { RULES_FAILED } from "../../../client/match/session-end.ts";
import type { SessionEvents } from "../../../client/session/session.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { Down } from "../../../shared/engine/protocol/down.ts";
import type { BotSession, Join } from "../verdict/party.ts";

const MOST_TICK = 128;

class FakeEvents extends Emitter<SessionEvents> {
  tell<Name extends keyof SessionEvents>(name: Name, ...told: SessionEvents[Name]): void {
    this.emit(name, ...told);
  }
}

export interface FakeServer {
  readonly join: Join;
  /** How many have joined so far, and have been told to leave. */
  readonly joined: () => number;
  readonly left: () => number;
  /** The rules throw in every client from now on. */
  breakRules(): void;
}

/** @param leaveMs how long a goodbye takes. */
export function fakeServer(leaveMs = 0): FakeServer {
  let joined = 0;
  let left = 0;
  let areRulesBroken = false;

  function session(game: AnyGame, sample: () => object): BotSession {
    const client = new LockstepClient<unknown, unknown>(game, { sample });
    // As if the first snapshot had come.
    Object.defineProperties(client, {
      isSynced: { value: true },
      state: { value: {} },
    });
    const connection = { transport: { ws: {} } };
    const room = { roomId: "fake", connection, onStateChange: () => {} } as unknown as BotSession["room"];
    const events = new FakeEvents();
    let isOpen = true;
    let tick = 0;
    const fake: BotSession = {
      client,
      room,
      plane: "lockstep",
      isOnline: true,
      seat: 0 as BotSession["seat"],
      picture: () => undefined,
      give: () => Promise.resolve({ isApplied: true, tick }),
      on: (name, listener) => events.on(name, listener),
      advance() {
        if (!isOpen) return;
        sample();
        // A frame without a body: what measures looks at its tick only, which is one byte here.
        events.tell("received", Down.frame, new Uint8Array([tick++ % MOST_TICK]));
        if (!areRulesBroken) return;
        isOpen = false;
        events.tell("end", { code: RULES_FAILED, reason: `the rules of ${game.name} failed here at tick 3: oh no` });
      },
      async leave() {
        isOpen = false;
        left++;
        await new Promise((resolve) => setTimeout(resolve, leaveMs));
      },
    };
    return fake;
  }

  return {
    join: async (game, { sample }) => {
      joined++;
      return session(game, sample as () => object);
    },
    joined: () => joined,
    left: () => left,
    breakRules: () => {
      areRulesBroken = true;
    },
  };
}

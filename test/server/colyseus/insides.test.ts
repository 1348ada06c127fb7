/**
 * The uses of Colyseus beside its documented interface, one by one: each is still there, is called as its port needs
 * it, and would be named if it were not. To be run before anything else when Colyseus's versions change.
 */
import { describe, expect, it } from "vitest";
import { ENCODER_USES } from "../../kit/insides/encoder-uses.ts";
import { ROOM_USES } from "../../kit/insides/room-uses.ts";
import { STATE_USES } from "../../kit/insides/state-uses.ts";
import { demand } from "../../kit/insides/use.ts";
import { WEB_USES } from "../../kit/insides/web-uses.ts";

const USES = [...ROOM_USES, ...STATE_USES, ...ENCODER_USES, ...WEB_USES];

describe.each(USES)("$name ($port)", (use) => {
  it("is there, and is called as the port needs it", () => demand(use));

  it("would be named if a release broke it", async () => {
    const mend = use.doctor();
    try {
      await expect(demand(use)).rejects.toThrow(`Colyseus has changed: ${use.name}, which server/colyseus/${use.port}`);
    } finally {
      mend();
    }
    await demand(use);
  });
});

/** Moves between the planes: by wish, seldom, told by name, and not to lockstep for who has diverged there (R14). */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { Plane } from "../../../shared/engine/protocol/plane.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import type { ClientSession } from "../../../shared/referee/peers/client-session.ts";
import { judgeLag } from "../../../shared/referee/peers/lag.ts";
import { Outbox } from "../../../shared/referee/peers/outbox.ts";
import { STREAMING } from "../../../shared/referee/peers/session-state.ts";
import { PlaneSwitch } from "../../../shared/referee/sessions/plane-switch.ts";
import { deliver, matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { sessionOf } from "../../kit/memory/session.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { SlowPeer } from "../../kit/parts/slow-peer.ts";
import { walk } from "../../kit/walk.ts";

let planes: PlaneSwitch;
let peer: RecordingPeer;
let session: ClientSession;
let dropped: number;
let outbox: Outbox;
beforeEach(() => {
  dropped = 0;
  outbox = new Outbox(packInMemory);
  planes = new PlaneSwitch({ listen: () => {}, forget: () => void dropped++ }, outbox);
  peer = new RecordingPeer("a");
  session = sessionOf(peer);
});

const wish = (plane: Plane, now: number, tick = 100) => {
  const answer = planes.wish(session, plane, tick, now);
  deliver(outbox);
  return answer;
};

describe("a wish for a plane", () => {
  it("is granted and told, and frames stop at once", () => {
    session.state = { kind: "live", plane: "lockstep", broughtTick: 5 };
    expect(wish("stream", 0)).toBe("plane");
    expect(session).toMatchObject({ state: STREAMING, desync: undefined });
    expect([planes.moves, dropped, peer.moves]).toEqual([1, 1, ["stream"]]);
    expect(peer.take()).toEqual([{ kind: "plane", plane: "stream", reason: "wish" }]);
  });

  it("is granted every two seconds at most; flapping is counted, not told", () => {
    const answers = [0, 1, 1000, 1999, 2000, 2001, 3999, 4000].map((now) =>
      wish(session.state.plane === "lockstep" ? "stream" : "lockstep", now),
    );
    const often = "plane/too-often";
    expect(answers).toEqual(["plane", often, often, often, "plane", often, often, "plane"]);
    expect(peer.moves).toEqual(["stream", "lockstep", "stream"]);
    expect(peer.takeNames()).toEqual(["plane", "plane", "plane"]);
  });

  it("for where it is already is told, costs nothing, and does not put the next one off", () => {
    expect([wish("lockstep", 0), wish("lockstep", 1), wish("stream", 2)]).toEqual(["plane", "plane", "plane"]);
    expect([planes.moves, peer.moves]).toEqual([1, ["stream"]]);
    expect(peer.take().map((message) => message.kind === "plane" && message.plane)).toEqual([
      "lockstep",
      "lockstep",
      "stream",
    ]);
  });

  it("for lockstep is refused by name while the client has to stay away from it, and told why", () => {
    planes.move(session, "stream", "diverging");
    deliver(outbox);
    session.divergence.bannedUntilTick = 500;
    peer.take();
    expect(wish("lockstep", 10_000, 499)).toBe("plane/refused");
    expect(peer.take()).toEqual([{ kind: "plane", plane: "stream", reason: "diverging" }]);
    expect(peer.moves).toEqual(["stream"]);
    expect(wish("lockstep", 10_001, 500), "and the refusal was no move").toBe("plane");
  });

  it("for the stream plane is never refused for diverging", () => {
    session.divergence.bannedUntilTick = 500;
    expect(wish("stream", 0, 100)).toBe("plane");
  });
});

describe("who is moved while a world waits for it in the outbox", () => {
  const WORLD = 3 * 1024 * 1024;
  /** More beside it is too much, on either plane. */
  const TOO_MUCH = 1024 * 1024 + 1;

  it.each(["stream", "lockstep"] as const)("to the %s plane is not found slow for that world", (plane) => {
    const slow = new SlowPeer("a", 0);
    session = sessionOf(slow, { plane: plane === "stream" ? "lockstep" : "stream" });
    outbox.add(slow, new Uint8Array(WORLD));
    planes.move(session, plane, "wish");
    deliver(outbox);
    expect(slow.bufferedBytes).toBeGreaterThan(WORLD);
    if (plane === "lockstep") session.state = { kind: "live", plane, broughtTick: 100 };
    expect(judgeLag(session, 101, walk.tickRate), "in the next tick").toBe("fine");
    slow.write(TOO_MUCH);
    expect(judgeLag(session, 102, walk.tickRate), "for what comes behind it").toBe("park");
  });
});

describe("in a match", () => {
  const codec = inputCodecOf(walk.input);
  const encoder = new UpEncoder(codec);

  it("a move keeps the seat, ends the frames, and lockstep goes on with a snapshot when the client is ready", () => {
    const match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory });
    match.takeSeat({ kind: "player", id: "a", name: "a" });
    match.sessions.admit(peer, { plane: "lockstep" });
    let now = 0;
    const say = (type: number, bytes: Uint8Array) => match.sessions.receive(peer, type, bytes, { now, phase: 0 });
    say(Up.ready, encoder.ready(0));
    match.closeTick();
    peer.take();
    expect(say(Up.plane, encoder.plane("stream"))).toBe("plane");
    for (let i = 0; i < 30; i++) match.closeTick();
    expect(peer.takeNames()).toEqual(["plane"]);
    expect([say(Up.input, encoder.input(40, 1, { dx: 1 })), say(Up.hash, encoder.hash(0, 0))]).toEqual([
      "plane/other",
      "plane/other",
    ]);
    expect(say(Up.ready, encoder.ready(0)), "it has not heard that it was moved").toBe("plane");
    expect(peer.take()).toEqual([{ kind: "plane", plane: "stream", reason: "wish" }]);
    expect(match.sessions.submit(peer, { dx: 1 }, now)).toBe("accepted");
    match.closeTick();
    expect(match.world.state.at.get(0), "it plays on").toBe(1);
    now = 5000;
    expect(say(Up.plane, encoder.plane("lockstep"))).toBe("plane");
    match.closeTick();
    expect(peer.takeNames(), "nothing before it is ready").toEqual(["plane"]);
    expect(say(Up.ready, encoder.ready(0))).toBe("ready");
    match.closeTick();
    expect(peer.takeNames()).toEqual(["snapshot", "frame 33"]);
    expect(match.seats.seatOf("a")).toBe(0);
    expect(match.sessions.submit(peer, { dx: 1 }, now), "it is no stream client any more").toBe("malformed");
  });
});

/** The plane policy: hidden long enough, too slow for long enough, and back again. */
import { describe, expect, it } from "vitest";
import { PlanePolicy } from "../../../client/session/plane-policy.ts";
import type { Plane } from "../../../shared/engine/protocol/plane.ts";

const RATE = 20;
const STEP_MS = 100;

/** A client that is moved as it asks, unless the server says nothing; every wish with its time in seconds. */
class Client {
  readonly wish: PlanePolicy;
  readonly pageOptions: (readonly [seconds: number, plane: Plane])[] = [];
  plane: Plane;
  isHidden = false;
  waitingFrames = 0;
  isServerDeaf = false;
  stepsPerSecond = RATE;
  snapshotMs = 0;
  #now = 0;
  #stepped = 0;

  constructor(preferred: Plane = "lockstep") {
    this.wish = new PlanePolicy(RATE, preferred);
    this.plane = preferred;
  }

  pass(seconds: number): this {
    for (const until = this.#now + seconds * 1000; this.#now < until; this.#now += STEP_MS) {
      const { plane, isHidden, waitingFrames, snapshotMs } = this;
      this.#stepped += (this.stepsPerSecond * STEP_MS) / 1000;
      const client = { waitingFrames, snapshotMs, stats: { confirmedFrames: this.#stepped } };
      const wanted = this.wish.update({ now: this.#now, plane, isHidden, client });
      if (wanted === undefined) continue;
      this.pageOptions.push([this.#now / 1000, wanted]);
      if (!this.isServerDeaf) this.plane = wanted;
    }
    return this;
  }
}

describe("a client", () => {
  it("that is seen and keeps up asks for nothing", () => {
    expect(new Client().pass(600).pageOptions).toEqual([]);
    expect(new Client("stream").pass(600).pageOptions, "nor one that streams by choice").toEqual([]);
  });

  it("whose page is hidden for a moment asks for nothing, for longer for the stream plane, and is back when it is seen", () => {
    const client = new Client();
    client.isHidden = true;
    client.pass(2.5);
    client.isHidden = false;
    client.pass(10);
    expect(client.pageOptions).toEqual([]);
    client.isHidden = true;
    client.pass(60);
    client.isHidden = false;
    client.pass(60);
    expect(client.pageOptions).toEqual([
      [15.5, "stream"],
      [72.5, "lockstep"],
    ]);
  });

  it("on which frames pile up for three seconds asks for the stream plane; a catch-up is no such thing", () => {
    const client = new Client();
    client.waitingFrames = 60;
    client.pass(2.9);
    client.waitingFrames = 0;
    client.pass(5);
    client.waitingFrames = RATE;
    client.pass(60);
    expect(client.pageOptions).toEqual([]);
    client.waitingFrames = RATE + 1;
    client.pass(4);
    expect(client.pageOptions).toEqual([[70.9, "stream"]]);
    expect(client.wish.isSlow(71_000)).toBe(true);
  });

  it("that comes late to a large world, and steps what has piled up faster than it is played, is no slow device", () => {
    const client = new Client();
    client.waitingFrames = 14 * RATE;
    client.stepsPerSecond = 1.5 * RATE;
    client.pass(60);
    expect(client.pageOptions).toEqual([]);
    client.stepsPerSecond = 1.1 * RATE;
    client.pass(7);
    expect(client.pageOptions.map(([, plane]) => plane)).toEqual(["stream"]);
  });

  it("whose line took long for a snapshot stays where it is, hidden or slow: a whole world is no help to it", () => {
    const client = new Client();
    client.snapshotMs = 1501;
    client.isHidden = true;
    client.pass(60);
    client.isHidden = false;
    client.waitingFrames = 100;
    client.pass(60);
    expect(client.pageOptions).toEqual([]);
    client.snapshotMs = 1500;
    client.pass(7);
    expect(client.pageOptions.map(([, plane]) => plane)).toEqual(["stream"]);
    client.snapshotMs = 60_000;
    client.wish.preferred = "stream";
    expect(client.pass(60).pageOptions.length, "who chose it stays there").toBe(1);
  });

  it("that is slow tries lockstep again after 15 s, and after twice as long each time it fails, two minutes at most", () => {
    const client = new Client();
    client.waitingFrames = 100;
    client.pass(600);
    const tries = client.pageOptions.filter(([, plane]) => plane === "lockstep").map(([seconds]) => seconds);
    const stays = client.pageOptions
      .filter(([, plane]) => plane === "stream")
      .map(([seconds], i) => tries[i]! - seconds);
    expect(stays.filter((stay) => !Number.isNaN(stay)).map(Math.round)).toEqual([15, 30, 60, 120, 120, 120]);
  });

  it("that kept up for half a minute has recovered: the next time it tries again after 15 s", () => {
    const client = new Client();
    client.waitingFrames = 100;
    client.pass(60);
    client.waitingFrames = 0;
    client.pass(120);
    client.pageOptions.length = 0;
    client.waitingFrames = 100;
    client.pass(25);
    const [[away], [back]] = client.pageOptions as [[number, Plane], [number, Plane]];
    expect(Math.round(back - away)).toBe(15);
  });

  it("that is not answered asks again every two and a half seconds", () => {
    const client = new Client("stream");
    client.isServerDeaf = true;
    client.wish.preferred = "lockstep";
    client.pass(10);
    expect(client.pageOptions.map(([seconds]) => seconds)).toEqual([0, 2.5, 5, 7.5]);
  });
});

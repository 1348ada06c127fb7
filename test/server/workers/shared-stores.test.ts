/** Colyseus's stores by way of the primary: what its own answer in one process, they answer in several. */
import { initializeRoomCache, LocalDriver, type MatchMakerDriver } from "@colyseus/core";
import { describe, expect, it } from "vitest";
import { Stores } from "../../../server/primary/stores.ts";
import { SharedDriver } from "../../../server/workers/shared-driver.ts";
import { sharedPresence } from "../../../server/workers/shared-presence.ts";

/** A primary, and any number of workers' ends of it; what is sent is copied, as between processes. */
function primary() {
  const stores = new Stores();
  return {
    stores,
    worker() {
      const published: [string, unknown][] = [];
      const calls = stores.callsOf((topic, data) => {
        published.push([topic, data]);
        presence.published(topic, data);
      });
      const call = async (name: string, ...args: unknown[]): Promise<unknown> =>
        structuredClone(
          await (calls as unknown as Record<string, (...a: unknown[]) => unknown>)[name]!(...structuredClone(args)),
        );
      const presence = sharedPresence({ call } as never);
      return { driver: new SharedDriver({ call } as never), presence, published, calls };
    },
  };
}

const row = (roomId: string, more: object = {}) =>
  initializeRoomCache({ roomId, name: "tag", processId: "p1", ...more } as never);

/** What matchmaking does with the list of rooms. */
describe.each<[string, () => MatchMakerDriver]>([
  ["Colyseus's own", () => new LocalDriver()],
  ["by way of the primary", () => primary().worker().driver],
])("the list of rooms, %s", (_name, make) => {
  it("keeps rooms with infinity and dates, once each, and finds them by any field", async () => {
    const driver = make();
    const createdAt = new Date(7);
    expect(await driver.insert!(row("a", { createdAt }))).toBe(true);
    expect(await driver.insert!(row("a"))).toBe(false);
    expect(await driver.insert!(row("b", { clients: 3, locked: true, metadata: { map: "x" } }))).toBe(true);
    expect(await driver.has("a")).toBe(true);
    expect(await driver.has("c")).toBe(false);
    expect(await driver.findOne({ roomId: "a" })).toMatchObject({ maxClients: Number.POSITIVE_INFINITY, createdAt });
    expect((await driver.query({ locked: false })).map(({ roomId }) => roomId)).toEqual(["a"]);
    expect((await driver.query({}, { clients: -1 })).map(({ roomId }) => roomId)).toEqual(["b", "a"]);
    expect((await driver.query({ map: "x" } as never)).map(({ roomId }) => roomId)).toEqual(["b"]);
    expect([...(await driver.findByIds(["b", "z"])).keys()]).toEqual(["b"]);
    expect(await driver.findOne({ roomId: "z" })).toBeUndefined();
  });

  it("changes a room where it stands, and the room's own row with it", async () => {
    const driver = make();
    const own = row("a");
    await driver.insert!(own);
    await driver.update(own, { $set: { locked: true }, $inc: { clients: 2 } });
    expect(own).toMatchObject({ locked: true, clients: 2 });
    expect(await driver.findOne({ roomId: "a" })).toMatchObject({ locked: true, clients: 2 });
    own.private = true;
    await driver.persist(own);
    expect(await driver.findOne({ roomId: "a" })).toMatchObject({ private: true });
    expect(await driver.remove("a")).toBe(true);
    expect(await driver.remove("a")).toBe(false);
    await driver.update(own, { $inc: { clients: -1 } });
    expect(await driver.has("a"), "a room that is over stays so").toBe(false);
  });

  it("forgets the rooms of a process", async () => {
    const driver = make();
    await driver.insert!(row("a"));
    await driver.insert!(row("b", { processId: "p2" }));
    await driver.cleanup!("p1");
    expect((await driver.query({})).map(({ roomId }) => roomId)).toEqual(["b"]);
  });
});

it("what one worker publishes all hear who listen, and nobody who has ended or listens no more", async () => {
  const shared = primary();
  const [a, b] = [shared.worker(), shared.worker()];
  const heard: string[] = [];
  const listener = (said: unknown) => heard.push(`b ${said}`);
  await a.presence.subscribe("topic", (said: unknown) => heard.push(`a ${said}`));
  await b.presence.subscribe("topic", listener);
  await b.presence.publish("topic", 1);
  await b.presence.unsubscribe("topic", listener);
  await b.presence.publish("topic", 2);
  a.calls.end();
  await b.presence.publish("topic", 3);
  expect(heard.sort()).toEqual(["a 1", "a 2", "b 1"]);
  expect(a.published).toHaveLength(2);
});

it("values of the presence are shared, and those of a process are gone with it", async () => {
  const shared = primary();
  const [a, b] = [shared.worker(), shared.worker()];
  await a.presence.hset("roomcount", "p1", "1,1");
  await b.presence.hset("roomcount", "p2", "2,2");
  expect(await b.presence.hgetall("roomcount")).toEqual({ p1: "1,1", p2: "2,2" });
  expect(await a.presence.hincrby("counts", "x", 2)).toBe(2);
  expect(await b.presence.hincrby("counts", "x", 2)).toBe(4);
  await a.driver.insert(row("a"));
  expect(shared.stores.processOf("a")).toBe("p1");
  expect(shared.stores.forget("p1")).toEqual(["a"]);
  expect(await b.presence.hgetall("roomcount")).toEqual({ p2: "2,2" });
  expect(await b.driver.has("a")).toBe(false);
});

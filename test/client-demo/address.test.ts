/** The address bar and everything that can go wrong on the way into a room. */
import { describe, expect, test } from "vitest";
import { RULES_FAILED } from "../../client/match/session-end.ts";
import { isRoomGone, problemOfEnd, problemOfJoin } from "../../client-demo/app/address/problem.ts";
import { readPageOptions, searchOf, takeToken } from "../../client-demo/app/address/url-params.ts";
import { refusedDelayMs } from "../../client-demo/ui/refused-delay.ts";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { games } from "../../shared/games/index.ts";
import { bothWays } from "../../shared/netsim/conditions.ts";
import { PRESETS } from "../../shared/netsim/presets.ts";

const wishesOf = (search: string) => {
  const read = readPageOptions(search, games);
  if (!read.ok) throw new Error(read.problem.title);
  return read.pageOptions;
};
const refusalOf = (search: string) => {
  const read = readPageOptions(search, games);
  if (read.ok) throw new Error(`${search} was not refused`);
  return read.problem;
};
const refused = (code: number, message: string) => Object.assign(new Error(message), { code });

describe("the address", () => {
  test("without anything opens the first game of the shelf, with bots", () => {
    const pageOptions = wishesOf("");
    expect(pageOptions.game).toBe(games[0]);
    expect(pageOptions.bots).toBeGreaterThan(1);
    expect(pageOptions.room).toBeUndefined();
  });

  test("of a recording says which, and that nobody plays", () => {
    expect(wishesOf("?game=tag").replay).toBeUndefined();
    expect(wishesOf("?replay")).toMatchObject({ replay: "", roomOptions: { watch: true } });
    expect(wishesOf("?replay=old/a.phx")).toMatchObject({ replay: "old/a.phx", roomOptions: { watch: true } });
  });

  test("chooses game, room, name, bots, seed and the bot's hand", () => {
    expect(wishesOf("?game=tag&room=abc&name=Rhea&bots=0&seed=4294967295&auto=1")).toMatchObject({
      ...{ game: { name: "tag" }, room: "abc", name: "Rhea", bots: 0, seed: 4294967295, isAuto: true },
    });
  });

  test("chooses the input delay in ticks, or leaves it to what was chosen before", () => {
    expect(wishesOf("?game=tag&inputDelay=3")).toMatchObject({ inputDelay: 3 });
    expect(wishesOf("?game=tag&inputDelay=0")).toMatchObject({ inputDelay: 0 });
    expect(wishesOf("?game=tag&inputDelay=")).not.toHaveProperty("inputDelay");
    expect(wishesOf("?game=tag")).not.toHaveProperty("inputDelay");
  });

  test.each([
    ["", bothWays()],
    ["?net=", bothWays()],
    ["?lag=150&jitter=30", bothWays({ delayMs: 75, jitterMs: 30 })],
    ["?net=delay=80,loss=2%,rate=64kB", bothWays({ delayMs: 80, lossRate: 0.02, bytesPerSecond: 64_000 })],
    ["?net=delay=80,jitter=5&lag=40&jitter=10", bothWays({ delayMs: 100, jitterMs: 15 })],
    ["?net=loss%3D2%25", bothWays({ lossRate: 0.02 })],
    ["?net=4g", PRESETS.get("4g")],
  ])("%s is a network", (search, network) => {
    expect(wishesOf(search).network).toEqual(network);
  });

  test("of a network that is none is refused with what is wrong with it", () => {
    const { title, sentence } = refusalOf("?net=5g");
    expect(title).toContain("net=5g");
    expect(sentence).toMatch(/^There is no network called "5g"; there are none, lan,/);
  });

  test("of an unknown game is refused with a link to each that there is", () => {
    const { title, actions } = refusalOf("?game=chess");
    expect(title).toContain("chess");
    expect(actions).toEqual(games.map(({ name }) => ({ label: `Play ${name}`, href: `?game=${name}` })));
  });

  test.each([
    "?bots=abc",
    "?bots=-1",
    "?bots=1.5",
    "?bots=99",
    "?lag=-1",
    "?jitter=x",
    "?seed=-1",
    "?seed=4294967296",
    "?inputDelay=0.5",
    "?inputDelay=-1",
    "?inputDelay=11",
  ])("%s is refused by name", (search) => {
    expect(refusalOf(search).title).toContain(search.slice(1));
  });

  test("of what is long are named by their beginnings, which cut no emoji in two", () => {
    const long = (most: number): string => encodeURIComponent(`${"x".repeat(most - 1)}😀`);
    expect(refusalOf(`?game=${long(40)}`).title).toBe(`There is no game called “${"x".repeat(39)}” here`);
    expect(refusalOf(`?bots=${long(20)}`).title).toBe(`“bots=${"x".repeat(19)}” cannot be used`);
  });

  test("of a room keeps what else was asked for", () => {
    expect(searchOf("?lag=150&room=old", "tag", "new")).toBe("?lag=150&room=new&game=tag");
    expect(searchOf("?room=old", "tag", undefined)).toBe("?game=tag");
  });
});

describe("the token in the address", () => {
  test.each([
    ["", { token: undefined, search: "" }],
    ["?game=tag", { token: undefined, search: "?game=tag" }],
    ["?token=a.b-c_d.e", { token: "a.b-c_d.e", search: "" }],
    ["?game=tag&token=a.b.c&room=x", { token: "a.b.c", search: "?game=tag&room=x" }],
    ["?token=&game=tag", { token: "", search: "?game=tag" }],
    ["?token=a&token=b", { token: "a", search: "" }],
  ])("%s", (search, taken) => {
    expect(takeToken(search)).toEqual(taken);
  });

  test("that is missing, or not valid, is told of", () => {
    const error = refused(401, "join/token: this server wants a valid token");
    expect(problemOfJoin(error, undefined, false).title).toBe("This server wants to know who you are");
    expect(problemOfJoin(error, "x", true)).toMatchObject({
      title: "Your token is not valid",
      sentence: expect.stringMatching(/^It has expired, or/),
      actions: [{ label: "Reload the page" }],
    });
  });
});

describe("a refusal to join", () => {
  test.each([
    ["an unknown room", refused(522, 'room "x" not found'), "That room is over"],
    ["a full room", refused(522, 'room "x" is locked'), "This room is full"],
    ["another version", refused(400, closeReason("protocol/version")), "This page is out of date"],
    [
      "a bad option",
      refused(400, closeReason("join/option", "bots must be ...")),
      "The server did not accept this address",
    ],
    ["a game that only the page knows", refused(520, "no handler"), "The server does not know this game"],
    ["no server", new TypeError("Failed to fetch"), "The server does not answer"],
    ["a server that goes down", refused(503, closeReason("server/shutdown")), "The server is going down"],
    ["something new", refused(599, "the moon is full of cheese"), "The room could not be joined"],
  ])("because of %s is told so that one can act", (_name, error, title) => {
    const problem = problemOfJoin(error, title === "The room could not be joined" ? undefined : "x");
    expect(problem.title).toBe(title);
    expect(problem.actions.length).toBeGreaterThan(0);
  });

  test.each([
    ["too many connections from this address; try again in 15 s", "Too many connections from this address.", 15],
    ["too many requests from this address; try again in 60 s", "Too many requests from this address.", 60],
    ["Too Many Requests", "Too Many Requests.", 15],
  ])("for a while (%s) is tried again by itself, when it is told", (message, because, waitSeconds) => {
    const problem = problemOfJoin(refused(429, message), undefined);
    expect(problem).toMatchObject({ title: "The server asks you to wait", isRetried: true, because, waitSeconds });
  });

  test("of a server that is full, or whose WebSocket does not get through, is told as such and tried again", () => {
    const full = refused(503, "this server has as many rooms as it can take");
    expect(problemOfJoin(full, undefined)).toMatchObject({ title: "The server is full", isRetried: true });
    const blocked = problemOfJoin(refused(1006, ""), "x");
    expect(blocked).toMatchObject({ title: "The connection does not get through", isRetried: true });
    expect(blocked.because).toMatch(/WebSocket/);
    expect(problemOfJoin(refused(503, "Bad Gateway"), undefined).title).toBe("The server does not answer");
  });

  test("for a while is followed by a try within it, each window at its own time", () => {
    expect([0, 0.5, 1].map((chance) => refusedDelayMs(15, chance))).toEqual([3000, 9000, 15_000]);
    expect(refusedDelayMs(1, 1)).toBe(3000);
  });

  test("tells a room that is gone from one that is full", () => {
    expect(isRoomGone(refused(522, 'room "x" not found'))).toBe(true);
    expect(isRoomGone(refused(522, 'room "x" is locked'))).toBe(false);
  });
});

/** What the player reads above the sentence, and what happens next: the buttons, or that the page goes on by itself. */
const NEXT: Readonly<Record<CloseName, readonly [title: string, next: string]>> = {
  "room/crashed": ["This room has ended", "Start a new room"],
  "protocol/version": ["This page is out of date", "Reload the page"],
  "protocol/malformed": ["The server closed the connection", "Reload the page"],
  "protocol/flood": ["The server closed the connection", "Reload the page"],
  "room/full": ["This room is full", "Play in another room"],
  "join/option": ["The server did not accept this address", "Play in another room"],
  "server/shutdown": ["The server is going down", "it tries again by itself; Try now"],
  "client/too-slow": ["This window fell too far behind", "Play in another room; Reload the page"],
  "client/silent": ["This window fell too far behind", "Play in another room; Reload the page"],
  "join/unacknowledged": ["This window fell too far behind", "Play in another room; Reload the page"],
  "client/diverging": ["This window's game went its own way", "Reload the page"],
  "game/other-build": ["This page is out of date", "Reload the page"],
  "protocol/text": ["The server closed the connection", "Reload the page"],
  "operator/kicked": ["You were removed", "Play in another room"],
  "operator/closed": ["This room was closed", "Start a new room"],
  "seat/elsewhere": ["You play in another window", "Play here; Play in another room"],
  "room/fault": ["This room has ended", "Start a new room"],
};

describe("the end of a session", () => {
  test.each(Object.entries(NEXT))("%s says what happens next", (name, [title, next]) => {
    const code = CLOSE_CODES[name as CloseName].code;
    const problem = problemOfEnd({ code, reason: closeReason(name as CloseName) });
    const actions = problem.actions.map(({ label }) => label);
    expect([
      problem.title,
      [...(problem.isRetried ? ["it tries again by itself"] : []), ...actions].join("; "),
    ]).toEqual([title, next]);
  });

  test.each(Object.entries(CLOSE_CODES))("%s is told in a sentence, with a button", (name, { code }) => {
    const problem = problemOfEnd({ code, reason: closeReason(name as keyof typeof CLOSE_CODES) });
    expect(problem.sentence).toMatch(/^[A-Z“].*[.!?]$/);
    expect(problem.actions.length).toBeGreaterThan(0);
    expect(problem.isRetried === true).toBe(name === "server/shutdown");
  });

  test.each([1001, 1005, 1006, 4001])("by a lost connection (%d) is retried", (code) => {
    expect(problemOfEnd({ code, reason: "" })).toMatchObject({ title: "The server went away", isRetried: true });
  });

  test("by rules that failed in this window is told, and not retried", () => {
    const problem = problemOfEnd({ code: RULES_FAILED, reason: "the rules of tag failed here at tick 7: oh" });
    expect(problem).toMatchObject({ sentence: "The rules of tag failed here at tick 7: oh." });
    expect(problem.isRetried).toBeUndefined();
  });
});

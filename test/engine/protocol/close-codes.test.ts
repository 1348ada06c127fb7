/** Close codes: each one ours, unique, in PROTOCOL.md, and with a reason that fits into a close frame. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CLOSE_CODES, type CloseName, closeName, closeReason } from "../../../shared/engine/protocol/close-codes.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/protocol/close-codes.test.ts";

const names = Object.keys(CLOSE_CODES) as CloseName[];
const codes = names.map((name) => CLOSE_CODES[name].code);
const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

describe("close codes", () => {
  it("are unique and lie in 4100 .. 4199, away from Colyseus's and the RFC's", () => {
    expect(new Set<number>(codes).size).toBe(codes.length);
    expect(codes.filter((code) => code < 4100 || code > 4199)).toEqual([]);
  });

  it("never change their meaning: clients out there know them by number", () => {
    expect(Object.fromEntries(names.map((name) => [name, CLOSE_CODES[name].code]))).toMatchObject({
      "room/crashed": 4100,
      "protocol/version": 4101,
      "protocol/malformed": 4102,
      "protocol/flood": 4103,
      "room/full": 4104,
      "join/option": 4105,
      "server/shutdown": 4106,
      "room/fault": 4116,
    });
  });

  it.each(names)("%s is found by its number, and its reason opens with its name and fits whole", (name) => {
    expect(closeName(CLOSE_CODES[name].code)).toBe(name);
    expect(closeReason(name)).toBe(`${name}: ${CLOSE_CODES[name].sentence}`);
    expect(bytesOf(closeReason(name))).toBeLessThanOrEqual(123);
  });

  it.each([0, 1000, 1006, 4000, 4010, 4099, 4199, 4200, Number.NaN])("%s is none of ours", (code) => {
    expect(closeName(code)).toBeUndefined();
  });

  it("are listed in PROTOCOL.md, all of them and no others, under the version of the wire", () => {
    const page = readFileSync(new URL("../../../shared/engine/protocol/PROTOCOL.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\| (\d{4}) \| `([a-z/-]+)` \|/gm)].map(([, code, name]) => [name, Number(code)]);
    expect(rows).toEqual(names.map((name) => [name, CLOSE_CODES[name].code]));
    expect(page).toContain(`version ${PROTOCOL_VERSION}\n`);
  });
});

describe("a close reason", () => {
  it("is printable ASCII of at most 123 bytes whatever the detail", () => {
    everySeed(FILE, (random) => {
      const units = Array.from({ length: random.int(0, 300) }, () =>
        random.chance(0.5) ? random.int(0, 0x7f) : random.int(0, 0xffff),
      );
      const name = random.pick(names);
      const reason = closeReason(name, String.fromCharCode(...units));
      expect(reason).toMatch(/^[\x20-\x7e]*$/);
      expect(bytesOf(reason)).toBeLessThanOrEqual(123);
      expect(reason.startsWith(`${name}: `)).toBe(true);
    });
  });

  it("keeps a detail that fits", () => {
    expect(closeReason("room/crashed", "tag failed at tick 3")).toBe("room/crashed: tag failed at tick 3");
    expect(closeReason("join/option", "帧\n")).toBe("join/option: ??");
  });
});

/** Settings: defaults that fit their ranges, wrong values refused by name, and documents that say the same. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSettings, SETTINGS } from "../../../server/config/settings.ts";
import { helpText, settingsTable } from "../../../server/config/settings-help.ts";

it("every default is valid, and an empty value means the default", () => {
  const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, ""]));
  const shape = (settings: object): string => JSON.stringify(settings);
  expect(shape(readSettings(empty))).toBe(shape(readSettings({})));
  expect(readSettings({}).PORT).toBe(2567);
});

it.each([
  [{ PORT: "http" }, "PORT=http is not a port; give a whole number from 0 to 65535"],
  [{ PORT: "70000" }, "PORT=70000 is not a port; give a whole number from 0 to 65535"],
  [{ ROOMS: "1.5" }, "ROOMS=1.5 is not in range; give a whole number from 1 to 100000"],
  [{ ROOMS: "0x10" }, "ROOMS=0x10 is not in range; give a whole number from 1 to 100000"],
  [{ HEADER_SECONDS: "-1" }, "HEADER_SECONDS=-1 is not a time; give seconds from 0.1 to 600"],
  [{ LOG_LEVEL: "loud" }, "LOG_LEVEL=loud is not a log level; give trace, debug, info, warn, error, fatal or silent"],
  [{ CHAT: "maybe" }, "CHAT=maybe is not a choice; give on or off"],
  [{ CHAT_LENGTH: "1001" }, "CHAT_LENGTH=1001 is not in range; give a whole number from 1 to 1000"],
  [{ TRUST_PROXY: "nginx" }, /^TRUST_PROXY=nginx is not a list of addresses; give addresses and networks such as/],
  [{ TRUST_PROXY: "10.0.0.0/99" }, /^TRUST_PROXY=10.0.0.0\/99 is not a list of addresses/],
  [{ ORIGINS: "play.example" }, /^ORIGINS=play.example is not a list of origins; give origins such as/],
  [{ ORIGINS: "https://play.example/" }, /is not a list of origins/],
  [{ TLS_CERT: "cert.pem" }, "TLS_CERT and TLS_KEY belong together; give both, or neither"],
  [{ TOKEN_SECRET: "short" }, "TOKEN_SECRET is too short; give at least 32 characters"],
])("%o is refused", (environment, message) => {
  expect(() => readSettings(environment)).toThrow(message);
});

it("all wrong ones are named at once", () => {
  expect(() => readSettings({ PORT: "x", ROOMS: "y" })).toThrow(/^PORT=x .*\nROOMS=y /);
});

it("a list of networks knows who is in it", () => {
  const { TRUST_PROXY } = readSettings({ TRUST_PROXY: "loopback, 2001:db8::/32" });
  expect([TRUST_PROXY.check("127.1.2.3"), TRUST_PROXY.check("::1", "ipv6"), TRUST_PROXY.check("10.0.0.1")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(TRUST_PROXY.check("2001:db8::7", "ipv6")).toBe(true);
});

describe("documents", () => {
  it("--help names each with default, range and a line", () => {
    for (const [name, { line, range }] of Object.entries(SETTINGS)) {
      expect(helpText()).toContain(`  ${name}\n      ${line}\n      ${range}; default: `);
    }
  });

  it("OPERATIONS.md has the table of this version", () => {
    expect(readFileSync("OPERATIONS.md", "utf8"), `put this in:\n\n${settingsTable()}`).toContain(settingsTable());
  });

  it("SECURITY.md names limits with the defaults they have", () => {
    const rows = [...readFileSync("SECURITY.md", "utf8").matchAll(/^\|.*\| `([A-Z_]+)` \| ([\d.,]+) \|$/gm)];
    expect(rows.length).toBeGreaterThan(10);
    for (const [, name, value] of rows)
      expect(`${name} ${value!.replaceAll(",", "")}`).toBe(`${name} ${SETTINGS[name as "PORT"].byDefault}`);
  });
});

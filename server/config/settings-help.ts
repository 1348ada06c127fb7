/** The settings in words: `npm start -- --help`, and the table in OPERATIONS.md. */
import { SETTINGS } from "./settings.ts";

const shown = (byDefault: string): string => (byDefault === "" ? "nothing" : byDefault);

export function helpText(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { line, range, byDefault }]) => `  ${name}\n      ${line}\n      ${range}; default: ${shown(byDefault)}\n`,
  );
  return `Usage: npm start, npm run serve or npm run dev. Settings come from the environment, as in PORT=8080 npm start:\n\n${rows.join("\n")}`;
}

export function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { line, range, byDefault }]) =>
      `| \`${name}\` | ${byDefault === "" ? "" : `\`${byDefault}\``} | ${range} | ${line} |`,
  );
  return ["| setting | default | range | |", "|---|---|---|---|", ...rows].join("\n");
}

/** The command line of `npm run bench`. */

export const SECTION_NAMES = [
  "rollback",
  "armies",
  "bytes",
  "orders",
  "referee",
  "client",
  "math",
  "guards",
  "join",
  "lines",
  "journal",
  "replays",
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

export interface Options {
  readonly kind: "run";
  /** In the order of the table. */
  readonly sections: readonly SectionName[];
  /** Where to write the same table as JSON. */
  readonly jsonFile: string | undefined;
}

/** Options, or one sentence that says what is wrong with them, or the wish for help. */
export type Parsed = Options | { readonly kind: "help" } | { readonly kind: "wrong"; readonly sentence: string };

export const HELP = `npm run bench -- [--only SECTION[,SECTION]] [--json FILE] [--help]

  --only SECTION   only these parts of the table: ${SECTION_NAMES.join(", ")}
  --json FILE      write the table as JSON too
  --help           this text

Numbers are medians over repetitions made in turns; compare ratios, not times: machines are shared and noisy.
`;

const isSection = (name: string): name is SectionName => (SECTION_NAMES as readonly string[]).includes(name);

const wrong = (sentence: string): Parsed => ({ kind: "wrong", sentence });

export function parseOptions(args: readonly string[]): Parsed {
  let sections: readonly SectionName[] = SECTION_NAMES;
  let jsonFile: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const [flag, joined] = args[i]!.split(/=(.*)/s) as [string, string | undefined];
    if (flag === "--help" || flag === "-h") return { kind: "help" };
    if (flag !== "--only" && flag !== "--json") return wrong(`Unknown option ${flag}; --help lists them.`);
    const value = joined ?? args[++i];
    if (value === undefined || value === "" || value.startsWith("--"))
      return wrong(`${flag} needs a value; see --help.`);
    if (flag === "--json") {
      jsonFile = value;
      continue;
    }
    const names = value.split(",");
    const unknown = names.find((name) => !isSection(name));
    if (unknown !== undefined)
      return wrong(`There is no section ${JSON.stringify(unknown)}; there are ${SECTION_NAMES.join(", ")}.`);
    sections = SECTION_NAMES.filter((name) => names.includes(name));
  }
  return { kind: "run", sections, jsonFile };
}

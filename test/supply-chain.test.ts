/**
 * The parts that the product is made of: listed, explained, checked by hash, and none of them runs anything when it is
 * installed.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: { readonly component: { readonly type: string; readonly version: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const manifest: Manifest = readJson("package.json");
const locked: Readonly<Record<string, Locked>> = readJson("package-lock.json").packages;
/** Everything but the product itself, by the name of the folder it is installed in. */
const installed = Object.entries(locked).filter(([path]) => path !== "");
const versionOf = (name: string): string => locked[`node_modules/${name}`]!.version;

describe("npm run -s sbom", () => {
  const env = { ...process.env, npm_config_offline: "true" };
  const bom: Bom = JSON.parse(execFileSync("npm", ["run", "-s", "sbom"], { env, maxBuffer: 2 ** 24 }).toString());

  it("prints a CycloneDX list of an application, without the network", () => {
    expect(bom).toMatchObject({ bomFormat: "CycloneDX", version: 1, metadata: { component: { type: "application" } } });
    expect(bom.specVersion).toMatch(/^1\.\d$/);
    expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  });

  it("has every package of the lock file, with version, address and hash", () => {
    const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
    const missing = installed.map(([path, { version }]) => `${path.split("node_modules/").pop()}@${version}`);
    // An override is listed by its own name.
    expect(missing.filter((each) => !listed.has(each) && !each.startsWith("@colyseus/uwebsockets"))).toEqual([]);
    for (const { name, purl, hashes } of bom.components) {
      expect(purl, name).toMatch(/^pkg:npm\//);
      expect(hashes?.[0]?.alg, name).toBe("SHA-512");
    }
  });

  it("marks what only development needs, and nothing that production does", () => {
    const isDevelopment = ({ properties }: Component): boolean =>
      properties.some(({ name, value }) => name === "cdx:npm:package:development" && value === "true");
    const marked = new Set(bom.components.filter(isDevelopment).map(({ name }) => name));
    expect(Object.keys(manifest.dependencies).filter((name) => marked.has(name))).toEqual([]);
    expect([...marked]).toEqual(expect.arrayContaining(["vitest", "playwright-core", "fast-check"]));
  });

  it("says what depends on what", () => {
    const refs = new Set(bom.dependencies.map(({ ref }) => ref));
    for (const name of Object.keys(manifest.dependencies)) expect([...refs]).toContain(`${name}@${versionOf(name)}`);
  });
});

describe("packages", () => {
  it("are explained in DEPENDENCIES.md, each in a line, in the order of package.json", () => {
    const sections = readFileSync("DEPENDENCIES.md", "utf8").split("\n## ");
    const namesIn = (title: string) => {
      const section = sections.find((each) => each.startsWith(title))!;
      return [...section.matchAll(/^\| `([^`]+)` \| .{5,} \|$/gm)].map((match) => match[1]);
    };
    expect(namesIn("In production")).toEqual(Object.keys(manifest.dependencies));
    expect(namesIn("In development")).toEqual(Object.keys(manifest.devDependencies));
    expect(namesIn("Overrides")).toEqual(Object.keys(manifest.overrides));
  });

  it("of Colyseus, and `ws`, whose insides are used, have exact versions", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(all))
      if (name === "ws" || name.includes("colyseus")) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("have a hash each, which npm ci checks", () => {
    expect(installed.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? "")).map(([path]) => path)).toEqual(
      [],
    );
  });

  it("run nothing when they are installed, whichever npm does it", () => {
    expect(readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
    const withScripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    const denied = Object.entries(manifest.allowScripts).filter(([, isAllowed]) => !isAllowed);
    expect(denied.map(([name]) => `node_modules/${name}`).sort()).toEqual(withScripts.sort());
  });
});

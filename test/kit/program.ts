/** Programs that tests start and Debian has: found here, or the test says why it is skipped; in CI that is a failure. */
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Servers are there, which is in the PATH of root only. */
const SYSTEM = "/usr/sbin";
/** Debian's own: another one in PATH does not see the modules that Debian installs. */
const DEBIAN_PYTHON = "/usr/bin/python3";

/** Skips a test, saying why. */
export type Skip = (why: string) => never;

/** The path of the first of these programs that is here. */
export function findProgram(...names: readonly string[]): string | undefined {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), SYSTEM])
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here; the next folder may have it
      }
    }
  return undefined;
}

function missing(what: string, debianPackage: string, skip: Skip): never {
  if (process.env.CI) throw new Error(`${what} is missing: .ci/run must install ${debianPackage}`);
  return skip(`${what} is not installed on this machine (Debian: apt-get install ${debianPackage})`);
}

/** The path of a program. Skips the test without it. @throws Error in CI, because `.ci/run` installs it. */
export function programOrSkip(name: string, debianPackage: string, skip: Skip): string {
  return findProgram(name) ?? missing(name, debianPackage, skip);
}

/** The path of a Python that has a module. Skips the test without it. @throws Error in CI, because `.ci/run` installs it. */
export function pythonOrSkip(module: string, debianPackage: string, skip: Skip): string {
  try {
    execFileSync(DEBIAN_PYTHON, ["-c", `import ${module}`], { stdio: "ignore" });
    return DEBIAN_PYTHON;
  } catch {
    return missing(`Python's module ${module}`, debianPackage, skip);
  }
}

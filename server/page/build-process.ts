/** The process of one build of the page, into the folder it is given; ends with the process that started it. */
import { fileURLToPath } from "node:url";
import { build } from "vite";

const configFile = fileURLToPath(new URL("../../client-demo/vite.config.ts", import.meta.url));
const outDir = process.argv[2];
if (outDir === undefined) throw new Error("name the folder to build into");

process.on("disconnect", () => process.exit(1));
try {
  // Its own loader writes into node_modules, which may be read-only.
  await build({ configFile, configLoader: "native", logLevel: "warn", build: { outDir, emptyOutDir: true } });
  process.exit(0);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

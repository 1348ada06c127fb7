/** The other way in which tests start a TypeScript file: file by file, so that a stack names its lines. */
import { register } from "node:module";

register("./typescript-hooks.mjs", import.meta.url);

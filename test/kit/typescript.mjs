/**
 * The way in which tests start a TypeScript file as a process: `node --import <this> file.ts`. `npm start` and the other commands
 * take tsx, which asks itself about every module of every package, and so pays more for a start than all of the server does; here
 * only types are taken out of files of this project, once for each text, and everything else is Node's own way.
 */
import { register } from "node:module";

register("./typescript-hooks.mjs", import.meta.url);

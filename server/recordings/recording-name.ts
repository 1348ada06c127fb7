/** The name of a recording's file: game, room and moment, so that a person finds it, and the server whose it is. */

/** What a file is called while it is written, or was when its process died. */
export const PART = ".part";

const STRANGE = /[^\w-]/g;
const NAME = /^([\w-]+)\.([\w-]+)\.(\d{8}T\d{9}Z)\.phx$/;

/** @param at Unix milliseconds. */
export function recordingName(game: string, room: string, at: number): string {
  const moment = new Date(at).toISOString().replace(/[-:.]/g, "");
  return `${game.replace(STRANGE, "_")}.${room.replace(STRANGE, "_")}.${moment}.phx`;
}

/** The room in a name; undefined when it is no recording's. */
export const roomOf = (name: string): string | undefined => NAME.exec(name)?.[2];

/** The name that a file gets when it has been written; undefined when it is no such file. */
export function finishedName(part: string): string | undefined {
  const name = part.endsWith(PART) ? part.slice(0, -PART.length) : "";
  return NAME.test(name) ? name : undefined;
}

/**
 * The visitor in this window: name and token, the room it was in and the ticket for its seat, kept as long as the tab
 * lives.
 */

const NAMES = [
  ...["Ariston", "Brasidas", "Cleon", "Damon", "Eudoxia", "Galene", "Hektor", "Ismene", "Kallias", "Lysander"],
  ...["Melitta", "Nikias", "Orestes", "Phaidra", "Rhea", "Solon", "Thais", "Xanthe", "Zenon", "Agathe"],
] as const;

const NAME = "phalanx:name";
const TOKEN = "phalanx:token";
const WAYS = "phalanx:ways-back";

/** The most rooms that back and forward lead through. */
const MOST_WAYS = 8;

type WayBack = readonly [room: string, returnToken: string];

/** A name for a visitor who gave none. */
export function visitorName(): string {
  const kept = read(NAME);
  if (kept !== null) return kept;
  const name = NAMES[Math.floor(Math.random() * NAMES.length)]!;
  write(NAME, name);
  return name;
}

/** The signed token that says who plays: the one that is given, or the last one of this tab. An empty one is forgotten. */
export function visitorToken(given: string | undefined): string | undefined {
  if (given === undefined) return read(TOKEN) || undefined;
  write(TOKEN, given);
  return given === "" ? undefined : given;
}

/** True after a reload, and when back or forward led here: this tab was in the room of the address. */
export function wasIn(room: string): boolean {
  return wayBackTo(room) !== undefined;
}

/** @param returnToken with which the seat can be had again after a reload. */
export function rememberRoom(room: string, returnToken: string): void {
  const others = waysBack().filter(([other]) => other !== room);
  write(WAYS, JSON.stringify([[room, returnToken], ...others].slice(0, MOST_WAYS)));
}

/** The way back to the seat that this tab had in a room before; undefined when it had none there. */
export function wayBackTo(room: string): string | undefined {
  return waysBack().find(([other]) => other === room)?.[1];
}

/** The room that this tab was in before another one; undefined when there was none. */
export function roomBefore(room: string): string | undefined {
  return waysBack().find(([other]) => other !== room)?.[0];
}

/** Nothing leads there any more. */
export function forgetRoom(room: string): void {
  write(WAYS, JSON.stringify(waysBack().filter(([other]) => other !== room)));
}

/** The newest first. */
function waysBack(): readonly WayBack[] {
  try {
    return JSON.parse(read(WAYS) ?? "[]") as WayBack[];
  } catch {
    return [];
  }
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the next reload is a new visitor.
  }
}

/** Who this window is: its name and token, the room it was in and the way back to its seat, kept as long as the tab lives. */

const NAMES = [
  ...["Ariston", "Brasidas", "Cleon", "Damon", "Eudoxia", "Galene", "Hektor", "Ismene", "Kallias", "Lysander"],
  ...["Melitta", "Nikias", "Orestes", "Phaidra", "Rhea", "Solon", "Thais", "Xanthe", "Zenon", "Agathe"],
] as const;

const NAME = "phalanx:name";
const ROOM = "phalanx:room";
const TOKEN = "phalanx:token";
const RETURN = "phalanx:return";

/** A name for somebody who gave none. */
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

/** True for a reload: the room in the address is the one that this tab was in. */
export function wasIn(room: string): boolean {
  return read(ROOM) === room;
}

/** @param returnToken with which the seat can be had again after a reload. */
export function rememberRoom(room: string, returnToken: string): void {
  write(ROOM, room);
  write(RETURN, returnToken);
}

/** The way back to the seat that this tab had in a room before it was reloaded; undefined when it had none there. */
export function wayBackTo(room: string): string | undefined {
  return wasIn(room) ? (read(RETURN) ?? undefined) : undefined;
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

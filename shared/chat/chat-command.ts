/** A command of a client to the chat, read from what came over the wire: hostile until it is one of these (R13). */

export type ChatCommand =
  | { readonly kind: "say"; readonly text: string; readonly tag: number | undefined }
  | { readonly kind: "mark"; readonly delivered: number; readonly read: number }
  | { readonly kind: "catch-up"; readonly after: number }
  | { readonly kind: "mute"; readonly id: string; readonly isMuted: boolean }
  | { readonly kind: "malformed"; readonly tag: number | undefined };

const MOST_TAG = 2 ** 32 - 1;

const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;

/** That of the line in it, if it has one that can be given back. Never throws. */
export function tagOf(untrusted: unknown): number | undefined {
  const { tag } = Object(untrusted) as { readonly tag?: unknown };
  return isCount(tag, MOST_TAG) ? tag : undefined;
}

/** Never throws. The first of `text`, `delivered` or `read`, `after`, `mute`, `unmute` that is there counts. */
export function readCommand(untrusted: unknown): ChatCommand {
  if (typeof untrusted !== "object" || untrusted === null) return { kind: "malformed", tag: undefined };
  const { text, tag, delivered, read, after, mute, unmute } = untrusted as Record<string, unknown>;
  const ownTag = tagOf(untrusted);
  if (typeof text === "string" && tag === ownTag) return { kind: "say", text, tag: ownTag };
  if (text !== undefined) return { kind: "malformed", tag: ownTag };
  if (delivered !== undefined || read !== undefined) {
    const [had = 0, seen = 0] = [delivered, read];
    // Nobody reads what has not come.
    if (isCount(had) && isCount(seen)) return { kind: "mark", delivered: Math.max(had, seen), read: seen };
  } else if (isCount(after)) return { kind: "catch-up", after };
  else if (typeof mute === "string") return { kind: "mute", id: mute, isMuted: true };
  else if (typeof unmute === "string") return { kind: "mute", id: unmute, isMuted: false };
  return { kind: "malformed", tag: undefined };
}

/** A session of whatever game. */
import type { Session } from "../net/session.ts";

// biome-ignore lint/suspicious/noExplicitAny: the page plays any game of the shelf
export type AnySession = Session<any, any>;

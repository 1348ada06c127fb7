/** A session of any game. */
import type { Session } from "../../../client/session/session.ts";

// biome-ignore lint/suspicious/noExplicitAny: the page plays any game of the shelf
export type AnySession = Session<any, any>;

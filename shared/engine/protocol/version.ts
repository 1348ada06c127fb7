/** The version of the wire. Two peers with different numbers do not talk; the golden test fails when it must change. */

/** Raise it with any change to PROTOCOL.md. A client sends it with its join options. */
export const PROTOCOL_VERSION = 6;

/** A rule of the lint: it inspects one node, and complains about what the rules of a game must not do. */
import type { Node } from "./node.ts";
import type { At } from "./tree.ts";

/** Tells what is wrong at a node, and what to write instead. */
export type Complain = (node: Node, message: string) => void;

export interface File {
  /** As it was given, such as `shared/games/tag.ts`. */
  readonly path: string;
  readonly program: Node;
}

export type Rule = (node: Node, at: At, complain: Complain, file: File) => void;

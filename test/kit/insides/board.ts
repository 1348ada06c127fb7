/** A small state with an object in it, for rooms of a test. */
import { schema, t } from "@colyseus/schema";

export const Point = schema({ x: t.int32() }, "InsidesPoint");
export const Board = schema({ n: t.int32(), point: t.ref(Point), text: t.string() }, "InsidesBoard");
export const createBoard = () => new Board({ n: 1, point: new Point({ x: 2 }), text: "" });

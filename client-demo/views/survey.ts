/** A survey of any game's state by its layout: what has a place becomes a dot, and every field a line of text. */
import type { FieldType, RecordLayout } from "../../shared/engine/layout/layout.ts";

/** Something with numeric `x` and `y`. */
export interface Dot {
  /** Where in the state, such as `runners.3`. */
  readonly path: string;
  /** The seat it belongs to, as far as keys and names tell. */
  readonly seat: number | undefined;
  readonly x: number;
  readonly y: number;
  /** The same a tick before. */
  readonly fromX: number;
  readonly fromY: number;
  /** In field units, where a field says so. */
  readonly radius: number | undefined;
  /** Radians, where a field says so. */
  readonly heading: number | undefined;
}

export interface Line {
  readonly depth: number;
  readonly label: string;
  /** The label is the key of this seat. */
  readonly isSeatKey: boolean;
  readonly seat: number | undefined;
  /** Names are empty for a single value and for elements of a list. */
  readonly values: readonly { readonly name: string; readonly text: string }[];
}

export interface Survey {
  readonly dots: Dot[];
  readonly lines: Line[];
  /** By seat, from the first of `SCORE_NAMES` that a record under a seat's key has. */
  readonly scores: Map<number, number>;
  readonly scoreName: string | undefined;
}

const SCORE_NAMES = ["score", "points", "kills", "tags", "wins", "goals", "coins"] as const;
const SEAT_NAMES = ["seat", "owner", "player"] as const;
const RADIUS_NAMES = ["radius", "r", "size"] as const;
const HEADING_NAMES = ["aim", "angle", "heading", "facing", "rotation"] as const;

type Values = Readonly<Record<string, unknown>>;

interface Spot {
  readonly path: string;
  readonly label: string;
  readonly depth: number;
  readonly seat: number | undefined;
  readonly isSeatKey: boolean;
}

type Found = Omit<Survey, "scoreName">;

/** @param isSeat whether a key of a map is a held seat. */
export function survey(
  layout: RecordLayout,
  state: unknown,
  previous: unknown,
  isSeat: (key: number) => boolean,
): Survey {
  const found: Found = { dots: [], lines: [], scores: new Map() };
  const walker = new Walker(found, isSeat);
  walker.record(layout, state as Values, previous as Values | undefined, {
    ...{ path: "", label: "", depth: -1, seat: undefined, isSeatKey: false },
  });
  return { ...found, scoreName: walker.scoreName };
}

class Walker {
  scoreName: string | undefined;
  readonly #found: Found;
  readonly #isSeat: (key: number) => boolean;

  constructor(found: Found, isSeat: (key: number) => boolean) {
    this.#found = found;
    this.#isSeat = isSeat;
  }

  record(layout: RecordLayout, value: Values, before: Values | undefined, spot: Spot): void {
    const seat = spot.seat ?? numberOf(value, SEAT_NAMES);
    if (typeof value.x === "number" && typeof value.y === "number") this.#dot(layout, value, before, { ...spot, seat });
    if (spot.seat !== undefined) this.#score(value, spot.seat);
    const leaves = layout.fields.filter(({ type }) => isLeaf(type));
    const values = leaves.map(({ name }) => ({ name, text: show(value[name]) }));
    if (spot.depth >= 0) this.#line(spot, values);
    else for (const { name, text } of values) this.#line({ ...spot, label: name, depth: 0 }, [{ name: "", text }]);
    for (const { name, type } of layout.fields)
      if (!isLeaf(type))
        this.#branch(type, value[name], before?.[name], {
          path: spot.path === "" ? name : `${spot.path}.${name}`,
          label: name,
          depth: spot.depth + 1,
          seat: spot.seat,
          isSeatKey: false,
        });
  }

  #line({ depth, label, seat, isSeatKey }: Spot, values: Line["values"]): void {
    this.#found.lines.push({ depth, label, seat, isSeatKey, values });
  }

  #branch(type: FieldType, value: unknown, before: unknown, spot: Spot): void {
    if (type.kind === "record") this.record(type.record, value as Values, before as Values | undefined, spot);
    else if (type.kind === "array") {
      const list = value as readonly unknown[];
      const earlier = (before ?? []) as readonly unknown[];
      if (isLeaf(type.of))
        this.#line(
          spot,
          list.map((element) => ({ name: "", text: show(element) })),
        );
      else this.#children(type.of, spot, list.entries(), (key) => earlier[key], false);
    } else if (type.kind === "map") {
      const map = value as ReadonlyMap<number, unknown>;
      const earlier = before as ReadonlyMap<number, unknown> | undefined;
      if (isLeaf(type.of))
        this.#line(
          spot,
          [...map].map(([key, element]) => ({ name: String(key), text: show(element) })),
        );
      else this.#children(type.of, spot, map.entries(), (key) => earlier?.get(key), true);
    }
  }

  #children(
    type: FieldType,
    spot: Spot,
    entries: Iterable<readonly [number, unknown]>,
    earlier: (key: number) => unknown,
    isMap: boolean,
  ): void {
    this.#line(spot, []);
    for (const [key, value] of entries) {
      const isSeatKey = isMap && spot.seat === undefined && this.#isSeat(key);
      this.#branch(type, value, earlier(key), {
        path: `${spot.path}.${key}`,
        label: String(key),
        depth: spot.depth + 1,
        seat: isSeatKey ? key : spot.seat,
        isSeatKey,
      });
    }
  }

  #dot(layout: RecordLayout, value: Values, before: Values | undefined, { path, seat }: Spot): void {
    const x = value.x as number;
    const y = value.y as number;
    this.#found.dots.push({
      ...{ path, seat, x, y },
      fromX: (before?.x as number | undefined) ?? x,
      fromY: (before?.y as number | undefined) ?? y,
      radius: numberOf(value, RADIUS_NAMES),
      heading: headingOf(layout, value),
    });
  }

  #score(value: Values, seat: number): void {
    const name = SCORE_NAMES.find((candidate) => typeof value[candidate] === "number");
    if (name === undefined) return;
    this.scoreName ??= name;
    this.#found.scores.set(seat, value[name] as number);
  }
}

const isLeaf = ({ kind }: FieldType): boolean => kind !== "record" && kind !== "array" && kind !== "map";

function show(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return value.toFixed(2);
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

function numberOf(value: Values, names: readonly string[]): number | undefined {
  for (const name of names) if (typeof value[name] === "number") return value[name] as number;
  return undefined;
}

/** A whole number counts parts of a turn, as many as its width has; a fraction is radians. */
function headingOf(layout: RecordLayout, value: Values): number | undefined {
  const field = layout.fields.find(({ name }) => (HEADING_NAMES as readonly string[]).includes(name));
  if (field === undefined || typeof value[field.name] !== "number") return undefined;
  const angle = value[field.name] as number;
  if (field.type.kind !== "int") return angle;
  return (angle * 2 * Math.PI) / 2 ** Number(field.type.wire.replace(/\D/g, ""));
}

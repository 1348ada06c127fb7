/** Curves and weights: what is varied, what is made of it, and its picture. */
import { describe, expect, it } from "vitest";
import { curveOf, curveTable, SWEEPS } from "./curves.ts";
import { LOAD, measuredWith } from "./kit/any-measured.ts";
import { FEW, MANY, memoryTable, ROOMS, weightsOf } from "./memory.ts";
import { type Curve, drawCurves } from "./plot.ts";

describe("what is varied", () => {
  it.each(SWEEPS.map((sweep) => [sweep.title, sweep] as const))("%s: loads that can be made", (_title, sweep) => {
    expect(sweep.values.length).toBeGreaterThan(1);
    expect([...sweep.values].sort((a, b) => a - b)).toEqual(sweep.values);
    for (const value of sweep.values) {
      const load = { ...LOAD, ...sweep.load(value) };
      expect(Object.values(load), "the value is part of the load").toContain(value);
      for (const part of Object.values(load)) expect(Number.isInteger(part) && part > 0).toBe(true);
    }
  });

  it("is one figure at a time", () => {
    const clients = (value: number, i: number): number => {
      const { rooms, perRoom } = { ...LOAD, ...SWEEPS[i]!.load(value) };
      return rooms * perRoom;
    };
    expect(SWEEPS[1]!.values.map((value) => clients(value, 1))).toEqual(SWEEPS[1]!.values.map(() => 256));
    expect(SWEEPS[2]!.values.map((value) => clients(value, 2))).toEqual(SWEEPS[2]!.values.map(() => 320));
    expect(SWEEPS[3]!.values.map((value) => clients(value, 3))).toEqual(SWEEPS[3]!.values.map(() => 80));
  });
});

describe("a curve", () => {
  const curve = curveOf(SWEEPS[0]!, [
    { value: 1, all: [0.3, 0.1, 0.2].map((serverLoad) => measuredWith({ serverLoad, clients: 2 })) },
    { value: 10, all: [0.5, 0.7].map((serverLoad) => measuredWith({ serverLoad, clients: 20, interArrival: null })) },
  ]);

  it("has the medians of its repetitions", () => {
    const same = { micros: 20, down: 254, rate: 20 };
    expect(curve).toMatchObject({ title: "Rooms of two", unit: "rooms" });
    expect(curve.points[0]).toEqual({ value: 1, clients: 2, core: 0.2, gap: 55, ...same });
    expect(curve.points[1]).toEqual({ value: 10, clients: 20, core: 0.6, gap: null, ...same });
  });

  it("is a table too", () => {
    const rows = curveTable(curve)
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(rows).toEqual([
      ["rooms", "clients", "server core", "us/client-tick", "B/s down", "ticks/s", "gap p99 ms"],
      ["1", "2", "0.20", "20.0", "254", "20.00", "55.0"],
      ["10", "20", "0.60", "20.0", "254", "20.00", "-"],
    ]);
  });
});

/** The elements of a picture, in order, with their text; throws where it is not well-formed. */
function elementsOf(svg: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  let end = 0;
  for (const { 0: whole, 1: slash, 2: name, 3: rest, 4: closed, index } of svg.matchAll(
    /<(\/?)([a-z]+)((?: [\w-:]+="[^"<&]*")*)(\/?)>/gi,
  )) {
    const between = svg.slice(end, index);
    if (/[<>&]/.test(between)) throw new Error(`not well-formed: ${between}`);
    const top = open.at(-1);
    if (top !== undefined) top.text += between;
    end = index + whole.length;
    if (slash === "/") {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes something else`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...rest!.matchAll(/([\w-:]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
    );
    const element = { name: name!, attributes, text: "" };
    elements.push(element);
    if (closed === "") open.push(element);
  }
  if (open.length > 0 || svg.slice(end).trim() !== "") throw new Error("it does not end");
  return elements;
}

describe("the picture", () => {
  const curves = SWEEPS.map(
    ({ title, unit, values }, i): Curve => ({
      ...{ title, unit },
      points: values.map((value) => ({ value, core: 0.013 * (i + 1) * value ** 0.8, micros: 20 })),
    }),
  );
  const svg = drawCurves(curves);
  const elements = elementsOf(svg);
  const numbersIn = (text: string): number[] => [...text.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(Number);

  it("is one well-formed SVG with a title, and every number in it is one", () => {
    expect(elements[0]).toMatchObject({ name: "svg", attributes: { xmlns: "http://www.w3.org/2000/svg" } });
    expect(elements[1]).toMatchObject({ name: "title", text: "What the server's CPU grows with" });
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    const [, , width, height] = numbersIn(elements[0]!.attributes.viewBox!);
    for (const { name, attributes } of elements.filter(({ name }) => ["circle", "line", "path"].includes(name)))
      for (const value of Object.entries(attributes)
        .filter(([key]) => /^(c?[xy][12]?|d)$/.test(key))
        .flatMap(([, text]) => numbersIn(text)))
        expect(value >= 0 && value <= Math.max(width!, height!), name).toBe(true);
  });

  it("has a panel for each curve, with its title, its unit and a mark for each point with its value", () => {
    expect(elements.filter(({ name }) => name === "g").length).toBe(curves.length);
    const texts = elements.filter(({ name }) => name === "text").map(({ text }) => text);
    for (const { title, unit, points } of curves) {
      expect(texts).toContain(title);
      expect(texts.some((text) => text.startsWith(`${unit};`))).toBe(true);
      for (const { value } of points) expect(texts).toContain(String(value));
    }
    const marks = curves.reduce((sum, { points }) => sum + points.length, 0);
    expect(elements.filter(({ name }) => name === "circle").length).toBe(marks);
    const lines = elements.filter(
      ({ name, attributes }) => name === "path" && attributes["stroke-dasharray"] === undefined,
    );
    expect(lines.map(({ attributes }) => attributes.d!.match(/[ML]/g)!.join(""))).toEqual(
      curves.map(({ points }) => `M${"L".repeat(points.length - 1)}`),
    );
  });

  it("has panels beside each other that do not lie on each other", () => {
    const places = elements.filter(({ name }) => name === "g").map(({ attributes }) => attributes.transform);
    expect(places).toEqual(["translate(0 0)", "translate(420 0)", "translate(0 240)", "translate(420 240)"]);
    expect(elements[0]!.attributes.viewBox).toBe("0 0 840 480");
  });

  it("draws growth in proportion as the dashed line, and more core higher up", () => {
    const points = [1, 10, 100].map((value) => ({ value, core: 0.002 * value, micros: 1 }));
    const found = elementsOf(drawCurves([{ title: "t", unit: "u", points }]));
    const marks = found
      .filter(({ name }) => name === "circle")
      .map(({ attributes }) => numbersIn(`${attributes.cx} ${attributes.cy}`));
    const [line, dashed] = [undefined, "4 4"].map(
      (dash) => found.find(({ name, attributes }) => name === "path" && attributes["stroke-dasharray"] === dash)!,
    );
    expect(numbersIn(line!.attributes.d!)).toEqual(marks.flat());
    const ends = numbersIn(dashed!.attributes.d!);
    for (const [i, value] of [...marks[0]!, ...marks[2]!].entries()) expect(ends[i]).toBeCloseTo(value, 0);
    expect(marks[0]![0]).toBe(48);
    expect(marks[2]![0]).toBe(404);
    expect(marks[1]![0]).toBe((48 + 404) / 2);
    expect(marks[0]![1]! - marks[1]![1]!, "a power of ten is as high everywhere").toBeCloseTo(
      marks[1]![1]! - marks[2]![1]!,
      0,
    );
    expect(marks[0]![1]!).toBeGreaterThan(marks[2]![1]!);
  });
});

describe("weights", () => {
  const [base, room, client] = [26e6, 62 * 1024, 11 * 1024];
  const weight = (rooms: number, perRoom: number) => {
    const heapBytes = base + rooms * (room + perRoom * client);
    return { heapBytes, rssBytes: heapBytes * 5 };
  };
  const weights = { one: weight(1, FEW), few: weight(ROOMS, FEW), many: weight(ROOMS, MANY) };

  it("tell a room from its clients", () => {
    expect(weightsOf(weights, "heapBytes")).toEqual({ one: base + room + client, room, client });
    expect(weightsOf(weights, "rssBytes").client).toBe(client * 5);
  });

  it("are a table too", () => {
    const rows = memoryTable(weights)
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(rows).toEqual([
      ["", "one room, MB", "a room more, KiB", "a client more, KiB"],
      ["heap after a collection", "26.1", "62.0", "11.0"],
      ["resident", "130.4", "310.0", "55.0"],
    ]);
  });
});

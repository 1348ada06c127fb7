/** The inputs of a form for one command: one for each number, text and switch of its fields, however deep they are. */
import { INT_WIRES } from "../../../shared/engine/bytes/int-wire.ts";
import type { FieldType, RecordLayout } from "../../../shared/engine/layout/layout.ts";
import { make } from "../../ui/dom.ts";

/** Where the player points, in the game's own coordinates; undefined when nowhere. */
export type Pointed = () => { readonly x: number; readonly y: number } | undefined;

/** A part of a form: what it shows, and the value that is in it. */
export interface FieldInput {
  readonly element: HTMLElement;
  value(): unknown;
  /** Fills in what the page can know: `x` and `y` from where the player points. */
  fill(pointed: Pointed): void;
}

/** The inputs of a record, in declaration order. @param path of the record in the command, with a dot behind; empty for the whole. */
export function recordInput(layout: Pick<RecordLayout, "fields">, path = ""): FieldInput {
  const parts = layout.fields.map(({ name, type }) => ({ name, input: inputOf(type, `${path}${name}`) }));
  const element = make("div", "", "fields");
  element.append(...parts.map(({ input }) => input.element));
  return {
    element,
    value: () => Object.fromEntries(parts.map(({ name, input }) => [name, input.value()])),
    fill(pointed) {
      for (const { input } of parts) input.fill(pointed);
    },
  };
}

function inputOf(type: FieldType, name: string): FieldInput {
  switch (type.kind) {
    case "record":
      return recordInput(type.record, `${name}.`);
    case "array":
      return listInput(type.of, name);
    case "map":
      throw new Error("a command has no maps");
    case "boolean": {
      const box = labelled(name, "checkbox");
      return { element: box.label, value: () => box.input.checked, fill: () => {} };
    }
    case "string": {
      const box = labelled(name, "text");
      if (type.most !== undefined) box.input.maxLength = type.most;
      return { element: box.label, value: () => box.input.value, fill: () => {} };
    }
    default:
      return numberInput(type, name);
  }
}

function numberInput(type: FieldType, name: string): FieldInput {
  const { label, input } = labelled(name, "number");
  input.value = "0";
  input.step = type.kind === "int" ? "1" : "any";
  if (type.kind === "int") {
    const { min, max } = INT_WIRES[type.wire];
    input.min = String(min);
    input.max = String(max);
  }
  // What is typed takes the place of what stands there.
  input.addEventListener("click", () => input.select());
  const along = /(?:^|\.|_)([xy])$/i.exec(name)?.[1]?.toLowerCase() as "x" | "y" | undefined;
  return {
    element: label,
    value: () => Number(input.value),
    fill(pointed) {
      const at = along === undefined ? undefined : pointed()?.[along];
      if (at !== undefined) input.value = String(type.kind === "int" ? Math.round(at) : at);
    },
  };
}

/** Numbers and texts with commas between them; anything else as JSON. */
function listInput(of: FieldType, name: string): FieldInput {
  const { label, input } = labelled(name, "text");
  const isPlain = of.kind === "int" || of.kind === "float64";
  input.placeholder = isPlain ? "1, 2, 3" : "[{ ... }]";
  return {
    element: label,
    value: () => (isPlain ? numbersIn(input.value) : input.value.trim() === "" ? [] : JSON.parse(input.value)),
    fill: () => {},
  };
}

const numbersIn = (text: string): number[] =>
  text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);

function labelled(name: string, type: string): { readonly label: HTMLLabelElement; readonly input: HTMLInputElement } {
  const label = make("label", name);
  const input = make("input");
  input.type = type;
  input.name = name;
  label.append(input);
  return { label, input };
}

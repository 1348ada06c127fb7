/** A table that keeps its rows: what changes is text, so that a click or a selection in it is not lost every second. */
import { make, setText } from "../ui/dom.ts";

export interface Column<Row> {
  readonly title: string;
  /** What it shows; an element of its own is shown while this is not empty. */
  readonly text: (row: Row) => string;
  /** A class for the cell. */
  readonly tone?: (row: Row) => string;
  readonly isText?: boolean;
  /** For a cell with a button in it: made once for a row, and kept. */
  readonly element?: (key: string) => HTMLElement;
}

interface Line {
  readonly element: HTMLTableRowElement;
  readonly cells: readonly HTMLTableCellElement[];
}

export class Table<Row> {
  readonly element = make("table");
  readonly #columns: readonly Column<Row>[];
  readonly #keyOf: (row: Row) => string;
  readonly #body = make("tbody");
  readonly #lines = new Map<string, Line>();
  /** Of a row: makes it look chosen, away, or as usual. */
  lineClass: (row: Row) => string = () => "";
  onPress: (key: string) => void = () => {};

  constructor(columns: readonly Column<Row>[], keyOf: (row: Row) => string) {
    this.#columns = columns;
    this.#keyOf = keyOf;
    const head = make("tr");
    head.append(...columns.map(({ title, isText }) => make("th", title, isText === true ? "text" : "")));
    const top = make("thead");
    top.append(head);
    this.element.append(top, this.#body);
  }

  show(rows: readonly Row[]): void {
    const keys = new Set(rows.map(this.#keyOf));
    for (const [key, { element }] of this.#lines) {
      if (keys.has(key)) continue;
      element.remove();
      this.#lines.delete(key);
    }
    rows.forEach((row, i) => {
      const { element } = this.#fill(row);
      if (this.#body.children[i] !== element) this.#body.insertBefore(element, this.#body.children[i] ?? null);
    });
  }

  #fill(row: Row): Line {
    const key = this.#keyOf(row);
    const line = this.#lines.get(key) ?? this.#make(key);
    line.element.className = this.lineClass(row);
    this.#columns.forEach(({ text, tone, isText, element }, i) => {
      const cell = line.cells[i]!;
      cell.className = `${isText === true ? "text " : ""}${tone?.(row) ?? ""}`;
      if (element === undefined) setText(cell, text(row));
      else (cell.firstElementChild as HTMLElement).hidden = text(row) === "";
    });
    return line;
  }

  #make(key: string): Line {
    const element = make("tr");
    element.dataset.key = key;
    element.addEventListener("click", () => this.onPress(key));
    const cells = this.#columns.map((column) => {
      const cell = make("td");
      if (column.element !== undefined) cell.append(column.element(key));
      return cell;
    });
    element.append(...cells);
    const line = { element, cells };
    this.#lines.set(key, line);
    return line;
  }
}

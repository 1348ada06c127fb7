/** The strip of scores, best first: one chip for each player, the local one always among them. */
import type { Roster } from "../../../client/match/roster.ts";
import { find, make } from "../../ui/dom.ts";
import { seatDisc } from "../../ui/seat-disc.ts";
import { type Board, type BoardRow, nameOf } from "../../views/view.ts";

const CHIP_PIXELS = 118;
const NARROW_CHIP_PIXELS = 112;
const NARROW = 760;
/** What the rest of the header needs beside the chips. */
const HEADER_PIXELS = 720;

export class ScoreStrip {
  readonly #list = find("score", HTMLOListElement);
  #shown = "";

  show(board: Board, roster: Roster, own: number | undefined): void {
    const rows = board.rows ?? [...roster.keys()].map((seat): BoardRow => ({ seat, score: 0 }));
    const room = roomFor(window.innerWidth);
    const top = rows.slice(0, room);
    const mine = rows.find(({ seat }) => seat === own);
    if (mine !== undefined && !top.includes(mine)) top[top.length - 1] = mine;
    const chips = top.map((row) => ({
      row,
      name: nameOf(roster, row.seat),
      kind: roster.get(row.seat)?.kind,
      isAway: roster.get(row.seat)?.isAway === true,
    }));
    const key = JSON.stringify([chips, own, rows.length, board.unit]);
    if (key === this.#shown) return;
    this.#shown = key;
    const hasScores = board.rows !== undefined;
    this.#list.replaceChildren(
      ...chips.map(({ row, name, kind, isAway }) => {
        const chip = make(
          "li",
          "",
          [row.seat === own ? "own" : "", row.isOut ? "out" : "", isAway ? "away" : ""].join(" ").trim(),
        );
        chip.append(seatDisc(row.seat), make("span", name, "name"));
        if (row.seat === own) chip.append(make("span", "you", "tag"));
        if (kind === "bot" && !/bot/i.test(name)) chip.append(make("span", "bot", "tag"));
        if (isAway) chip.append(make("span", "away", "gone"));
        if (row.mark !== undefined) chip.append(make("span", row.mark, "mark"));
        if (hasScores) chip.append(make("b", String(row.score)));
        const who = isAway ? `${name} (away)` : name;
        chip.title = hasScores ? `${who}: ${row.score} ${board.unit ?? "points"}` : who;
        return chip;
      }),
    );
    if (rows.length > chips.length) this.#list.append(make("li", `+${rows.length - chips.length}`, "out"));
  }
}

function roomFor(width: number): number {
  if (width < NARROW) return Math.max(2, Math.floor(width / NARROW_CHIP_PIXELS));
  return Math.max(3, Math.floor((width - HEADER_PIXELS) / CHIP_PIXELS));
}

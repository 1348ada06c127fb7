/** The views' reading of states: falls in the arena, and dots, lines and scores of any game. */
import { expect, test } from "vitest";
import { fallsBetween } from "../../client-demo/views/arena/news.ts";
import { survey } from "../../client-demo/views/survey.ts";
import { codecOf } from "../../shared/engine/codec/codec.ts";
import { schema, t } from "../../shared/engine/index.ts";

const tally = (kills: number, deaths: number) => ({ kills, deaths });

test("a fall is told with its shooter, several at once each with another one", () => {
  const before = new Map([0, 1, 2, 3].map((seat) => [seat, tally(2, 2)]));
  const one = new Map([...before, [1, tally(3, 2)], [2, tally(2, 3)]]);
  expect(fallsBetween(before, one)).toEqual([{ shooter: 1, victim: 2 }]);
  const both = new Map([...before, [0, tally(3, 3)], [1, tally(3, 3)]]);
  expect(fallsBetween(before, both)).toEqual([
    { victim: 0, shooter: 1 },
    { victim: 1, shooter: 0 },
  ]);
});

test("a fall without its shooter is told too, and a new round tells none", () => {
  const before = new Map([[0, tally(0, 0)]]);
  expect(fallsBetween(before, new Map([[0, tally(0, 1)]]))).toEqual([{ victim: 0, shooter: undefined }]);
  expect(fallsBetween(new Map([[0, tally(5, 4)]]), before)).toEqual([]);
});

test("any state is surveyed: places, headings, scores, and every value as text", () => {
  const Puck = schema({ x: t.float64(), y: t.float64(), angle: t.uint8(), score: t.uint8() }, "SurveyPuck");
  const State = schema({ pucks: t.map(Puck), round: t.uint8(), deck: t.array("uint8") }, "SurveyState");
  const { layout } = codecOf(State);
  const state = { pucks: new Map([[3, { x: 10, y: 20, angle: 64, score: 7 }]]), round: 2, deck: [4, 5] };
  const found = survey(layout, state, { ...state, pucks: new Map() }, (key) => key === 3);
  expect(found.dots).toMatchObject([{ path: "pucks.3", seat: 3, x: 10, y: 20, fromX: 10, heading: Math.PI / 2 }]);
  expect(found.scores).toEqual(new Map([[3, 7]]));
  expect(found.scoreName).toBe("score");
  const text = found.lines.map(({ label, values }) => [label, ...values.map((value) => value.text)].join(" "));
  expect(text).toEqual(["round 2", "pucks", "3 10 20 64 7", "deck 4 5"]);
});

/** The emitter: many listeners for one event, in their order, none in the way of another. */
import { expect, it } from "vitest";
import { Emitter } from "../../../client/events/emitter.ts";

interface Told {
  readonly said: readonly [text: string, times: number];
  readonly over: readonly [];
}

class Bell extends Emitter<Told> {
  ring(text: string, times = 1): void {
    this.emit("said", text, times);
  }

  end(): void {
    this.emit("over");
  }
}

it("tells every listener of a name, in the order in which they came, and those of no other", () => {
  const bell = new Bell();
  const heard: string[] = [];
  bell.ring("nobody");
  bell.on("said", (text, times) => heard.push(`first ${text} ${times}`));
  bell.on("said", (text) => heard.push(`second ${text}`));
  bell.on("over", () => heard.push("over"));
  bell.ring("hello", 3);
  expect(heard).toEqual(["first hello 3", "second hello"]);
  bell.end();
  expect(heard.at(-1)).toBe("over");
});

it("no longer tells whoever has stopped, and still tells the others", () => {
  const bell = new Bell();
  const heard: string[] = [];
  const stop = bell.on("said", () => heard.push("first"));
  bell.on("said", () => heard.push("second"));
  stop();
  stop();
  bell.ring("hello");
  expect(heard).toEqual(["second"]);
});

it("tells the event that is under way to those who listened when it began", () => {
  const bell = new Bell();
  const heard: string[] = [];
  const stop = bell.on("said", () => {
    heard.push("first");
    stop();
    bell.on("said", () => heard.push("late"));
  });
  bell.on("said", () => heard.push("second"));
  bell.ring("hello");
  expect(heard).toEqual(["first", "second"]);
  bell.ring("again");
  expect(heard).toEqual(["first", "second", "second", "late"]);
});

/** Wrong passwords by address: bounded memory, and those who guessed last are the ones remembered. */
import { expect, it } from "vitest";
import { LoginThrottle } from "../../../server/identity/login-throttle.ts";

const AT_ONCE = 5;
const MOST_ADDRESSES = 10_000;

it("of more than ten thousand addresses those that guessed longest ago are forgotten", () => {
  const guesses = new LoginThrottle();
  const miss = (key: string, times = AT_ONCE): void => {
    for (let i = 0; i < times; i++) guesses.missed(key, 0);
  };
  const isBarred = (key: string): boolean => !guesses.mayGuess(key, 0);
  for (const key of ["stays", "goes", "last"]) miss(key);
  for (let i = 3; i < MOST_ADDRESSES; i++) miss(`${i}`, 1);
  expect(["stays", "goes", "last"].map(isBarred), "all of them fit").toEqual([true, true, true]);
  miss("stays", 1);
  miss("one more", 1);
  expect(["stays", "goes", "last"].map(isBarred)).toEqual([true, false, true]);
});

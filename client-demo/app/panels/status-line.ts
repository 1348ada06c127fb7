/** The status line: the clock, the local player's health, and the message in the middle. */

import { find, make, setText } from "../../ui/dom.ts";
import type { Board } from "../../views/view.ts";

const HURRY_SECONDS = 10;

export class StatusLine {
  readonly #clock = find("clock", HTMLElement);
  readonly #gauge = find("gauge", HTMLElement);
  readonly #callout = find("callout", HTMLElement);
  #clockKey = "";
  #gaugeKey = "";

  show({ heading, secondsLeft, gauge, callout }: Board): void {
    this.#showClock(heading ?? "", secondsLeft);
    this.#showGauge(gauge);
    this.#callout.hidden = callout === undefined;
    setText(this.#callout.querySelector("strong")!, callout?.title ?? "");
    setText(this.#callout.querySelector("span")!, callout?.detail ?? "");
  }

  #showClock(heading: string, seconds: number | undefined): void {
    const time = seconds === undefined ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const key = `${heading} ${time}`;
    if (key === this.#clockKey) return;
    this.#clockKey = key;
    this.#clock.classList.toggle("hurry", seconds !== undefined && seconds <= HURRY_SECONDS);
    this.#clock.replaceChildren(make("span", heading), ...(time === "" ? [] : [make("b", time)]));
  }

  #showGauge(gauge: Board["gauge"]): void {
    const key = JSON.stringify(gauge ?? null);
    if (key === this.#gaugeKey) return;
    this.#gaugeKey = key;
    this.#gauge.hidden = gauge === undefined;
    if (gauge === undefined) return;
    const { label, value, of } = gauge;
    this.#gauge.setAttribute("role", "img");
    this.#gauge.setAttribute("aria-label", `${label} ${value} of ${of}`);
    this.#gauge.classList.toggle("low", value * 4 <= of);
    this.#gauge.replaceChildren(
      make("span", label),
      ...Array.from({ length: of }, (_, step) => make("i", "", step < value ? "full" : "")),
    );
  }
}

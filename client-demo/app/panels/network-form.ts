/** The part of the network panel that makes the local network worse: sliders, and a button that cuts it. */
import type { SimulatedNetwork } from "../../../client/netsim/simulated-network.ts";
import { make, onPress } from "../../ui/dom.ts";
import { moved, NETWORK_SLIDERS, type NetworkSlider, positionOf, valueIn } from "./network-sliders.ts";

const CUT_MS = 3000;
/** On a lower window the sliders wait behind their heading, so that the explanation below stays in sight. */
const OPEN_FROM_PIXELS_HIGH = 880;

export function networkForm(network: SimulatedNetwork): HTMLElement {
  const form = make("details");
  form.open = window.innerHeight >= OPEN_FROM_PIXELS_HIGH;
  const cut = make("button", `Cut for ${CUT_MS / 1000} s`);
  cut.type = "button";
  onPress(cut, () => network.cut(CUT_MS));
  form.append(make("summary", "Your network, simulated"), ...NETWORK_SLIDERS.map((each) => row(each, network)), cut);
  return form;
}

/** A slider with its name and what it stands for. */
function row(slider: NetworkSlider, network: SimulatedNetwork): HTMLElement {
  const label = make("label");
  const value = make("output");
  const input = make("input");
  input.type = "range";
  input.max = String(slider.values.length - 1);
  const say = (): void => {
    value.textContent = slider.say(valueIn(slider, network.conditions));
    input.setAttribute("aria-valuetext", value.textContent);
  };
  input.value = String(positionOf(slider, valueIn(slider, network.conditions)));
  say();
  input.addEventListener("input", () => {
    network.change(moved(slider, Number(input.value), network.conditions));
    say();
  });
  // The player who dragged it plays on: the arrow keys are the game's again.
  input.addEventListener("pointerup", () => input.blur());
  label.append(make("span", slider.label), input, value);
  return label;
}

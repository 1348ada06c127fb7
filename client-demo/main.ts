/** The page: reads the address, puts its parts together, and goes to the game. */
import { inputCodecOf } from "../shared/engine/codec/input-codec.ts";
import { games } from "../shared/games/index.ts";
import type { AnySession } from "./app/any-session.ts";
import { autopilot } from "./app/autopilot.ts";
import { ChatPanel } from "./app/chat-panel.ts";
import { controlsOf } from "./app/controls.ts";
import { DelayChoice } from "./app/delay-choice.ts";
import { departByLinks } from "./app/departure.ts";
import { find, make } from "./app/dom.ts";
import { Hand } from "./app/hand.ts";
import { HashRecord } from "./app/hash-record.ts";
import { Invite } from "./app/invite.ts";
import { isForPage, Keys } from "./app/keys.ts";
import { LegendBar } from "./app/legend-bar.ts";
import { MatchLoop } from "./app/match-loop.ts";
import { NetPanel } from "./app/net-panel.ts";
import { toast } from "./app/news-list.ts";
import { Panels } from "./app/panels.ts";
import { PauseButton } from "./app/pause-button.ts";
import { Pointer, type StickLayout } from "./app/pointer.ts";
import { ProblemDialog } from "./app/problem-dialog.ts";
import { Stage } from "./app/stage.ts";
import { readWishes, searchOf, takeToken, type Wishes } from "./app/url-params.ts";
import { Visit } from "./app/visit.ts";
import { visitorToken } from "./app/visitor.ts";
import { SimulatedNetwork } from "./net/network/simulated-network.ts";
import { serverUrlOf } from "./net/server-url.ts";
import "./app/test-hook.ts";

const PANEL_KEY = "KeyH";
const PAUSE_KEY = "KeyP";

function showGames(current: string | undefined): void {
  find("games", HTMLElement).replaceChildren(
    ...games.map(({ name }) => {
      const link = make("a", name);
      link.href = `?game=${name}`;
      if (name === current) link.setAttribute("aria-current", "page");
      return link;
    }),
  );
}

function sticksFor(controls: ReturnType<typeof controlsOf>): StickLayout {
  const kinds = new Set(controls.map(({ kind }) => kind));
  const isMoving = kinds.has("axis") || kinds.has("side") || kinds.has("direction");
  if (!isMoving) return "none";
  return kinds.has("aim") || kinds.has("button") ? "two" : "one";
}

function start(
  wishes: Wishes,
  dialogFor: (act: ConstructorParameters<typeof ProblemDialog>[0]) => ProblemDialog,
): void {
  const { game, isAuto } = wishes;
  document.title = `${game.name} · Phalanx`;
  document.body.classList.toggle("watching", wishes.roomWishes.watch === true);
  const controls = controlsOf(inputCodecOf(game.input, game.name).fields);
  const stage = new Stage();
  const keys = new Keys(window);
  const pointer = new Pointer(stage.canvas, sticksFor(controls));
  const hand = new Hand(controls, keys, pointer);
  const hashes = new HashRecord();
  const network = new SimulatedNetwork(wishes.network, wishes.seed);
  const delay = new DelayChoice(game, wishes.inputDelay);
  const panels = new Panels(new LegendBar(controls, keys), pointer, hashes, new NetPanel(network, delay));
  const invite = new Invite();
  const chat = new ChatPanel();
  const pause = new PauseButton((isWanted) => session?.wishPause(isWanted));
  const pilot = isAuto ? autopilot(game) : undefined;
  let session: AnySession | undefined;
  let loop: MatchLoop | undefined;
  window.phalanx = {
    hashes,
    get session() {
      return session;
    },
    get ready() {
      return loop?.isReady === true;
    },
    get focus() {
      return loop?.view.focus;
    },
  };
  if (isAuto && game.bot === undefined) toast(`${game.name} has no bot, so nobody plays this seat.`);
  window.addEventListener("keydown", (event) => {
    if (event.repeat || isForPage(event)) return;
    if (event.code === PANEL_KEY) panels.net.toggle();
    if (event.code === PAUSE_KEY) pause.toggle();
  });
  const visit: Visit = new Visit({
    wishes,
    url: serverUrlOf(location.href, "."),
    token,
    sample: () => pilot?.(session) ?? hand.sample(loop?.view ?? { focus: undefined, toWorld: (point) => point }),
    dialog: dialogFor((kind) => visit.act(kind)),
    network,
    play(joined) {
      session = joined;
      delay.use(joined.client);
      hashes.clear();
      panels.reset();
      pause.reset();
      chat.use(joined.chat);
      const room = joined.room.roomId;
      invite.room = { game: game.name, room, isPrivate: wishes.roomWishes.private === true };
      history.replaceState(null, "", searchOf(location.search, game.name, room));
      loop = new MatchLoop({ game, session: joined, stage, panels, hand, pointer, pause, hashes, wishes });
      loop.start();
      return loop;
    },
    onOtherGame: (name, room) => location.replace(searchOf(location.search, name, room)),
  });
  departByLinks(() => session?.leave());
  panels.wait("Looking for a room");
  visit.begin();
}

// Before anything else: whoever sees or shares the address from now on does not get the token.
const given = takeToken(location.search);
if (given.token !== undefined) history.replaceState(null, "", `${location.pathname}${given.search}${location.hash}`);
const token = visitorToken(given.token);

const read = readWishes(given.search, games);
showGames(read.ok ? read.wishes.game.name : undefined);
if (read.ok) start(read.wishes, (act) => new ProblemDialog(act));
else new ProblemDialog(() => location.reload()).show(read.problem);

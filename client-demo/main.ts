/** The page: reads the address, puts its parts together, and goes to the game. */

import { serverUrlOf } from "../client/connection/server-url.ts";
import type { MatchSource } from "../client/match/match-source.ts";
import { SimulatedNetwork } from "../client/netsim/simulated-network.ts";
import { inputCodecOf } from "../shared/engine/codec/input-codec.ts";
import type { AnyGame } from "../shared/engine/game/game.ts";
import { games } from "../shared/games/index.ts";
import { type PageOptions, readPageOptions, searchOf, takeToken } from "./app/address/url-params.ts";
import { ChatPanel } from "./app/chat/chat-panel.ts";
import { departByLinks } from "./app/entry/departure.ts";
import { Invite } from "./app/entry/invite.ts";
import { OfflinePlay } from "./app/entry/offline-play.ts";
import { PageSession } from "./app/entry/page-session.ts";
import { ProblemDialog } from "./app/entry/problem-dialog.ts";
import { ReplayVisit } from "./app/entry/replay-visit.ts";
import { visitorToken } from "./app/entry/visitor.ts";
import { controlsOf } from "./app/input/controls.ts";
import { InputMapper } from "./app/input/input-mapper.ts";
import { isForPage, Keys } from "./app/input/keys.ts";
import { Pointer, type StickLayout } from "./app/input/pointer.ts";
import { autopilot } from "./app/loop/autopilot.ts";
import { MatchLoop } from "./app/loop/match-loop.ts";
import { Stage } from "./app/loop/stage.ts";
import { HashRecord } from "./app/match/hash-record.ts";
import { DelayChoice } from "./app/panels/delay-choice.ts";
import { LegendBar } from "./app/panels/legend-bar.ts";
import { NetPanel } from "./app/panels/net-panel.ts";
import { toast } from "./app/panels/news-list.ts";
import { Panels } from "./app/panels/panels.ts";
import { PauseButton } from "./app/panels/pause-button.ts";
import { find, make } from "./ui/dom.ts";
import "./test-hook.ts";

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
  pageOptions: PageOptions,
  dialogFor: (act: ConstructorParameters<typeof ProblemDialog>[0]) => ProblemDialog,
): void {
  const { game, isAuto, isOffline, replay } = pageOptions;
  const isReplay = replay !== undefined;
  document.title = isReplay ? "A recording · Phalanx" : `${game.name} · Phalanx`;
  document.body.classList.toggle("offline", isOffline || isReplay);
  document.body.classList.toggle("replaying", isReplay);
  document.body.classList.toggle("watching", pageOptions.roomOptions.watch === true);
  // Nobody plays in a recording.
  const controls = isReplay ? [] : controlsOf(inputCodecOf(game.input, game.name).fields);
  const stage = new Stage();
  const keys = new Keys(window);
  const pointer = new Pointer(stage.canvas, sticksFor(controls));
  const hand = new InputMapper(controls, keys, pointer);
  const hashes = new HashRecord();
  const network = new SimulatedNetwork(pageOptions.network, pageOptions.seed);
  const delay = new DelayChoice(game, pageOptions.inputDelay);
  const panels = new Panels(new LegendBar(controls, keys), pointer, hashes, new NetPanel(network, delay));
  const invite = new Invite();
  const chat = new ChatPanel();
  const pause = new PauseButton((isWanted) => source?.wishPause(isWanted));
  const pilot = isAuto ? autopilot(game) : undefined;
  let source: MatchSource<unknown> | undefined;
  let loop: MatchLoop | undefined;
  window.phalanx = {
    hashes,
    get source() {
      return source;
    },
    get session() {
      return visit instanceof PageSession ? visit.session : undefined;
    },
    get ready() {
      return loop?.isReady === true;
    },
    get focus() {
      return loop?.view.focus;
    },
    toWorld: (point) => loop?.view.toWorld(point),
  };
  if (isAuto && game.bot === undefined) toast(`${game.name} has no bot, so nobody plays this seat.`);
  window.addEventListener("keydown", (event) => {
    if (event.repeat || isForPage(event)) return;
    if (event.code === PANEL_KEY) panels.net.toggle();
    if (event.code === PAUSE_KEY) pause.toggle();
  });
  const sample = () => pilot?.(source) ?? hand.sample(loop?.view ?? { focus: undefined, toWorld: (point) => point });
  const play = (played: MatchSource<unknown>, playedGame: AnyGame = game): MatchLoop => {
    source = played;
    delay.use(played);
    hashes.clear();
    panels.reset();
    pause.reset();
    if (played.chat !== undefined) chat.use(played.chat);
    loop = new MatchLoop({
      game: playedGame,
      source: played,
      stage,
      panels,
      hand,
      pointer,
      pause,
      hashes,
      pageOptions,
    });
    loop.start();
    return loop;
  };
  const dialog = dialogFor((kind) => visit.act(kind));
  const visit: OfflinePlay | PageSession | ReplayVisit = isReplay
    ? new ReplayVisit({ url: replay, games, dialog, play: (match) => play(match, match.game as AnyGame) })
    : isOffline
      ? new OfflinePlay({ pageOptions, sample, dialog, play })
      : new PageSession({
          ...{ pageOptions, token, sample, dialog, network },
          url: serverUrlOf(location.href, "."),
          play(joined, room) {
            invite.room = { game: game.name, room, isPrivate: pageOptions.roomOptions.private === true };
            history.replaceState(null, "", searchOf(location.search, game.name, room));
            return play(joined);
          },
          onOtherGame: (name, room) => location.replace(searchOf(location.search, name, room)),
        });
  departByLinks(() => source?.leave());
  if (!isOffline && !isReplay) panels.wait("Looking for a room");
  visit.begin();
}

// Before anything else: anyone who sees or shares the address from now on does not get the token.
const given = takeToken(location.search);
if (given.token !== undefined) history.replaceState(null, "", `${location.pathname}${given.search}${location.hash}`);
const token = visitorToken(given.token);

const read = readPageOptions(given.search, games);
showGames(read.ok && read.pageOptions.replay === undefined ? read.pageOptions.game.name : undefined);
if (read.ok) start(read.pageOptions, (act) => new ProblemDialog(act));
else new ProblemDialog(() => location.reload()).show(read.problem);

/** The page session: joins a room, plays, and rejoins by itself when the connection is lost. */

import { retryDelayMs } from "../../../client/connection/retry-delay.ts";
import type { SessionEnd } from "../../../client/match/session-end.ts";
import type { SimulatedNetwork } from "../../../client/netsim/simulated-network.ts";
import { Session } from "../../../client/session/session.ts";
import { refusedDelayMs } from "../../ui/refused-delay.ts";
import {
  type ActionKind,
  AWAY,
  isRoomGone,
  LOST,
  type Problem,
  problemOfEnd,
  problemOfJoin,
} from "../address/problem.ts";
import type { PageOptions } from "../address/url-params.ts";
import type { SampledInput } from "../input/input-mapper.ts";
import type { MatchLoop } from "../loop/match-loop.ts";
import { toast } from "../panels/news-list.ts";
import { newsOfPlane } from "./plane-news.ts";
import type { ProblemDialog } from "./problem-dialog.ts";
import { RecordingOffer } from "./recording-offer.ts";
import { rememberRoom, roomBefore, visitorName, wasIn, wayBackTo } from "./visitor.ts";

/** A server that takes the connection and says nothing is as good as none. */
const JOIN_TIMEOUT_MS = 8000;

/** The page plays any game of the shelf. */
type AnySession = Session<unknown, unknown>;

export interface VisitOptions {
  readonly pageOptions: PageOptions;
  readonly url: string;
  /** Says who plays, where the server wants to know. */
  readonly token: string | undefined;
  readonly sample: () => SampledInput;
  readonly dialog: ProblemDialog;
  /** What every session of this window goes through. */
  readonly network: SimulatedNetwork;
  /** Starts to play in a room; what it returns is stopped when the session ends. */
  readonly play: (session: AnySession, room: string) => MatchLoop;
  /** The room plays another game than the address said. */
  readonly onOtherGame: (game: string, room: string) => void;
}

export class PageSession {
  readonly #options: VisitOptions;
  readonly #offer = new RecordingOffer();
  #room: string | undefined;
  #session: AnySession | undefined;
  #loop: MatchLoop | undefined;
  #attempt = 0;
  #isEntering = false;
  /** The connection is gone and the page tries again by itself. */
  #isLost = false;
  /** A game was played in this window: what is lost is a room, not an invitation. */
  #hasPlayed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #countdown: ReturnType<typeof setInterval> | undefined;

  constructor(options: VisitOptions) {
    this.#options = options;
    this.#room = options.pageOptions.room;
  }

  /** The session that is played in, or was last. */
  get session(): AnySession | undefined {
    return this.#session;
  }

  begin(): void {
    void this.#enter();
  }

  /** What the player chose in the dialog. */
  act(kind: ActionKind): void {
    if (kind === "reload") {
      location.reload();
      return;
    }
    if (kind === "again" && !this.#isLost) this.#room = undefined;
    this.#calm();
    void this.#enter();
  }

  /** Tries until a room is joined or there is something to tell; one try at a time. */
  async #enter(): Promise<void> {
    if (this.#isEntering) return;
    this.#isEntering = true;
    while ((await this.#tryToEnter()) === "again");
    this.#isEntering = false;
  }

  async #tryToEnter(): Promise<"again" | "done"> {
    const { dialog, play, pageOptions, onOtherGame } = this.#options;
    const wanted = this.#room;
    let session: AnySession;
    try {
      session = await this.#join(wanted);
    } catch (error) {
      return this.#refused(error, wanted);
    }
    const { roomId, name } = session.room;
    if (name !== pageOptions.game.name) {
      await session.leave();
      onOtherGame(name, roomId);
      return "done";
    }
    if (this.#isLost && this.#hasPlayed)
      toast(
        roomId === wanted ? "You are back in your room." : "The old room ended with the server. This is a new one.",
      );
    this.#isLost = false;
    this.#attempt = 0;
    this.#hasPlayed = true;
    this.#room = roomId;
    rememberRoom(roomId, session.room.reconnectionToken);
    dialog.close();
    this.#session = session;
    // One that this very window has taken its seat over from has nothing more to say.
    const isCurrent = (): boolean => this.#session === session;
    session.on("end", (end) => {
      if (isCurrent()) this.#ended(end);
    });
    let told: string | undefined;
    session.on("plane", (plane, reason) => {
      const before = told;
      told = newsOfPlane(plane, reason, session.isSlow);
      // The server says it again whenever it is asked.
      if (told !== undefined && told !== before) toast(told);
    });
    session.on("notice", toast);
    session.on("online", (isOnline) => {
      if (!isCurrent()) return;
      if (isOnline) {
        rememberRoom(roomId, session.room.reconnectionToken);
        dialog.close();
      } else dialog.show(AWAY);
    });
    this.#loop = play(session, roomId);
    const before = roomBefore(roomId);
    if (before !== undefined) this.#offer.of(before);
    return "done";
  }

  #join(roomId: string | undefined): Promise<AnySession> {
    const { pageOptions, url, sample, network, token } = this.#options;
    const name = pageOptions.name ?? visitorName();
    const { bots, roomOptions } = pageOptions;
    const returnToken = roomId === undefined ? undefined : wayBackTo(roomId);
    const wanted = { ...roomOptions, url, roomId, name, bots, returnToken, token };
    const joined = Session.join(pageOptions.game, { ...wanted, sample, network });
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(new Error("the server did not answer in time"));
      }, JOIN_TIMEOUT_MS);
      joined.then(
        (session) => {
          clearTimeout(timer);
          if (isLate) void session.leave();
          else resolve(session);
        },
        (error) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
  }

  #refused(error: unknown, wanted: string | undefined): "again" | "done" {
    if (wanted !== undefined && isRoomGone(error) && (this.#hasPlayed || wasIn(wanted))) {
      // A room that this window was in: it is not an invitation, so any room will do.
      if (!this.#isLost) toast("Your last room has ended. This is a new one.");
      this.#room = undefined;
      return "again";
    }
    const problem = problemOfJoin(error, wanted, this.#options.token !== undefined);
    const isOutage = problem.isRetried === true && problem.because === undefined;
    this.#show(isOutage && this.#hasPlayed ? LOST : problem);
    return "done";
  }

  #ended(end: SessionEnd): void {
    this.#loop?.stop();
    this.#loop = undefined;
    // The dialog has the words for a player; a developer needs the place.
    if (end.cause !== undefined) reportError(end.cause);
    this.#show(problemOfEnd(end));
    if (this.#room !== undefined) this.#offer.of(this.#room);
  }

  #show(problem: Problem): void {
    this.#options.dialog.show(problem);
    this.#isLost = problem.isRetried === true;
    if (this.#isLost) this.#retry(problem);
  }

  #retry({ because, waitSeconds }: Problem): void {
    this.#calm();
    const chance = Math.random();
    const wait = waitSeconds === undefined ? retryDelayMs(this.#attempt, chance) : refusedDelayMs(waitSeconds, chance);
    const before = because === undefined ? "" : `${because} `;
    this.#attempt++;
    const dueAt = performance.now() + wait;
    const say = (): void => {
      const seconds = Math.ceil((dueAt - performance.now()) / 1000);
      this.#options.dialog.say(before + (seconds > 0 ? `Trying again in ${seconds} s...` : "Trying again..."));
    };
    say();
    this.#countdown = setInterval(say, 500);
    this.#timer = setTimeout(() => {
      this.#calm();
      void this.#enter();
    }, wait);
  }

  #calm(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#countdown);
  }
}

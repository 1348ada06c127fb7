/** The link that brings a friend, or a second window, into the same room; and the one to a room that nobody else is sent to. */
import { find, onPress } from "../../ui/dom.ts";
import { toast } from "../panels/news-list.ts";

export class Invite {
  #link = "";
  #news = "";

  constructor() {
    onPress(find("invite", HTMLButtonElement), () => void this.#copy());
    const about = find("about", HTMLElement);
    onPress(find("about-close", HTMLButtonElement), () => {
      about.hidden = true;
      remember();
    });
    about.hidden = isKnown();
  }

  /** The room has changed. */
  set room({ game, room, isPrivate }: { readonly game: string; readonly room: string; readonly isPrivate: boolean }) {
    this.#news = isPrivate
      ? "Invite link copied. Whoever has it plays in this room, and nobody else."
      : "Invite link copied. Whoever opens it plays in this room.";
    find("own-room", HTMLAnchorElement).href = `?${new URLSearchParams({ game, private: "1" })}`;
    const params = new URLSearchParams({ game, room });
    this.#link = `${location.origin}${location.pathname}?${params}`;
    find("second", HTMLAnchorElement).href = this.#link;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#link);
      toast(this.#news);
    } catch {
      // Without https there is no clipboard: let the player copy by hand.
      if (copyBySelection(this.#link)) toast(this.#news);
      else window.prompt("Copy this link: whoever opens it plays in this room.", this.#link);
    }
  }
}

/** The old way, that works on plain http too. */
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied;
}

const KNOWN = "phalanx:about-is-known";

/** Storage can be switched off; the page works without it. */
function isKnown(): boolean {
  try {
    return localStorage.getItem(KNOWN) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(KNOWN, "1");
  } catch {
    // Then it is shown again next time.
  }
}

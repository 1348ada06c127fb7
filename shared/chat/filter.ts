/** The operator's filter: it sees each line before any client does. */

/** A line that a member wants to say. */
export interface ChatDraft {
  readonly room: string;
  readonly game: string;
  /** Session id of its author, the subject of their token if they have one, and their seat if they play. */
  readonly from: string;
  readonly subject?: string;
  readonly seat?: number;
  readonly name: string;
  readonly text: string;
}

export interface ChatOptions {
  /**
   * Returns what is to be shown instead of the text (or the text itself), or undefined to refuse the line. It holds up
   * the process while it runs, so it must be quick. What it throws is logged and refuses that line only.
   */
  readonly filter?: (draft: ChatDraft) => string | undefined;
}

/** The filter as the chat calls it: it does not throw, and what is no text is a refusal. */
export function guardFilter(
  filter: ChatOptions["filter"],
  onError: (error: unknown) => void,
): (draft: ChatDraft) => string | undefined {
  return (draft) => {
    if (filter === undefined) return draft.text;
    try {
      const text: unknown = filter(draft);
      if (text === undefined || typeof text === "string") return text;
      throw new TypeError(`a chat filter returns a text or undefined, not ${typeof text}`);
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
}

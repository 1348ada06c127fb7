/** All processes of the server, this one too: a question is put to each of them, and each answers for what it has. */

/** A question by its name. */
export interface Survey {
  readonly question: string;
  readonly argument?: unknown;
}

export interface Everyone {
  /** What this process answers, plain data; the latest of a name counts. */
  answerTo(question: string, answer: (argument: unknown) => unknown): void;
  /** The answers of all that answer in time, in no order. */
  ask(survey: Survey): Promise<unknown[]>;
}

/** A server of one process. */
export class Alone implements Everyone {
  readonly #answers = new Map<string, (argument: unknown) => unknown>();

  answerTo(question: string, answer: (argument: unknown) => unknown): void {
    this.#answers.set(question, answer);
  }

  async ask({ question, argument }: Survey): Promise<unknown[]> {
    return [this.#answers.get(question)?.(argument)];
  }
}

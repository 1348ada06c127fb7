/** The error thrown for a value that does not fit its declaration. */

export class ValueError extends RangeError {
  override readonly name = "ValueError";
  /** Where the value is, such as `arena.players[3].x`. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}

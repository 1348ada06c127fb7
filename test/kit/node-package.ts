/** The place where npm has a Node of another major version. */

/**
 * The package with the program in it, for `npx -p`. The one that is named `node` fetches this one by an install script, and
 * `.npmrc` lets none run: the `node` that is asked for then is the one there is already, without a word.
 */
export function nodePackage(major: number): string {
  const { platform, arch } = process;
  const system = platform === "win32" ? "win" : platform;
  const prefix = platform === "darwin" && arch === "arm64" ? "node-bin" : "node"; // the plain name was taken
  return `${prefix}-${system}-${arch}@${major}`;
}

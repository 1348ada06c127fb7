/** The stack of the main thread, read from beside it while it runs, in the lines of the source files. */
import { Session } from "node:inspector/promises";
import { SourceMap, type SourceMapPayload } from "node:module";
import { fileURLToPath } from "node:url";

/** The main thread stops at its next statement; one that sits in the language itself never reaches it. */
const MOST_WAIT_MS = 2000;
const INLINE = /^data:application\/json;(?:charset=[\w-]+;)?base64,(.*)$/s;

interface Script {
  readonly url: string;
  readonly map: string | undefined;
}

/** As `Error.stack` has it, innermost first; undefined when the thread cannot be stopped for it. */
export async function mainStack(): Promise<string | undefined> {
  const session = new Session();
  try {
    session.connectToMainThread();
    const scripts = new Map<string, Script>();
    session.on("Debugger.scriptParsed", ({ params: { scriptId, url, sourceMapURL } }) => {
      scripts.set(scriptId, { url, map: sourceMapURL });
    });
    await session.post("Debugger.enable");
    const stopped = new Promise<string>((resolve) => {
      session.once("Debugger.paused", ({ params }) =>
        resolve(
          params.callFrames
            .map(({ functionName, location: { scriptId, lineNumber, columnNumber = 0 } }) => {
              const place = sourceOf(scripts.get(scriptId), lineNumber, columnNumber);
              return `    at ${functionName || "rule"} (${place})`;
            })
            .join("\n"),
        ),
      );
    });
    await session.post("Debugger.pause");
    return await Promise.race([stopped, after(MOST_WAIT_MS)]);
  } catch {
    return undefined; // an inspector that is not to be had costs the line, not the sentence
  } finally {
    session.disconnect(); // lets the thread go on
  }
}

const after = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());

/** @param line from 0, as `column`. */
function sourceOf(script: Script | undefined, line: number, column: number): string {
  const { url = "", map } = script ?? {};
  const path = url.startsWith("file:") ? fileURLToPath(url.split("?")[0]!) : url;
  const inline = INLINE.exec(map ?? "")?.[1];
  if (inline === undefined) return `${path}:${line + 1}:${column + 1}`;
  const payload = JSON.parse(Buffer.from(inline, "base64").toString()) as SourceMapPayload;
  const entry = new SourceMap(payload).findEntry(line, column);
  if (!("originalLine" in entry)) return `${path}:${line + 1}:${column + 1}`;
  return `${path}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

/** A shell around QuickJS: runs the script files it is given in one global scope, and lets them print. */
import { readFileSync } from "node:fs";
import { getQuickJS } from "quickjs-emscripten";

const context = (await getQuickJS()).newContext();
const print = context.newFunction("print", (text) => {
  process.stdout.write(`${context.getString(text)}\n`);
});
context.setProp(context.global, "print", print);

/** @colyseus/schema makes one when it is loaded; nothing that a game does needs it. */
const MISSING = "globalThis.FinalizationRegistry ??= class { register() {} unregister() {} };";

for (const script of [MISSING, ...process.argv.slice(2).map((file) => readFileSync(file, "utf8"))]) {
  const result = context.evalCode(script);
  if (result.error === undefined) {
    result.value.dispose();
    continue;
  }
  const { name, message } = context.dump(result.error);
  process.stderr.write(`${name}: ${message}\n`);
  process.exit(1);
}

/** A process with two bugs that would end it: run by the test of what becomes of them. */
import { containFaults } from "../../../server/base/faults.ts";
import { Readiness } from "../../../server/base/readiness.ts";

const readiness = new Readiness();
containFaults(readiness);
void Promise.reject(new Error("boom"));
setTimeout(() => {
  throw "bang";
}, 10);
setTimeout(() => process.stdout.write(`faults ${readiness.faults}\n`), 50);

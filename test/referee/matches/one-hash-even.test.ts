/** The even seeds of one-hash.ts. */
import { describeOneHash } from "./one-hash.ts";

describeOneHash("test/referee/matches/one-hash-even.test.ts", 0, 2);

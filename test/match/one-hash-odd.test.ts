/** The odd seeds of one-hash.ts. */
import { describeOneHash } from "./one-hash.ts";

describeOneHash("test/match/one-hash-odd.test.ts", 1, 2);

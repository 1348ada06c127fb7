/** The odd seeds of one-hash.ts. */
import { describeOneHash } from "./one-hash.ts";

describeOneHash("test/referee/matches/one-hash-odd.test.ts", 1, 2);

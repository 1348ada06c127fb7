/**
 * The rows of the architecture test: for every folder what it may import besides itself, and what of the world outside it may
 * know. A folder has its own row; nothing is inherited from the folder above.
 */

/** What only some folders may touch: timers and clocks, the DOM, and Node's globals (`process`, `Buffer`). */
export type Outside = "clock" | "dom" | "process";

export interface Row {
  /** A folder, or one file that is a place of its own. */
  readonly place: string;
  /** Folders and files of the project; `shared/engine/*` is every folder of the engine. */
  readonly local: readonly string[];
  /** npm packages by their whole name; `node:` is every module of Node. */
  readonly packages: readonly string[];
  readonly knows: readonly Outside[];
}

/** place | what it imports of the project | packages | what it knows of the world outside */
const TABLE = `
# Pure: no clock, no DOM, no Node, no Colyseus (R12).
shared/budget | | | 
shared/chat | shared/budget shared/engine/* | | 
shared/engine/bytes | | | 
shared/engine/codec | shared/engine/bytes shared/engine/layout | | 
shared/engine/layout | shared/engine/bytes | @colyseus/schema | 
shared/engine/game | shared/engine/bytes shared/engine/codec shared/engine/layout | | 
shared/engine | shared/engine/game shared/engine/kit shared/engine/layout shared/engine/math | @colyseus/schema | 
shared/engine/kit | shared/engine/math | | 
shared/engine/lockstep | shared/engine/bytes shared/engine/codec shared/engine/game shared/engine/layout shared/engine/protocol shared/engine/sim | | 
shared/engine/math | | | 
shared/engine/protocol | shared/engine/bytes shared/engine/codec shared/engine/game shared/engine/layout shared/engine/sim | fflate | 
shared/engine/sim | shared/engine/bytes shared/engine/codec shared/engine/game shared/engine/layout | | 
shared/games/arena | shared/engine/index.ts | | 
shared/games/skirmish | shared/engine/index.ts | | 
shared/games | shared/engine/index.ts shared/games/arena shared/games/skirmish | | 
shared/monitor | | | 
shared/netsim | shared/engine/* | | 
shared/recording | shared/engine/* shared/referee shared/referee/desync shared/referee/history | fflate | 
shared/referee/desync | shared/engine/* shared/referee/history shared/referee/inputs shared/referee/peers | | 
shared/referee/history | shared/engine/* shared/referee/inputs shared/referee/peers | | 
shared/referee/inputs | shared/engine/* | | 
shared/referee | shared/engine/* shared/referee/desync shared/referee/history shared/referee/inputs shared/referee/peers shared/referee/sessions | | 
shared/referee/peers | shared/budget shared/engine/* | | 
shared/referee/sessions | shared/engine/* shared/referee/desync shared/referee/history shared/referee/inputs shared/referee/peers | | 

# Knows Node; Colyseus where a row says so. No arrow from the front line into rooms.
server/app | server/base server/clock server/colyseus server/config server/edge server/identity server/journal server/monitor server/observe server/page server/recordings server/rooms server/socket server/workers shared/chat shared/engine/* shared/monitor | @colyseus/core @colyseus/ws-transport express | 
server/base | | node: pino | clock process
server/boot | colyseus.config.ts server/app server/base server/colyseus server/config server/journal server/page server/primary server/workers | @colyseus/core node: | clock process
server/cli | server/base colyseus.config.ts server/config server/identity server/page shared/engine/* shared/recording shared/referee/desync | node: | clock process
server/clock | shared/referee | node: | clock
server/colyseus | shared/engine/* shared/referee/inputs | @colyseus/core @colyseus/core/Transport @colyseus/schema @colyseus/ws-transport node: ws | clock process
server/config | shared/engine/* | node: zod | process
server/dev | colyseus.config.ts guards guards/lint guards/loops guards/traps server/base server/boot server/config server/web | colyseus express node: vite | clock process
server/edge | server/base server/colyseus server/config server/identity server/limits server/web shared/monitor | node: | process
server/identity | server/config server/web shared/budget | express-rate-limit jose node: | clock process
server/journal | server/base server/config shared/engine/* shared/referee | node: | clock process
server/limits | server/base server/colyseus server/config server/web shared/budget | node: | clock
server/monitor | server/base server/colyseus server/identity server/observe server/page server/socket shared/engine/* shared/monitor | @colyseus/core express node: prom-client | clock process
server/observe | server/base server/config server/socket shared/engine/* shared/monitor shared/recording shared/referee shared/referee/desync shared/referee/inputs shared/referee/peers | @colyseus/core node: | clock process
server/page | | express node: vite | clock process
server/primary | server/base server/page server/socket server/workers shared/monitor | @colyseus/core node: | clock process
server/recordings | server/base server/colyseus server/identity server/web shared/referee shared/recording | express node: | clock process
server/rooms | server/base server/clock server/colyseus server/identity server/journal server/observe server/recordings server/rooms/returns server/socket server/stream shared/chat shared/engine/* shared/referee shared/referee/desync shared/referee/inputs shared/recording shared/referee/peers shared/referee/sessions | @colyseus/core msgpackr node: | clock process
server/rooms/returns | server/base server/colyseus server/identity shared/engine/* | @colyseus/core | clock
server/socket | server/base server/colyseus server/config shared/budget shared/engine/* | node: ws | clock process
server/stream | server/colyseus shared/engine/* shared/referee shared/referee/history shared/referee/inputs | @colyseus/core @colyseus/schema | process
server/web | server/base server/colyseus server/config | express-rate-limit node: | clock process
server/workers | server/base server/colyseus server/page server/socket shared/engine/* | @colyseus/core node: ws | clock process

# The client library: the SDK and timers, no DOM.
client/chat | client/events shared/engine/* | | 
client/connection | | @colyseus/sdk | clock
client/events | | | 
client/local | client/events client/match shared/engine/* shared/referee shared/referee/peers | | 
client/match | client/chat shared/engine/* | | 
client/netsim | client/connection shared/engine/* shared/netsim | | clock
client/replay | client/events client/match shared/engine/* shared/recording shared/referee | | 
client/session | client/chat client/connection client/events client/match client/netsim client/stream shared/engine/* | @colyseus/sdk | clock
client/stream | client/match shared/engine/* | @colyseus/sdk | 

# The page.
client-demo/app/address | client/match client/session shared/engine/* shared/netsim | | 
client-demo/app/chat | client-demo/app/input client-demo/ui client/chat shared/engine/* | | clock dom
client-demo/app/commands | client-demo/app/panels client-demo/ui shared/engine/* | | dom
client-demo/app/entry | client-demo/app/address client-demo/app/input client-demo/app/loop client-demo/app/panels client-demo/app/replay client-demo/ui client/connection client/local client/match client/netsim client/replay client/session shared/engine/* | | clock dom
client-demo/app/input | client-demo/views shared/engine/* | | dom
client-demo/app/loop | client-demo/app/address client-demo/app/commands client-demo/app/input client-demo/app/match client-demo/app/panels client-demo/ui client-demo/views client-demo/views/arena client-demo/views/skirmish client/match shared/engine/* | | clock dom
client-demo/app/match | client/match | | 
client-demo/app/panels | client-demo/app/input client-demo/app/match client-demo/ui client-demo/views client/match client/netsim shared/engine/* shared/netsim | | clock dom
client-demo/app/replay | client-demo/app/input client-demo/app/loop client-demo/ui client-demo/views client/replay client/session shared/engine/* shared/recording | | clock dom
client-demo | client-demo/app/address client-demo/app/chat client-demo/app/entry client-demo/app/input client-demo/app/loop client-demo/app/match client-demo/app/panels client-demo/ui client-demo/views client/connection client/match client/netsim client/session server/config shared/engine/* shared/games | vite | dom
client-demo/monitor | client-demo/ui client/connection shared/engine/* shared/monitor | @colyseus/sdk | clock dom
client-demo/ui | | | dom
client-demo/views/arena | client-demo/ui client-demo/views shared/engine/index.ts shared/games/arena | | dom
client-demo/views/skirmish | client-demo/ui client-demo/views shared/games/skirmish | | dom
client-demo/views | client-demo/ui client/match shared/engine/* shared/games | | dom

# Production loads none of it.
guards | guards/traps shared/engine/* | | 
guards/lint | guards/traps | node: vite | process
guards/loops | guards/traps | node: tsx/esm/api | clock process
guards/traps | shared/engine/* | node: | clock dom process

# Where games and server meet.
colyseus.config.ts | server/app server/config server/page server/workers shared/games | @colyseus/core | 
`;

const words = (text: string | undefined): string[] => (text ?? "").split(" ").filter((word) => word !== "");

export const ROWS: readonly Row[] = TABLE.split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [place, local, packages, knows] = line.split("|");
    return { place: place!.trim(), local: words(local), packages: words(packages), knows: words(knows) as Outside[] };
  });

/** The build of the page: from this folder into `dist`, with links that work below any path. */
import { defineConfig } from "vite";
import { logicHashes } from "../server/config/logic-hash.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  // What `net/logic.ts` tells the server: of which build this page is.
  define: { __PHALANX_LOGIC__: JSON.stringify(logicHashes()) },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: { input: ["index.html", "monitor/index.html"].map((page) => `${import.meta.dirname}/${page}`) },
  },
  // The games and the engine lie beside this folder.
  server: { fs: { allow: [".."] } },
});

/** How the page is built: from this folder into `dist`, with links that work below any path. */
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  build: { outDir: "dist", emptyOutDir: true, target: "es2022" },
  // The games and the engine lie beside this folder.
  server: { fs: { allow: [".."] } },
});

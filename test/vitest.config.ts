/** How the tests run: everything below `test/`, files in parallel but for the browser and socket ones. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: process.env.CI ? ["verbose"] : ["default"],
    env: { LOG_LEVEL: "silent" },
  },
});

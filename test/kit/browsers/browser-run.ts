/** The preparation of a run with browsers: the page is built and the browsers are started once, for all of its test files. */
import type { TestProject } from "vitest/node";
import { buildPage } from "./page-build.ts";
import { SharedBrowsers } from "./shared-browsers.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder with the built page. */
    readonly page: string;
    /** Where the run's browsers are asked for. */
    readonly browsers: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const page = await buildPage();
  const browsers = await SharedBrowsers.listen();
  project.provide("page", page.folder);
  project.provide("browsers", browsers.url);
  return async () => {
    await browsers.close();
    await page.remove();
  };
}

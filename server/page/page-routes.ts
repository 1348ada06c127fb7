/** The page over HTTP: files with a hash in their name are kept by browsers for good, the others are asked for each time. */
import type { Application, Request, Response } from "express";
import type { BuiltPage, PageFile } from "./built-page.ts";

const NOT_BUILT = "The page is not built yet: run `npm run build`, or start with `npm start`.\n";
/** The files that vite puts here have a hash of their content in their names. */
const HASHED = /^assets\//;
const FOR_GOOD = "public, max-age=31536000, immutable";
const ASK = "no-cache";

function send({ path, body, gzip, etag }: PageFile, request: Request, response: Response): void {
  const isSmall = gzip !== undefined && request.acceptsEncodings("gzip") === "gzip";
  response.set("cache-control", HASHED.test(path) ? FOR_GOOD : ASK).type(path.slice(path.lastIndexOf(".")));
  if (gzip !== undefined) response.vary("accept-encoding");
  if (isSmall) response.set("content-encoding", "gzip");
  response.set("etag", `"${etag}${isSmall ? "-gzip" : ""}"`).send(isSmall ? gzip : body);
}

/** @param page undefined where nothing is built: then its address says so. */
export function addPage(app: Application, page: BuiltPage | undefined): void {
  app.use((request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    if (page === undefined && request.path === "/") return response.status(503).type("text").send(NOT_BUILT);
    const file = page?.get(request.path === "/" ? "index.html" : request.path.slice(1));
    // The monitor's page has its own route, which decides who sees it.
    if (file === undefined || file.path === "monitor/index.html" || file.path === "build.json") return next();
    return send(file, request, response);
  });
}

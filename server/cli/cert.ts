/** `npm run cert`: a certificate for development, by the openssl of this machine; browsers warn about it. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../base/make-folder.ts";

const DAYS = "30";
const NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1";

const USAGE = `Usage: npm run cert [-- FOLDER]
  Makes FOLDER/cert.pem and FOLDER/key.pem (certs) for localhost, valid for ${DAYS} days, by the openssl of this machine.
`;

const given = process.argv.slice(2);
if (given.includes("--help") || given.includes("-h")) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const unknown = given.find((word) => word.startsWith("-"));
if (unknown !== undefined) fail(`There is no flag ${unknown}.\n${USAGE}`);

const folder = given[0] ?? "certs";
const cert = join(folder, "cert.pem");
const key = join(folder, "key.pem");

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (existsSync(key)) fail(`${key} is there already; remove it first, or name another folder: npm run cert -- <folder>`);
makeFolder(folder);
const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
const files = ["-keyout", key, "-out", cert];
try {
  execFileSync(
    "openssl",
    ["req", "-x509", ...curve, "-nodes", "-days", DAYS, "-subj", "/CN=localhost", "-addext", NAMES, ...files],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") fail(`openssl failed: ${(error as Error).message}`);
  fail(`openssl is not installed. Install it (Debian: apt install openssl), or give TLS_CERT and TLS_KEY
a certificate and key that another tool has made, mkcert for example.`);
}
process.stdout.write(`A certificate for localhost, valid for ${DAYS} days. Start with it:

  TLS_CERT=${cert} TLS_KEY=${key} npm start
`);

/** The certificate: read at the start, and again when its files change, without closing a connection. */
import { readFileSync, unwatchFile, watchFile } from "node:fs";
import type { Server } from "node:https";
import { createSecureContext } from "node:tls";
import { log } from "../base/log.ts";
import { SettingError, type Settings } from "../config/settings.ts";

/** Files are compared, not watched: certificates come by rename, by link, and over network file systems. */
const LOOK_MS = 1000;

type Files = Pick<Settings, "TLS_CERT" | "TLS_KEY">;

/** @throws SettingError that names the files when they are no certificate with its key. */
export function readCertificate({ TLS_CERT, TLS_KEY }: Files): { readonly cert: Buffer; readonly key: Buffer } {
  try {
    const pair = { cert: readFileSync(TLS_CERT), key: readFileSync(TLS_KEY) };
    createSecureContext(pair);
    return pair;
  } catch (error) {
    throw new SettingError(`TLS_CERT=${TLS_CERT} and TLS_KEY=${TLS_KEY} cannot be used: ${(error as Error).message}`);
  }
}

/** New connections get the new certificate. While only one of the files is there yet, the old pair stays. */
export function followCertificate(server: Server, files: Files): void {
  const reload = (): void => {
    try {
      server.setSecureContext(readCertificate(files));
      log.info({ certificate: files.TLS_CERT }, "the certificate was read again");
    } catch (error) {
      log.warn({ err: error }, "the certificate changed and cannot be used; the old one stays");
    }
  };
  const paths = [files.TLS_CERT, files.TLS_KEY];
  for (const path of paths) watchFile(path, { interval: LOOK_MS, persistent: false }, reload);
  server.once("close", () => {
    for (const path of paths) unwatchFile(path, reload);
  });
}

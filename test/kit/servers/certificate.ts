/** Certificates for tests, made by `npm run cert`, and which one a port shows. */
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { TYPESCRIPT } from "../typescript.ts";

/** Makes a certificate and its key in a folder, and returns what the command says. */
export const makeCertificate = (folder: string): string =>
  execFileSync(process.execPath, [...TYPESCRIPT, "server/cli/cert.ts", folder], { encoding: "utf8" });

/** A certificate in a folder of its own. */
export class TestCertificate {
  readonly folder = mkdtempSync(join(tmpdir(), "phalanx-tls-"));
  readonly cert = join(this.folder, "cert.pem");
  readonly key = join(this.folder, "key.pem");
  /** What the command that made it said. */
  readonly told = makeCertificate(this.folder);

  /** Puts a new pair where the old one is. */
  replace(): void {
    const fresh = mkdtempSync(join(this.folder, "fresh-"));
    makeCertificate(fresh);
    copyFileSync(join(fresh, "cert.pem"), this.cert);
    copyFileSync(join(fresh, "key.pem"), this.key);
  }

  get serial(): string {
    return new X509Certificate(readFileSync(this.cert)).serialNumber;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The serial number of the certificate that a new connection to a port of this machine is shown. */
export function shownSerial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

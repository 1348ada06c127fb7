/** The reason why a server gave no answer, for the person who has to act: a code of the system or of TLS as a sentence. */

/** OpenSSL's names for a chain that ends with nobody who is trusted here. */
const UNTRUSTED: readonly string[] = [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_UNTRUSTED",
];

const OTHER_TLS = /^(ERR_SSL_|ERR_TLS_|CERT_|EPROTO$|HOSTNAME_MISMATCH$)/;

function tlsAdvice(code: string): string | undefined {
  if (UNTRUSTED.includes(code))
    return "nobody who is trusted here has signed its certificate: NODE_EXTRA_CA_CERTS=<the certificate of who did, or the server's own, as PEM> npm run bots ...";
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return "its certificate has expired: renew it, or look at this machine's clock";
    case "CERT_NOT_YET_VALID":
      return "its certificate is not valid yet: look at this machine's clock, and at the server's when it was made";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
    case "HOSTNAME_MISMATCH":
      return "its certificate is for another name: give --url a name that is in it";
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return "what listens there does not speak TLS: give ws:// instead of wss://, or the port of TLS";
  }
  return OTHER_TLS.test(code)
    ? "TLS could not be agreed on: look at the server's certificate and TLS versions"
    : undefined;
}

/** One sentence about an address that gave no answer. */
export function noAnswerSentence(url: string, code: string): string {
  const tls = tlsAdvice(code);
  if (tls !== undefined) return `There is a server at ${url}, but ${tls} (${code}).`;
  switch (code) {
    case "ECONNREFUSED":
      return `Nothing answers at ${url} (${code}): start the server with npm start, mend the address, or leave --url out.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `Nobody knows the name in ${url} (${code}): mend the address, or look at this machine's name service.`;
    case "TimeoutError":
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
    case "UND_ERR_HEADERS_TIMEOUT":
      return `No answer came in time from ${url} (${code}): the line is full or a firewall swallows it; or mend the address.`;
    case "ECONNRESET":
    case "UND_ERR_SOCKET":
      return (
        `The connection to ${url} was closed without an answer (${code}): this machine's address may be over one of the ` +
        "server's limits (start it with EXEMPT=<this machine's address>), or the port is one of TLS and wants wss://."
      );
  }
  return `Nothing answers at ${url} (${code}): start the server with npm start, mend the address, or leave --url out.`;
}

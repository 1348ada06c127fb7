/** Refuses a Node.js that is too old with one plain sentence; written so that an old one can read it. */
var parts = process.versions.node.split(".").map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  process.stderr.write(
    "Phalanx needs Node.js 20.19 or newer (22 and 24 are fine); this is " +
      process.versions.node +
      ". Install a newer one.\n",
  );
  process.exit(1);
}

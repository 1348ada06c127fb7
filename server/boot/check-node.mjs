/**
 * The check of Node.js's version: refuses one that is too old with a plain sentence, in syntax that an old one can
 * read.
 */
var parts = process.versions.node.split(".").map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  process.stderr.write(
    "Phalanx needs Node.js 20.19 or newer (22 and 24 are fine); this is " +
      process.versions.node +
      ". Install a newer one.\n",
  );
  process.exit(1);
}

// The door of every npm script: plain JavaScript without dependencies, since on a bare clone there are none yet.
// Kept to old syntax, so that an old Node reaches the sentence below instead of a syntax error.
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    'Copydesk needs Node 20 or newer to start; this is ' +
      process.version +
      ' (' +
      process.execPath +
      '). Install a current one from https://nodejs.org, or run: nvm install 24',
  )
  process.exit(1)
}
import('./prepare.mjs').then(({ main }) => main(process.argv[2], process.argv.slice(3)))

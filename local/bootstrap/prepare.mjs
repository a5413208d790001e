import { spawn } from 'node:child_process'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { installDependencies } from './dependencies.mjs'
import { chooseNode } from './node.mjs'
import { CannotStart } from './sentences.mjs'

export const root = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '../..',
)

const commands = {
  start: ['local/supervisor/main.ts', 'start'],
  dev: ['local/supervisor/main.ts', 'dev'],
  stack: ['local/stack.ts'],
  worker: ['worker/index.ts'],
  'secrets:rotate': ['worker/secrets/main.ts'],
  types: ['local/types.ts'],
  'db:export': ['local/schema/export/main.ts'],
  'db:docs': ['local/schema/documentation/write.ts'],
  // The benchmarks run the product's queries, which are for servers only.
  bench: ['--conditions=react-server', 'bench/main.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  prove: ['tests/engine/prove.ts'],
}

/** Installs what is missing, then runs one of our programs under a Node that can run it. */
export async function main(name, given) {
  try {
    const command = commands[name]
    if (!command)
      throw new CannotStart(`There is no "${name}" here. There are: ${Object.keys(commands).join(', ')}.`)
    await installDependencies(root)
    const node = chooseNode(root)
    const environment = {
      ...process.env,
      // Whatever our programs call (npx, the Supabase CLI, a shebang) meets the same Node.
      PATH: [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter),
    }
    if (name === 'test') environment.CHROMIUM = await findBrowser(root, node)
    runAndFollow(node, [...command, ...given], environment)
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

/** Stands in for the program: passes on the wish to stop, and ends as it ends. */
function runAndFollow(node, given, environment) {
  // The channel tells our program when this process is gone, killed or not.
  const child = spawn(node, given, {
    cwd: root,
    env: environment,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // Ctrl-C reaches both of us: it is the program's to answer.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

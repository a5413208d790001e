import { parseArgs } from 'node:util'

export type StartOptions = {
  mode: 'start' | 'dev'
  firstPort: number
  fresh: boolean
  demo: boolean
  dataFolder: string | undefined
}

const usage = 'Usage: npm start -- [--port 3000] [--fresh] [--no-demo] [--data folder]'

/** Reads `npm start -- …`; anything else is answered with what there is. */
export function readOptions([mode, ...given]: string[]): StartOptions {
  const { values } = parse(given)
  const firstPort = Number(values.port)
  if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65_530) {
    throw new Error(`"${values.port}" is no port: a number from 1 to 65530, of the first of six. ${usage}`)
  }
  return {
    mode: mode === 'dev' ? 'dev' : 'start',
    firstPort,
    fresh: values.fresh,
    demo: values.demo,
    dataFolder: values.data,
  }
}

function parse(given: string[]) {
  try {
    return parseArgs({
      args: given,
      options: {
        port: { type: 'string', default: '3000' },
        fresh: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: true },
        data: { type: 'string' },
      },
      allowNegative: true,
    })
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error} ${usage}`)
  }
}

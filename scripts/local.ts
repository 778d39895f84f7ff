import { UsageError } from '../lib/warehouse/errors'
import type { Command } from './cli/main'

interface Options {
  port: number
}

const command: Command<Options> = {
  command: 'local',
  describe: 'Serve the local Redshift until Ctrl-C',
  builder: (yargs) =>
    yargs
      .option('port', {
        type: 'number',
        default: 5439,
        describe: 'where to listen, on 127.0.0.1 only',
      })
      .example('$0 local', 'then: psql -h 127.0.0.1 -p 5439 -U awsuser dev'),
  async handler({ port, json }) {
    checkPort(port)
    const { serveLocalRedshift } = await import('../knexfile.ts')
    const stopped = interrupted()
    const server = await serveLocalRedshift(port)
    const { host, port: on, user, database } = server
    if (json) console.log(JSON.stringify({ host, port: on, user, database }))
    else {
      console.log(
        `The local Redshift serves ${host}:${on}, database ${database}; any user and password will do.`,
      )
      console.log(`  psql -h ${host} -p ${on} -U ${user} ${database}`)
      console.error('Ctrl-C stops it.')
    }
    await stopped
    await server.close()
  },
}

function checkPort(port: number): void {
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return
  throw new UsageError(`--port is ${port}: 1 to 65535 is expected, or 0 for a free one.`)
}

/** Resolves at Ctrl-C, and at a polite request to end. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

export = command

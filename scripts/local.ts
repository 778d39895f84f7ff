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
        describe: 'where to listen, on 127.0.0.1 only; LOCAL_PASSWORD sets a password',
      })
      .example('$0 local', 'then: psql -h 127.0.0.1 -p 5439 -U awsuser dev'),
  async handler({ port, json, output }) {
    checkPort(port)
    const { serveLocalRedshift } = await import('../knexfile.ts')
    await untilInterrupted(async (stopped) => {
      const server = await serveLocalRedshift(port)
      const { host, port: on, user, database, certificate } = server
      if (json) {
        output.document({ host, port: on, user, database, certificate })
        output.endDocument() // whoever asked is to connect while it serves
      } else {
        output.print(`The local Redshift serves ${host}:${on}, database ${database}.`)
        output.print(await whoCanConnect())
        output.print(`With TLS where they ask for it, by the certificate ${certificate}.`)
        output.print(`  psql -h ${host} -p ${on} -U ${user} ${database}`)
        output.tell('Ctrl-C stops it.')
      }
      await stopped
      await server.close()
    })
  },
}

async function whoCanConnect(): Promise<string> {
  const { asksForPassword } = await import('../knexfile.ts')
  return asksForPassword()
    ? 'Whoever knows the password in LOCAL_PASSWORD can connect, as any user.'
    : 'Every account of this machine can connect, as any user, without a password: set LOCAL_PASSWORD to ask for one.'
}

function checkPort(port: number): void {
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return
  throw new UsageError(`--port is ${port}: 1 to 65535 is expected, or 0 for a free one.`)
}

/** Hands `work` a promise that Ctrl-C, or a polite request to end, fulfils. */
async function untilInterrupted(work: (stopped: Promise<void>) => Promise<void>): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  let stop = () => {}
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  for (const signal of signals) process.once(signal, stop)
  try {
    await work(stopped)
  } finally {
    for (const signal of signals) process.off(signal, stop)
  }
}

export = command

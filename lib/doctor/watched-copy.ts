import type { Knex } from 'knex'
import type { ClientBase } from 'pg'
import type { StoredFile } from '../load/ledger'
import type { Source } from '../load/sources'
import { noteCopied, noteCopy } from './attempt'
import type { Finding } from './finding'
import { formatDiagnosis } from './format'
import { silentFaults } from './silent'
import { tell } from './tell'

/**
 * Runs the COPY of files so that the doctor knows of it when it fails; when it succeeds, tells of rows
 * that it passed over, and of what went wrong silently.
 */
export async function watchedCopy(
  transaction: Knex,
  source: Source,
  files: StoredFile[],
  statement: string,
): Promise<void> {
  await noteCopy(transaction, source, files)
  const passedOver = await countingPassedOver(transaction, () => transaction.raw(statement))
  noteCopied(transaction)
  if (passedOver > 0) {
    const rows = passedOver === 1 ? '1 bad row was' : `${passedOver} bad rows were`
    tell(`${source.table}: ${rows} passed over; \`sparkify errors\` shows them.`)
  }
  const findings = await silentFaults(transaction, {
    ...source,
    files,
    isOfLoad: 'loaded_at = sysdate',
  })
  tellOf(source.table, findings)
}

function tellOf(table: string, findings: Finding[]): void {
  if (findings.length > 0) tell(formatDiagnosis({ table, findings }))
}

/** What COPY with MAXERROR says in a notice (r_COPY_command_examples). */
const passedOverWords = /completed, (\d+) record\(s\) could not be loaded/

async function countingPassedOver(
  transaction: Knex,
  copy: () => PromiseLike<unknown>,
): Promise<number> {
  const { client } = transaction as unknown as { client: Knex.Client }
  const connection = (await client.acquireConnection()) as ClientBase
  let count = 0
  const listen = ({ message = '' }: { message: string | undefined }) => {
    count += Number(passedOverWords.exec(message)?.[1] ?? 0)
  }
  connection.on('notice', listen)
  try {
    await copy()
    return count
  } finally {
    connection.off('notice', listen)
  }
}

import type { Knex } from 'knex'
import { type Client, Query, type QueryArrayConfig } from 'pg'

/** A column of a result, as the server describes it. */
export interface Field {
  name: string
  dataTypeID: number
}

/**
 * Runs one query and hands over its rows one by one, as arrays; none is kept. A text of several
 * statements is refused by the server.
 */
export async function eachRow(
  knex: Knex,
  sql: string,
  take: (row: unknown[]) => void,
): Promise<Field[]> {
  const client = knex.client as Knex.Client
  const connection = (await client.acquireConnection()) as Client
  try {
    return await new Promise((resolve, reject) => {
      const query = new Query<unknown[]>(asRows(sql))
      query.on('row', take)
      query.on('error', reject)
      query.on('end', ({ fields }) => resolve(fields))
      connection.query(query)
    })
  } finally {
    await client.releaseConnection(connection)
  }
}

function asRows(text: string): QueryArrayConfig {
  const extended = { queryMode: 'extended' } // which takes one statement only; pg's types leave it out
  return { ...extended, text, rowMode: 'array' }
}

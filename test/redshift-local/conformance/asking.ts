import { Client, type ClientConfig, DatabaseError, type FieldDef, type QueryArrayResult } from 'pg'

/** All that a client is told about one message. */
export interface Answer {
  rows: (string | null)[][]
  columns: string[]
  types: string[]
  tag: string
  notices: string[]
  error?: { sqlstate: string; message: string }
}

/** A session that shows what the text protocol says, without a client's own reading of values. */
export class Asker {
  readonly #client: Client
  #tag = ''
  #notices: string[] = []

  private constructor(config: ClientConfig) {
    const types = { getTypeParser: () => (text: string) => text }
    this.#client = new Client({ ...config, types })
    this.#client.on('error', () => {})
    this.#client.on('notice', ({ message }) => this.#notices.push(message ?? ''))
    // Present in pg 8.23, absent from its types.
    const { connection } = this.#client as unknown as { connection: NodeJS.EventEmitter }
    connection.on('commandComplete', ({ text }: { text: string }) => (this.#tag = text))
  }

  static async connect(config: ClientConfig): Promise<Asker> {
    const asker = new Asker(config)
    await asker.#client.connect()
    return asker
  }

  end(): Promise<void> {
    return this.#client.end()
  }

  /** Sends one message; of several statements in it the answer to the last counts. */
  async ask(sql: string): Promise<Answer> {
    this.#tag = ''
    this.#notices = []
    const answer = { rows: [], columns: [], types: [] }
    try {
      const result = await this.#client.query({ text: sql, rowMode: 'array' })
      const last = [result].flat().at(-1) as QueryArrayResult<(string | null)[]>
      const { rows, fields } = last
      const columns = fields.map(({ name }) => name)
      return { rows, columns, types: fields.map(typeOf), tag: this.#tag, notices: this.#notices }
    } catch (cause) {
      if (!(cause instanceof DatabaseError)) throw cause
      const error = { sqlstate: cause.code ?? '', message: cause.message }
      return { ...answer, tag: '', notices: this.#notices, error }
    }
  }

  /** @throws Error with the statement that is refused */
  async mustDo(sql: string): Promise<void> {
    const { error } = await this.ask(sql)
    if (error) throw new Error(`${error.sqlstate} ${error.message}: ${sql}`)
  }
}

const typeNames: Record<number, string> = {
  16: 'bool',
  18: 'char',
  19: 'name',
  20: 'int8',
  21: 'int2',
  23: 'int4',
  25: 'text',
  26: 'oid',
  700: 'float4',
  701: 'float8',
  705: 'unknown',
  1042: 'bpchar',
  1043: 'varchar',
  1082: 'date',
  1083: 'time',
  1114: 'timestamp',
  1184: 'timestamptz',
  1186: 'interval',
  1266: 'timetz',
  1700: 'numeric',
}

function typeOf({ dataTypeID, dataTypeModifier }: FieldDef): string {
  const name = typeNames[dataTypeID] ?? `type ${dataTypeID}`
  const given = dataTypeModifier - 4
  if (given < 0) return name
  if (name === 'numeric') return `numeric(${given >> 16},${given & 0xffff})`
  return ['bpchar', 'varchar'].includes(name) ? `${name}(${given})` : name
}

/** Whether an error speaks of JavaScript, or of the inside of the server. */
export function isInner(message: string): boolean {
  return inner.test(message)
}

const inner =
  /redshift_catalog|rdsdb|Maximum call stack|Cannot read prop|\bundefined\b|is not (a function|iterable)|Invalid array length|Invalid string length|\[object |PL\/pgSQL|pg_query|node type|libpg|memory access out of bounds/

import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { served } from '../wire/local-redshift'

/** A driver that nobody here wrote: a script in its language, and what that prints. */
interface Driver {
  name: string
  /** How the script is run; undefined where the driver is not installed. */
  command: () => string[] | undefined
  says: string
}

// A version manager's Python may stand before the system's, which has the distribution's drivers.
const python = (driver: string) => (): string[] | undefined => {
  const found = ['python3', '/usr/bin/python3'].find(
    (file) => spawnSync(file, ['-c', `import ${driver}`]).status === 0,
  )
  return found === undefined ? undefined : [found, join(__dirname, `with_${driver}.py`)]
}

const jar = process.env.PGJDBC ?? '/usr/share/java/postgresql.jar'

function pgjdbc(): string[] | undefined {
  const modules = spawnSync('java', ['--list-modules'], { encoding: 'utf8' }).stdout ?? ''
  if (!existsSync(jar) || !modules.includes('jdk.compiler')) return undefined
  return ['java', '-cp', jar, join(__dirname, 'WithPgjdbc.java')]
}

const drivers: Driver[] = [
  {
    name: 'psycopg2',
    command: python('psycopg2'),
    says: `
server: (80002, 'on')
execute: INSERT 0 1
the same back: True
many: [(1271,)]
named cursor: 1271
in: [(7,)]
copy_from: SyntaxError 42601
copy_expert: SyntaxError 42601
error: UndefinedColumn 42703
read-only: [(1,)]
write in it: ReadOnlySqlTransaction 25006
serializable: [(1,)]
encoding: [('é',)]
autocommit: VACUUM
notice: NOTICE:  Table "nothing" does not exist and will be skipped
reset: None
`,
  },
  {
    name: 'psycopg 3',
    command: python('psycopg'),
    says: `
encoding: utf-8
execute %s: INSERT 0 1
execute %b: INSERT 0 1
the same back: True
the same back in binary: True
prepared: (Decimal('12.3400'),)
named cursor: (20, 32)
pipeline: ((1,), (2,))
stream: 52
copy: SyntaxError 42601
transaction: [(52,)]
read-only: [(1,)]
autocommit: VACUUM
error: UndefinedColumn 42703
`,
  },
  {
    name: 'asyncpg',
    command: python('asyncpg'),
    says: `
create: CREATE TABLE
execute: INSERT 0 1
fetch: <Record id=1 song='é' at=datetime.datetime(2018, 11, 15, 0, 30, 26, 796000) n=Decimal('1.50')>
executemany: None
cursor: 31
copy: PostgresSyntaxError 42601
reset: None
`,
  },
  {
    name: 'redshift_connector',
    command: python('redshift_connector'),
    says: `
format: 1
qmark: 1
numeric: 1
named: 1
pyformat: 1
the same back: True
executemany: 10
fetchmany: ([0], 5)
get_schemas: True
get_catalogs: [['dev']]
get_tables: ['heard']
get_columns: ['id', 'song', 'day', 'at', 'b', 'n', 'x', 't']
get_primary_keys: 0
get_procedures: True
insert_data_bulk: 3
fetch_dataframe: (3, 2)
error: ProgrammingError 42P01
autocommit: -1
`,
  },
  {
    name: 'pgjdbc',
    command: pgjdbc,
    says: `
server: 8.0.2
getTables: [heard]
getColumns: [int8, varchar, date, timestamp, bool, numeric, float8, timestamptz]
getPrimaryKeys: [id]
getIndexInfo: true
getImportedKeys: []
getSchemas: true
getTypeInfo: true
getFunctions: true
getCatalogs: [dev]
batch: 20
the same back: [3 é\\3 2018-11-15 2018-11-15T00:30:26.796 false -1234.5600 1.5 2018-11-15T00:30:26Z]
types of columns: varchar20 numeric18.4
generated keys: SQLException 42601
fetch size: 20
savepoint: SQLException 0A000
read-only: SQLException 25006
schema: public
several results: [2]
valid: true
cancel: SQLException 57014
COPY: SQLException 42601
`,
  },
]

describe('drivers', () => {
  const redshift = served()

  for (const { name, command, says } of drivers) {
    it(`${name} gets what it asks for`, async function () {
      const words = command()
      if (words === undefined) this.skip()
      const first = await redshift.client({ ssl: { rejectUnauthorized: false } }) // which has the certificate made
      await first.end()
      expect((await said(words)).split('\n')).to.deep.equal(says.trimStart().split('\n'))
    }).timeout(120_000)
  }

  /** What a script prints; its complaints too, where it does not come to its end. */
  async function said([file = '', ...words]: string[]): Promise<string> {
    const { port, certificate } = redshift.server
    const tls = `sslmode=verify-full&sslrootcert=${certificate}`
    const url = `jdbc:postgresql://localhost:${port}/dev?${tls}`
    const env = { ...process.env, PORT: String(port), SSL_CERT_FILE: certificate }
    const child = spawn(file, [...words, url], { env })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const status = await new Promise((resolve) => child.once('close', resolve))
    return status === 0 ? stdout : stdout + stderr
  }
})

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { expect } from 'chai'
import type { Client, DatabaseError } from 'pg'
import { startS3rver } from '../../s3rver'
import { served } from './local-redshift'

interface Example {
  is: string
  query?: string
  options?: string
  /** What PARALLEL OFF writes. */
  file: string
}

const examples: Example[] = [
  {
    is: 'has pipes between the fields',
    query: "select 1, 'x', 2.50::numeric(5,2)",
    file: '1|x|2.50\n',
  },
  {
    is: 'writes values as Redshift prints them',
    query: `select true, false, date '2020-01-31', timestamp '2020-01-31 10:00:00.5', 1.5::float8, 'a'::char(3)`,
    file: 't|f|2020-01-31|2020-01-31 10:00:00.5|1.5|a\n',
  },
  { is: 'has nothing for NULL', query: "select null::int, '', 1", file: '||1\n' },
  {
    is: 'has what NULL AS says',
    query: "select null::int, '', 1",
    options: "null as 'nil'",
    file: 'nil||1\n',
  },
  { is: 'has another delimiter', options: "delimiter as ','", file: '1,a|b\n2,\n' },
  { is: 'has a tab', options: String.raw`delimiter '\t'`, file: '1\ta|b\n2\t\n' },
  { is: 'has a header', options: 'header', file: 'id|name\n1|a|b\n2|\n' },
  { is: 'has quotation marks with ADDQUOTES', options: 'addquotes', file: '"1"|"a|b"\n"2"|""\n' },
  {
    is: 'has backslashes with ESCAPE',
    options: 'escape',
    query: String.raw`select 'a|b', 'c\\d', chr(10) || chr(13) || '"'`,
    file: 'a\\|b|c\\\\d|\\\n\\\r"\n',
  },
  {
    is: 'has them before quotation marks, too',
    options: 'escape addquotes',
    query: `select 'a"b''c'`,
    file: `"a\\"b\\'c"\n`,
  },
  {
    is: 'writes CSV',
    options: 'csv',
    query: `select 1, 'a "b"', 'c,d', 'e' || chr(10) || 'f', 'g', null`,
    file: '1,"a ""b""","c,d","e\nf",g,\n',
  },
  {
    is: 'writes CSV with a delimiter and a header',
    options: "format as csv delimiter '|' header",
    query: `select 'a|b' as "x|y"`,
    file: '"x|y"\n"a|b"\n',
  },
  {
    is: 'writes JSON',
    options: 'format json',
    query: `select 1 as id, 2.50 as price, 'a "b" \\\\ ü' as name, true as ok, null::int as none, date '2020-01-31' as day, 'NaN'::float8 as odd`,
    file: '{"id":1,"price":2.50,"name":"a \\"b\\" \\\\ ü","ok":"t","none":null,"day":"2020-01-31","odd":"NaN"}\n',
  },
  {
    is: 'writes fields of fixed width',
    options: "fixedwidth as '0:3,1:4'",
    query: "select 1, 'äb' union all select null, 'abcd' order by 2",
    file: '   abcd\n1  äb  \n',
  },
  { is: 'takes a query in dollars', query: '$$', file: "1|it's\n" },
]

describe('UNLOAD', () => {
  const redshift = served()
  let client: Client
  let notices: string[]

  before(async () => {
    mkdirSync(join(redshift.buckets, 'lake'), { recursive: true })
    client = await redshift.client()
    await client.query(
      `create table t (id int, name varchar(20)); insert into t values (1, 'a|b'), (2, null)`,
    )
    await client.query('create table many (id int, name varchar(60))')
    await client.query("insert into many values (0, 'x')")
    for (let rows = 1; rows < 300_000; rows *= 2)
      await client.query(`insert into many select id + ${rows}, repeat('x', 50) from many`)
  })
  beforeEach(async () => {
    client = await redshift.client()
    notices = []
    client.on('notice', ({ message }) => notices.push(message ?? ''))
  })

  const filesIn = (folder: string) => {
    const path = join(redshift.buckets, folder)
    if (!existsSync(path)) return {}
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
    return Object.fromEntries(
      names.flatMap((name) => {
        try {
          const bytes = readFileSync(join(path, name))
          return [[name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()]]
        } catch {
          return []
        }
      }),
    ) as Record<string, string>
  }

  const unload = async (folder: string, query: string, options = '') => {
    const text = query.startsWith('$$')
      ? query
      : `'${query.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
    return client.query(`unload (${text}) to 's3://lake/${folder}' iam_role default ${options}`)
  }
  const refusal = (folder: string, query: string, options = '') =>
    unload(folder, query, options).then(
      () => expect.fail('it was not refused'),
      (error: DatabaseError) => error,
    )

  examples.forEach(({ is, query = 'select id, name from t order by id', options, file }, at) =>
    it(is, async () => {
      const text = query === '$$' ? "$$select 1, 'it''s';$$" : query
      await unload(`each/${at}/`, text, `parallel off ${options ?? ''}`)
      const kind = options?.includes('json') ? '.json' : ''
      expect(filesIn(`lake/each/${at}`)).to.deep.equal({ [`000${kind}`]: file })
    }),
  )

  it('tells how many rows it wrote', async () => {
    const result = await unload('told/', 'select * from t')
    expect(result.command).to.equal('UNLOAD')
    expect(notices).to.deep.equal(['UNLOAD completed, 2 record(s) unloaded successfully.'])
    const { rows } = await client.query(
      `select trim(path) as path, line_count, transfer_size, trim(file_format) as format from stl_unload_log
       where query = pg_last_unload_id() order by path`,
    )
    expect(rows).to.deep.equal([
      { path: 's3://lake/told/0000_part_00', line_count: '1', transfer_size: '6', format: 'Text' },
      { path: 's3://lake/told/0001_part_00', line_count: '1', transfer_size: '3', format: 'Text' },
    ])
    const history = await client.query(
      `select status, file_format, compression_type, unloaded_location, unloaded_rows, unloaded_files_count,
         unloaded_files_size, pg_last_unload_count() from sys_unload_history where query_id = pg_last_unload_id()`,
    )
    expect(Object.values(history.rows[0] as object)).to.deep.equal([
      ...['completed', 'Text', 'none', 's3://lake/told/', '2', '2', '9', '2'],
    ])
  })

  it('answers -1 and 0 where nothing was unloaded', async () => {
    const { rows } = await client.query('select pg_last_unload_id(), pg_last_unload_count()')
    expect(rows).to.deep.equal([{ pg_last_unload_id: -1, pg_last_unload_count: '0' }])
  })

  it('writes a file for each slice, and no file without rows', async () => {
    await unload('slices/p_', 'select * from t')
    expect(Object.keys(filesIn('lake/slices'))).to.deep.equal(['p_0000_part_00', 'p_0001_part_00'])
    await unload('none/', 'select * from t where false', 'header manifest')
    expect(filesIn('lake/none')).to.deep.equal({ manifest: '{\n  "entries": []\n}\n' })
  })

  it('names files by their compression and extension', async () => {
    await unload('gz/', 'select 1', 'gzip')
    await unload('ext/', 'select 1', "gzip extension 'txt.gz' parallel off")
    await unload('json/', 'select 1 as a', 'json gzip parallel false')
    expect(filesIn('lake/gz')).to.deep.equal({ '0000_part_00.gz': '1\n' })
    expect(filesIn('lake/ext')).to.deep.equal({ '000.txt.gz': '1\n' })
    expect(filesIn('lake/json')).to.deep.equal({ '000.json.gz': '{"a":1}\n' })
  })

  it('writes a manifest that COPY takes', async () => {
    await unload('listed/', 'select * from t', "manifest verbose header parallel off null as '@'")
    expect(JSON.parse(filesIn('lake/listed')['manifest']!)).to.deep.equal({
      entries: [{ url: 's3://lake/listed/000', meta: { content_length: 18, record_count: 3 } }],
      schema: {
        elements: [
          { name: 'id', type: { base: 'integer' } },
          { name: 'name', type: { base: 'character varying', max_length: 20 } },
        ],
      },
      meta: { content_length: 18, record_count: 3 },
      author: { name: 'Amazon Redshift', version: '1.0.0' },
    })
    await unload('again/', 'select * from t', 'manifest escape')
    await client.query('create table back (like t)')
    await client.query(`copy back from 's3://lake/again/manifest' iam_role default manifest escape`)
    const { rows } = await client.query('select * from back order by id')
    expect(rows).to.deep.equal([
      { id: 1, name: 'a|b' },
      { id: 2, name: '' },
    ])
  })

  it('makes a folder for each partition', async () => {
    const query = `select 1 as id, 'a/b' as kind union all select 2, null union all select 3, 'a/b'`
    await unload('parts', query, 'partition by (kind) parallel off manifest header')
    expect(filesIn('lake/parts')).to.deep.include({
      'kind=__HIVE_DEFAULT_PARTITION__/000': 'id\n2\n',
      'kind=a%2Fb/000': 'id\n1\n3\n',
    })
    expect(Object.keys(filesIn('lake/parts'))).to.include('manifest')
    await unload('inside/', query, 'partition by (kind) include csv parallel off')
    expect(filesIn('lake/inside')['kind=a%2Fb/000']).to.equal('1,a/b\n3,a/b\n')
    expect((await refusal('x/', query, 'partition by (kind, id)')).message).to.match(/leave one/)
    expect((await refusal('x/', query, 'partition by (other)')).code).to.equal('42703')
  })

  it('overwrites nothing unless it may', async () => {
    await unload('kept/', 'select 1')
    expect((await refusal('kept/', 'select 2')).message).to.match(
      /^Specified unload destination on S3 is not empty\. Consider .* ALLOWOVERWRITE option\.$/,
    )
    expect((await refusal('kept', 'select 2')).code).to.equal('XX000')
    expect(filesIn('lake/kept')).to.deep.equal({ '0000_part_00': '1\n' })
    await unload('kept/', 'select 2', 'allowoverwrite')
    expect(filesIn('lake/kept')).to.deep.equal({ '0000_part_00': '2\n' })
    await unload('kept/', 'select 3', 'cleanpath parallel off')
    expect(filesIn('lake/kept')).to.deep.equal({ '000': '3\n' })
    await refusal('kept/', 'select 1/0', 'cleanpath')
    expect((await refusal('kept/', 'select 4', 'cleanpath allowoverwrite')).code).to.equal('42601')
  })

  it('refuses what is no query of its own', async () => {
    expect(await refusal('q/', 'select * from t limit 1')).to.include({
      code: '0A000',
      message: 'Limit clause is not supported',
    })
    expect((await refusal('q/', 'delete from t')).message).to.equal(
      'syntax error at or near "delete"',
    )
    expect((await refusal('q/', 'select 1; select 2')).code).to.equal('42601')
    expect((await refusal('q/', 'select * into n from t')).code).to.equal('42601')
    expect((await refusal('q/', 'select * from nowhere')).code).to.equal('42P01')
    expect((await refusal('q/', 'select 1 as a, 2 as a', 'json')).code).to.equal('42701')
    expect((await refusal('q/', "select 'abc'", "fixedwidth 'a:2'")).message).to.match(
      /longer than its FIXEDWIDTH of 2/,
    )
    await unload('q/', 'select * from (select * from t limit 1) as one where id = 9')
    expect(filesIn('lake/q')).to.deep.equal({})
  })

  it('sees what its transaction did, and takes part in its failure', async () => {
    await client.query('begin')
    await client.query("insert into t values (7, 'mine')")
    await unload('block/', 'select name from t where id = 7')
    await refusal('block2/', 'select nothing')
    expect(await client.query('select 1').catch((error: DatabaseError) => error.code)).to.equal(
      '25P02',
    )
    await client.query('rollback')
    expect(filesIn('lake/block')).to.deep.equal({ '0000_part_00': 'mine\n' })
  })

  it('writes many rows, to files of the size that is asked for', async () => {
    await unload('many/', 'select id, name from many order by id', 'parallel off maxfilesize 5 mb')
    const files = Object.values(filesIn('lake/many'))
    expect(files.length).to.equal(6)
    for (const file of files) expect(file.length).to.be.at.most(5 * 1024 * 1024)
    const ids = files.flatMap((file) => file.split('\n').slice(0, -1)).map(Number.parseFloat)
    expect(ids.length).to.equal(524_288)
    expect(ids.every((id, at) => id === at)).to.equal(true)
  })

  it('leaves nothing when it is cancelled', async () => {
    const raw = await redshift.raw()
    const sql = 'select a.id from many a, many b'
    const told = raw.query(`unload ('${sql}') to 's3://lake/cancelled/' iam_role default`)
    while (!existsSync(join(redshift.buckets, 'lake/cancelled'))) await setTimeout(5)
    await redshift.cancel(raw)
    expect(await told).to.deep.equal([
      `E ERROR 57014 Query (${raw.pid}) cancelled on user's request`,
      'Z I',
    ])
    expect(filesIn('lake/cancelled')).to.deep.equal({})
    await redshift.until(`select 1 from redshift_catalog.unload_history where status = 'aborted'`)
  })

  it('leaves nothing when its query fails behind some rows', async () => {
    const { code } = await refusal(
      'failed/',
      'select 1 / (400000 - id) from many order by id',
      'gzip',
    )
    expect(code).to.equal('22012')
    expect(filesIn('lake/failed')).to.deep.equal({})
  })

  it('tells why a bucket takes nothing', async () => {
    writeFileSync(join(redshift.buckets, 'lake', 'file'), '')
    const { message } = await refusal('file/x/', 'select 1')
    expect(message).to.match(/cannot be read or written: ENOTDIR/)
  })

  describe('to S3', () => {
    const directory = mkdtempSync(join(tmpdir(), 's3rver-'))
    const keys = "access_key_id 'S3RVER' secret_access_key 'S3RVER' region 'us-east-1'"
    let server: ChildProcess

    before(async () => {
      const started = await startS3rver(directory)
      server = started.server
      process.env.AWS_ENDPOINT_URL = started.url
      const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
      const s3 = new S3Client({ endpoint: started.url, region: 'us-east-1', credentials })
      await s3.send(new CreateBucketCommand({ Bucket: 'far' }))
    })
    after(async () => {
      delete process.env.AWS_ENDPOINT_URL
      server.kill()
      await once(server, 'exit')
      rmSync(directory, { recursive: true })
    })

    it('writes what COPY reads', async () => {
      const to = (query: string, options: string) =>
        client.query(`unload ('${query}') to 's3://far/t/' ${keys} ${options}`)
      await to('select * from many where id < 20000', 'gzip manifest')
      await client.query('create table from_far (like many)')
      await client.query(`copy from_far from 's3://far/t/manifest' ${keys} gzip manifest`)
      const { rows } = await client.query(
        'select count(*), count(distinct id) as ids from from_far',
      )
      expect(rows).to.deep.equal([{ count: '20000', ids: '20000' }])
      const error = await to('select 1', '').catch((refused: DatabaseError) => refused)
      expect((error as DatabaseError).message).to.match(/destination on S3 is not empty/)
      await to('select 1', 'cleanpath')
      await client.query('create table small (id int)')
      await client.query(`copy small from 's3://far/t/' ${keys}`)
      expect((await client.query('select * from small')).rows).to.deep.equal([{ id: 1 }])
    })
  })

  it('runs by the extended protocol, too', async () => {
    const sql = `unload ('select * from t') to 's3://lake/extended/' iam_role default`
    await client.query({ name: 'u', text: sql, values: [] })
    expect(Object.keys(filesIn('lake/extended'))).to.have.length(2)
    const again = await client
      .query({ name: 'u', text: sql, values: [] })
      .catch((error: DatabaseError) => error)
    expect(again).to.be.instanceOf(Error)
    expect((await client.query('select 1 as a')).rows).to.deep.equal([{ a: 1 }])
  })
})

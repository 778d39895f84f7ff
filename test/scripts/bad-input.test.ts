import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Variables, useCommands } from './command'

const event = {
  artist: 'Björk',
  auth: 'Logged In',
  firstName: 'Ada',
  gender: 'F',
  itemInSession: 0,
  lastName: 'Lovelace',
  length: 248.5,
  level: 'free',
  location: 'London',
  method: 'PUT',
  page: 'NextSong',
  registration: 1540919166796.0,
  sessionId: 38,
  song: 'Jóga',
  status: 200,
  ts: 1541105830796,
  userAgent: '"Mozilla/5.0"',
  userId: '39',
}

const song = {
  num_songs: 1,
  artist_id: 'AR1',
  artist_latitude: null,
  artist_longitude: null,
  artist_location: '',
  artist_name: 'Björk',
  song_id: 'SO1',
  title: 'Jóga',
  duration: 248.5,
  year: 1997,
}

const paths = Object.keys(event).map((key) => `$['${key}']`)
const line = (change: object) => JSON.stringify({ ...event, ...change })

describe('bad input', () => {
  const commands = useCommands()
  const good: Variables = {
    LOG_DATA: 's3://good/logs',
    SONG_DATA: 's3://good/songs',
    LOG_JSONPATH: 's3://good/paths.json',
  }
  const run = (variables: Variables) => commands.sparkify(['run'], { ...good, ...variables })
  let before_: Record<string, unknown>

  before(async () => {
    await commands.keepEngine()
    commands.put('good/logs/1.json', [0, 1, 2].map((i) => line({ itemInSession: i })).join('\n'))
    commands.put('good/songs/1.json', JSON.stringify(song))
    commands.put('good/paths.json', JSON.stringify({ jsonpaths: paths }))
    const { code, stderr } = await run({})
    expect(code, stderr).to.equal(0)
    before_ = await commands.contents()
    expect(before_.songplays).to.match(/^3 /)
  })

  afterEach(async () => {
    expect(await commands.contents(), 'the warehouse is as before').to.deep.equal(before_)
  })

  describe('in settings', () => {
    it('is told all at once, with exit code 2', async () => {
      const { code, stdout, stderr } = await run({
        LOG_DATA: 's3:/logs',
        LOG_JSONPATH: 'paths.json',
        S3_REGION: 'Oregon',
        IAM_ROLE_ARN: 'admin',
        REDSHIFT_PORT: '99999',
      })
      expect(code).to.equal(2)
      expect(stdout).to.equal('')
      expect(stderr.trimEnd().split('\n')).to.deep.equal([
        '5 settings are wrong:',
        `  LOG_DATA is "s3:/logs": the s3:// URL of a folder of event files, s3://bucket/log_data is expected; it begins with s3://`,
        `  LOG_JSONPATH is "paths.json": the s3:// URL of a JSONPaths file, s3://bucket/log_json_path.json is expected; it begins with s3://`,
        `  S3_REGION is "Oregon": an AWS region, us-west-2 is expected`,
        `  IAM_ROLE_ARN is "admin": the ARN of a role, arn:aws:iam::123456789012:role/name is expected`,
        `  REDSHIFT_PORT is "99999": a port, 1 to 65535 is expected`,
        'Set them in .env (.env.example shows how) or in the environment.',
      ])
    })

    it('is also what production needs and nobody has set', async () => {
      const { code, stderr } = await commands.sparkify(['run', '--env', 'production'])
      expect(code).to.equal(2)
      for (const name of ['LOG_DATA', 'REDSHIFT_HOST', 'AWS_REGION', 'REDSHIFT_CLUSTER']) {
        expect(stderr).to.contain(`${name} is not set: `)
      }
    })

    it('never shows a secret', async () => {
      const REDSHIFT_PASSWORD = 'correct horse\nbattery staple'
      const production = { REDSHIFT_PASSWORD, REDSHIFT_USER: 'ada', REDSHIFT_HOST: '127.0.0.1' }
      const wrong = await commands.sparkify(['run', '--env', 'production'], {
        ...production,
        LOG_DATA: 'nowhere',
      })
      expect(wrong.code).to.equal(2)
      const away = await commands.sparkify(['sql', 'select 1', '--env', 'production'], {
        ...good,
        ...production,
        REDSHIFT_PORT: '1',
      })
      expect(away.code, away.stderr).to.equal(4)
      expect(away.stderr).to.match(/^connect ECONNREFUSED 127\.0\.0\.1:1\nNothing answers there\./)
      for (const { stdout, stderr } of [wrong, away]) {
        expect(stdout + stderr).to.not.match(/horse|battery/)
      }
    })

    it('is told by knex as well', async () => {
      const { code, stderr } = await commands.knex(['seed:run'], { ...good, LOG_DATA: 'here' })
      expect(code).to.equal(1)
      expect(stderr).to.contain('LOG_DATA is "here": the s3:// URL of a folder')
    })
  })

  describe('in S3 ends with exit code 3:', () => {
    const cases: [title: string, variables: Variables, said: string | RegExp][] = [
      [
        'a bucket that is missing',
        { LOG_DATA: 's3://nowhere/logs' },
        /^Bucket "nowhere" is neither a folder in .*buckets nor to be read from Amazon S3/m,
      ],
      [
        'a prefix that is missing',
        { SONG_DATA: 's3://good/albums' },
        "The specified S3 prefix 'albums/' does not exist",
      ],
      [
        'a JSONPaths file that is missing',
        { LOG_DATA: 's3://bad/logs', LOG_JSONPATH: 's3://good/path.json' },
        'S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey',
      ],
      [
        'a JSONPaths file with a path too few',
        { LOG_DATA: 's3://bad/logs', LOG_JSONPATH: 's3://bad/short.json' },
        'Number of jsonpaths and the number of columns should match. JSONPath size: 17, ' +
          'Number of columns in table or column list: 18',
      ],
      [
        'a JSONPaths file that is cut',
        { LOG_DATA: 's3://bad/logs', LOG_JSONPATH: 's3://bad/cut.json' },
        /json/i,
      ],
    ]
    before(() => {
      commands.put('bad/short.json', JSON.stringify({ jsonpaths: paths.slice(1) }))
      commands.put('bad/cut.json', '{"jsonpaths": ["$.artist",')
      commands.put('bad/logs/1.json', line({ itemInSession: 8 }))
    })

    for (const [title, variables, said] of cases) {
      it(title, async () => {
        const { code, stdout, stderr } = await run(variables)
        expect(code, stderr).to.equal(3)
        expect(stdout).to.equal('')
        if (typeof said === 'string') expect(stderr).to.contain(`\n${said}`)
        else expect(stderr).to.match(said)
        expect(stderr).to.not.match(/^ +at /m)
      })
    }
  })

  describe('in a file ends with exit code 3, and a row in stl_load_errors:', () => {
    const cases: [title: string, text: string, code: number, column: string, said: RegExp][] = [
      ['a line that is not JSON', 'GET /index.html', 1216, '', /^Invalid/],
      [
        'a line that is cut in the middle',
        line({}).slice(0, 200),
        1216,
        '',
        /^Object is not complete/,
      ],
      [
        'a number that is none',
        line({ ts: 'abc' }),
        1207,
        'ts',
        /^Invalid digit, Value 'a', Pos 0, Type: Long$/,
      ],
      [
        'a text that is too long',
        line({ song: 'x'.repeat(2000) }),
        1204,
        'song',
        /^String length exceeds DDL length$/,
      ],
      [
        'a text with too many bytes',
        line({ song: 'é'.repeat(513) }),
        1204,
        'song',
        /^String length exceeds DDL length$/,
      ],
      [
        'a value that has to be there',
        line({ page: undefined }),
        1213,
        'page',
        /^Missing data for not-null field$/,
      ],
    ]

    for (const [index, [title, text, errCode, column, said]] of cases.entries()) {
      it(title, async () => {
        commands.put(`case${index}/logs/1.json`, line({ itemInSession: 9 }))
        commands.put(`case${index}/logs/2.json`, `${line({ itemInSession: 10 })}\n${text}`)
        const { code, stdout, stderr } = await run({ LOG_DATA: `s3://case${index}/logs` })
        expect(code, stderr).to.equal(3)
        expect(stdout).to.equal('')
        expect(stderr.trimEnd().split('\n').at(-1)).to.equal(
          "Load into table 'staging_events' failed.  Check 'stl_load_errors' system table for details.",
        )
        const [row] = await commands.rows(`
          select rtrim(filename) as filename, line_number::int as line, rtrim(colname) as colname,
            err_code as code, rtrim(err_reason) as reason
          from stl_load_errors order by starttime desc, query desc limit 1`)
        expect(row).to.include({ line: 2, colname: column, code: errCode })
        expect(row!.filename).to.equal(`s3://case${index}/logs/2.json`)
        expect(row!.reason).to.match(said)
      })
    }

    it('while an empty file beside good ones is no fault', async () => {
      commands.put('empty/logs/0.json', '')
      commands.put('empty/logs/1.json', [0, 1, 2].map((i) => line({ itemInSession: i })).join('\n'))
      commands.put('empty/logs/2.json', '')
      const { code, stderr } = await run({ LOG_DATA: 's3://empty/logs' })
      expect(code, stderr).to.equal(0)
      const undone = await commands.sparkify(['undo'])
      expect(undone.code, undone.stderr).to.equal(0)
    })
  })

  describe('of the machine ends with exit code 4:', () => {
    it('a port that is taken', async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as AddressInfo
      const { code, stdout, stderr } = await commands.sparkify(['local', `--port=${port}`])
      other.close()
      expect(code).to.equal(4)
      expect(stdout).to.equal('')
      expect(stderr).to.equal(
        `The local Redshift cannot listen on 127.0.0.1:${port}: port ${port} is taken by another ` +
          'program. Choose another with --port.\n',
      )
    })

    it('a cluster that hangs up at sign-in', async () => {
      const cluster = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
      await once(cluster, 'listening')
      const { port } = cluster.address() as AddressInfo
      const { code, stdout, stderr } = await commands.sparkify(
        ['sql', 'select 1', '--env', 'production'],
        {
          ...good,
          REDSHIFT_HOST: '127.0.0.1',
          REDSHIFT_PORT: String(port),
          REDSHIFT_USER: 'ada',
          REDSHIFT_PASSWORD: 'Lovelace1815',
        },
      )
      cluster.close()
      expect(code, stderr).to.equal(4)
      expect(stdout).to.equal('')
      expect(stderr).to.match(/^Connection terminated unexpectedly\nThe server hung up\. [^\n]+\n$/)
    })

    it('a data folder that cannot be written', async () => {
      mkdirSync(commands.folder, { recursive: true })
      writeFileSync(join(commands.folder, 'file'), '')
      for (const words of [['sql', 'select 1', '--json'], ['run'], ['local', '--port=0']]) {
        const { code, stdout, stderr } = await commands.sparkify(words, {
          ...good,
          LOCAL_WAREHOUSE: join(commands.folder, 'file', 'warehouse'),
        })
        expect(code, stderr).to.equal(4)
        expect(stdout).to.match(words.includes('--json') ? /^\{"results":\[\],"error":/ : /^$/)
        expect(stderr).to.match(
          /^The data folder of the local Redshift, .*warehouse, cannot be written \(.*\)\. .*LOCAL_WAREHOUSE.*\n$/,
        )
      }
    })
  })
})

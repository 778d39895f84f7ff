import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { CopyProgress } from '../../../redshift-local/copy/load'
import { buckets, copy, failure } from './copying'

const auto = `iam_role default json 'auto'`
const columns = ['id integer', 'name character varying(10)']

describe('COPY', () => {
  const { folder, put } = buckets()

  it('loads every object whose key begins with the prefix, in byte order', async () => {
    put('order/p', '{"id":1}')
    put('order/p.bak', '{"id":2}')
    put('order/p.d/a', '{"id":3}')
    put('order/p0', '{"id":4}')
    put('order/other', '{"id":5}')
    const { lines, files } = await copy(folder, `'s3://order/p' ${auto}`, ['id integer'])
    expect(lines).to.deep.equal(['1', '2', '3', '4'])
    expect(files.map(({ name }) => name)).to.deep.equal(
      ['p', 'p.bak', 'p.d/a', 'p0'].map((key) => `s3://order/${key}`),
    )
    expect(files[0]).to.deep.equal({ name: 's3://order/p', bytes: 8, lines: 1 })
  })

  describe("with JSON 'auto'", () => {
    it('takes columns by their names, in lower case', async () => {
      put('auto/f', '{"name":"x","id":1,"more":[]}\n{"ID":2,"Name":"y"}\n{}')
      const { lines } = await copy(folder, `'s3://auto/f' ${auto}`, columns)
      expect(lines).to.deep.equal(['1\tx', '\\N\t\\N', '\\N\t\\N'])
    })

    it('takes them in any case with ignorecase', async () => {
      put('auto/f', '{"ID":2,"Name":"y"}\n{"id":1,"NAME":[1, 2]}')
      const sql = `'s3://auto/f' iam_role default json 'auto ignorecase'`
      expect((await copy(folder, sql, columns)).lines).to.deep.equal(['2\ty', '1\t[1,2]'])
    })

    it('does not take arrays', async () => {
      put('auto/f', '[{"id":1}]')
      const { errors, failed } = await copy(folder, `'s3://auto/f' ${auto}`, columns)
      expect(failed).to.equal(true)
      expect(errors[0]).to.include({
        errCode: 1216,
        errReason: 'Invalid JSONPath format: Member is not an object.',
        colname: 'id',
      })
    })

    it('leaves the columns out that the list leaves out', async () => {
      put('auto/f', '{"id":1,"name":"x"}')
      const sql = `copy t (name) from 's3://auto/f' ${auto}`
      expect((await copy(folder, sql, columns)).lines).to.deep.equal(['x'])
    })
  })

  describe('with a JSONPaths file', () => {
    const sql = `'s3://paths/data/' iam_role default json 's3://paths/p.json'`

    before(() => put('paths/data/f', '{"a":{"id":7},"l":["x","y"]}'))

    it('takes columns by its paths', async () => {
      put('paths/p.json', `{"jsonpaths": ["$['a']['id']", "$['l'][1]"]}`)
      expect((await copy(folder, sql, columns)).lines).to.deep.equal(['7\ty'])
    })

    it('needs as many paths as columns', async () => {
      put('paths/p.json', `{"jsonpaths": ["$.a"]}`)
      expect((await failure(copy(folder, sql, columns))).message).to.equal(
        'Number of jsonpaths and the number of columns should match. JSONPath size: 1, ' +
          'Number of columns in table or column list: 2',
      )
    })

    it('needs the file', async () => {
      const missing = copy(folder, sql.replace('p.json', 'q.json'), columns)
      expect((await failure(missing)).message).to.match(/^S3ServiceException:The specified key/)
    })

    it("uses 'auto' where the file has no jsonpaths", async () => {
      put('paths/p.json', `{"paths": []}`)
      expect((await copy(folder, sql, columns)).lines).to.deep.equal(['\\N\t\\N'])
    })
  })

  describe('with bad rows', () => {
    const text =
      '{"id":1,"name":"a"}\n{"id":"x"}\n{"id":9,\n{"id":2,"name":"12345678901"}\n{"id":3}\n'
    before(() => put('bad/f', text))

    it('fails on the first', async () => {
      const { failed, errors, rejected } = await copy(folder, `'s3://bad/f' ${auto}`, columns)
      expect({ failed, rejected }).to.deep.equal({ failed: true, rejected: 1 })
      expect(errors).to.deep.equal([
        {
          filename: 's3://bad/f',
          lineNumber: 2,
          colname: 'id',
          type: 'int4',
          colLength: '0',
          position: 0,
          rawLine: '{"id":"x"}',
          rawFieldValue: 'x',
          errCode: 1207,
          errReason: "Invalid digit, Value 'x', Pos 0, Type: Integer",
        },
      ])
    })

    it('goes on until it reaches MAXERROR', async () => {
      const good = await copy(folder, `'s3://bad/f' ${auto} maxerror 4`, columns)
      expect(good).to.deep.include({
        failed: false,
        rejected: 3,
        rows: 2,
        lines: ['1\ta', '3\t\\N'],
      })
      expect(good.errors.map(({ errCode, lineNumber }) => [lineNumber, errCode])).to.deep.equal([
        [2, 1207],
        [4, 1216],
        [4, 1204],
      ])
      for (const maxError of [0, 1, 2, 3]) {
        const bad = await copy(folder, `'s3://bad/f' ${auto} maxerror ${maxError}`, columns)
        expect(bad).to.include({ failed: true, rejected: Math.max(1, maxError) })
      }
    })

    it('logs a hundred of them, and counts all', async () => {
      put('bad/many', '{"id":"x"}\n'.repeat(500))
      const { rejected, errors } = await copy(
        folder,
        `'s3://bad/many' ${auto} maxerror 501`,
        columns,
      )
      expect([rejected, errors.length]).to.deep.equal([500, 100])
    })

    it('logs what it can show of them', async () => {
      put(
        'bad/long',
        Buffer.concat([
          Buffer.from(`{"name":"${'é'.repeat(2000)}`),
          Buffer.from([0xff, 0x22, 0x7d]),
        ]),
      )
      const { errors } = await copy(folder, `'s3://bad/long' ${auto}`, columns)
      expect(Buffer.byteLength(errors[0]!.rawLine)).to.be.within(1020, 1024)
      expect(Buffer.byteLength(errors[0]!.rawFieldValue)).to.be.within(1020, 1024)
    })
  })

  describe('with GZIP', () => {
    const sql = `'s3://gz/f' ${auto} gzip`

    it('reads compressed files, of several members too', async () => {
      put('gz/f', Buffer.concat([gzipSync('{"id":1}\n{"i'), gzipSync('d":2}')]))
      const { lines, bytes } = await copy(folder, sql, ['id integer'])
      expect(lines).to.deep.equal(['1', '2'])
      expect(bytes).to.be.greaterThan(40)
    })

    it('refuses what is not GZIP, or cut off', async () => {
      for (const content of [
        Buffer.from('{"id":1}'),
        gzipSync('{"id":1}'.repeat(100)).subarray(0, 30),
      ]) {
        put('gz/f', content)
        const error = await failure(copy(folder, sql, ['id integer']))
        expect(error).to.have.property('sqlstate', 'XX000')
        expect(error.message).to.match(/^s3:\/\/gz\/f is not a valid GZIP file/)
      }
    })

    it('takes an empty file for no rows', async () => {
      put('gz/f', '')
      expect((await copy(folder, sql, ['id integer'])).rows).to.equal(0)
    })
  })

  describe('with MANIFEST', () => {
    const sql = `'s3://m/manifest' ${auto} manifest`
    const load = (...entries: object[]) => {
      put('m/manifest', JSON.stringify({ entries }))
      return copy(folder, sql, ['id integer'])
    }

    before(() => {
      put('m/a', '{"id":1}')
      put('m/ab', '{"id":2}')
    })

    it('loads what it lists, in its order, as often as it lists it', async () => {
      const { lines } = await load(
        { url: 's3://m/ab', mandatory: true, meta: { content_length: 8 } },
        { url: 's3://m/a' },
        { url: 's3://m/none' },
        { url: 's3://m/a' },
      )
      expect(lines).to.deep.equal(['2', '1', '1'])
    })

    it('fails where a mandatory file is missing, or all files are', async () => {
      expect(
        (await failure(load({ url: 's3://m/a' }, { url: 's3://m/none', mandatory: true }))).message,
      ).to.equal('Mandatory url is not present in manifest file')
      expect((await failure(load({ url: 's3://m/none' }))).message).to.match(
        /^No file of the manifest/,
      )
    })

    it('fails where it is missing, a prefix, or malformed', async () => {
      const from = (key: string) =>
        failure(copy(folder, `'s3://m/${key}' ${auto} manifest`, ['id integer']))
      expect((await from('x')).message).to.equal(`The specified S3 prefix 'x' does not exist`)
      expect((await from('mani')).message).to.match(/requires full path of an Amazon S3 object/)
      put('m/bad', '{"entries": [{}]}')
      expect((await from('bad')).message).to.equal('Invalid manifest file: an entry has no "url"')
      put('m/bad', 'entries')
      expect((await from('bad')).message).to.equal('Invalid manifest file: it is not JSON')
    })
  })

  it('leaves IGNOREHEADER lines of every file out', async () => {
    put('head/a', 'x\n{"id":1}')
    put('head/b', 'y\n{"id":2}')
    const { lines } = await copy(folder, `'s3://head/' ${auto} ignoreheader 1`, ['id integer'])
    expect(lines).to.deep.equal(['1', '2'])
  })

  it('checks with NOLOAD, and loads nothing', async () => {
    put('noload/f', '{"id":1}\n{"id":"x"}')
    const sql = `'s3://noload/f' ${auto} noload`
    expect(await copy(folder, `${sql} maxerror 2`, columns)).to.deep.include({
      rows: 0,
      lines: [],
      rejected: 1,
    })
    expect(await copy(folder, sql, columns)).to.include({ failed: true })
  })

  it('fails for an object that was listed and is gone, by its name', async () => {
    put('gone/a', '{"id":1}')
    const error = await failure(
      copy(folder, `'s3://gone/' ${auto}`, columns, {
        list: async function* () {
          yield await Promise.resolve([{ url: 's3://gone/a' }, { url: 's3://gone/b' }])
        },
      }),
    )
    expect(error).to.include({ sqlstate: 'XX000' })
    expect(error).to.have.nested.property('fields.detail', 'There is no s3://gone/b.')
  })

  it('fails where nothing has the prefix', async () => {
    put('some/f', '{}')
    for (const key of ['none', 'f/', 'f/g', 'none/'])
      expect(await failure(copy(folder, `'s3://some/${key}' ${auto}`, columns))).to.include({
        sqlstate: 'XX000',
        message: `The specified S3 prefix '${key}' does not exist`,
      })
  })

  it('tells how far it is', async () => {
    put('progress/a', '{"id":1}')
    put('progress/b', '{"id":2}')
    const told: CopyProgress[] = []
    await copy(folder, `'s3://progress/' ${auto}`, columns, {
      onProgress: (progress) => told.push(progress),
    })
    expect(told.at(-1)).to.deep.equal({ files: 2, filesInAll: 2, rows: 2, bytes: 16 })
  })

  it('gives each row of large files once, whatever is in the memory that it uses again', async () => {
    const names = Array.from({ length: 60_000 }, (_, id) => `${id} ${'abc'.repeat(id % 16)}`)
    const lines = names.map((name, id) =>
      id % 1000 === 0 ? `{"id":"${id}","name":\n"${name}"}` : `{"id":${id},"name":"${name}"}`,
    )
    put('large/1', lines.slice(0, 50_000).join('\n'))
    put('large/2', lines.slice(50_000).join('\n'))
    const wide = ['id integer', 'name character varying(100)']
    const { lines: rows } = await copy(folder, `'s3://large/' ${auto}`, wide)
    expect(rows.every((row, id) => row === `${id}\t${names[id]}`)).to.equal(true)
    expect(rows).to.have.length(60_000)
  })

  it('stops when it is told to', async () => {
    put('stop/f', '{"id":1}\n'.repeat(200_000))
    const stop = new AbortController()
    const reason = new Error('stopped')
    const onProgress = () => stop.abort(reason)
    const stopped = copy(folder, `'s3://stop/f' ${auto}`, columns, {
      signal: stop.signal,
      onProgress,
    })
    expect(await failure(stopped)).to.equal(reason)
    expect(
      await failure(copy(folder, `'s3://stop/f' ${auto}`, columns, { signal: stop.signal })),
    ).to.equal(reason)
  })
})

import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { Random } from '../../../../lib/sample-data/random'
import { copyOptions } from '../../../../redshift-local/copy/options'
import { firstSeed, isLong } from '../../../long'
import { served } from '../../wire/local-redshift'
import { Asker, isInner } from '../asking'
import { mutatedBytes, mutatedStatement } from './mutations'
import { ofRun, sampleOptions } from './samples'

const count = Number(process.env.COPIES ?? (isLong ? 20_000 : 200))

const columns = 'a int, b varchar(20), c decimal(6,2), d date, e timestamp, f boolean, g char(3)'

/** Files as programs write them, by the format that reads them. */
const formats: Record<string, { options: string[]; file: string }> = {
  json: {
    options: ["json 'auto'", "json 'auto ignorecase'", "json 's3://b/paths'"],
    file:
      '{"a": 1, "b": "é\\u00e9", "c": 12.50, "d": "2020-02-29", "e": "2020-02-29 01:02:03", "f": true, "g": "x"}\n' +
      '{"a": null, "b": "", "c": "-1", "d": null, "e": "now", "f": "no", "g": ["x", {"y": 1}]}\n',
  },
  csv: {
    options: ['csv', "csv quote '~'", "csv delimiter ';'", 'csv ignoreheader 1'],
    file:
      'a,b,c,d,e,f,g\n1,"x, ""y""\nz",12.50,2020-02-29,2020-02-29 01:02:03,t,x\r\n' +
      ',,,,,,\n2,é,-1,02/29/2020,1/2/2020 3:04,false,"abc"\n',
  },
  delimited: {
    options: ['', "delimiter ','", 'escape', 'removequotes', 'fillrecord', "null as 'nil'"],
    file:
      '1|x\\|y|12.50|2020-02-29|2020-02-29 01:02:03|1|x\n\\N|"q"|nil|||0|\n' +
      "2|'é'|-1|20200229|20200229 010203|yes|abc\n",
  },
  fixed: {
    options: ["fixedwidth 'a:3,b:5,c:6,d:10,e:19,f:1,g:3'", "fixedwidth '3,5,6,10,19,1,3'"],
    file: '  1x y   12.502020-02-292020-02-29 01:02:03tabc\n  2  é  -1    2020-02-292020-02-29 01:02:03fx  \n',
  },
}

const more = isLong ? copyOptions.map(({ example }) => example) : sampleOptions

describe(`COPY of files at random (${ofRun}COPIES=${count} SEED=${firstSeed})`, () => {
  const redshift = served()

  it('loads them, or says what is wrong with them', async function () {
    this.timeout(60_000 + 100 * count)
    const { host, port, user, database } = redshift.server
    const asker = await Asker.connect({ host, port, user, database, query_timeout: 30_000 })
    await asker.mustDo(`create table t (${columns})`)
    redshift.put('b/paths', '{"jsonpaths": ["$.a","$.b","$.c","$.d","$.e","$.f","$[\'g\'][0]"]}')
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const random = new Random(seed, 2)
      const { options, file } = random.pick(Object.values(formats))
      const bytes = mutatedBytes(random, Buffer.from(file.repeat(1 + random.skewed(50))))
      const isPacked = random.chance(1, 10)
      const packed = isPacked ? gzipSync(bytes) : bytes
      redshift.put(
        'b/file',
        isPacked && random.chance(1, 2) ? mutatedBytes(random, packed) : packed,
      )
      const words = [random.pick(options), isPacked ? 'gzip' : '']
      for (let left = random.skewed(4); left > 0; left--) words.push(random.pick(more))
      if (random.chance(1, 2)) words.push('maxerror 1000')
      const plain = `copy t from 's3://b/file' iam_role default ${words.join(' ')}`
      const sql = random.chance(1, 5) ? mutatedStatement(random, plain, more) : plain
      const { error } = await asker.ask(sql)
      if (error && isInner(error.message))
        throw new Error(`${ofRun}SEED=${seed} ${sql}: ${error.message}`)
      await asker.ask('rollback')
      if (seed % 50 === 0) expect((await asker.ask('select 1')).rows).to.deep.equal([['1']])
    }
    const { rows } = await asker.ask('select count(*) > 0, max(len(b)) <= 20 from t')
    expect(rows).to.deep.equal([['t', 't']])
    const errors = await asker.ask('select distinct trim(err_reason) from stl_load_errors')
    for (const [reason] of errors.rows) expect(isInner(reason!), reason!).to.equal(false)
    await asker.end()
  })
})

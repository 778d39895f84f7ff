import { Writable } from 'node:stream'
import { expect } from 'chai'
import { useCommands } from './command'

describe('sparkify sql', () => {
  const commands = useCommands()
  const digits = Array.from({ length: 10 }, (_, d) => `select ${d} as d`).join(' union all ')
  const sql = (statement: string, ...options: string[]) =>
    commands.sparkify(['sql', statement, ...options])

  before(() => commands.keepEngine())

  it('prints rows as a table, numbers to the right and NULL empty', async () => {
    const { code, stdout } = await sql(
      "select 8056 as rows, 'Björk' as artist, null::int as song union all select 7, 'x', 1 order by rows",
    )
    expect(code).to.equal(0)
    expect(stdout).to.equal(
      ['rows  artist  song', '────  ──────  ────', '   7  x          1', '8056  Björk', ''].join(
        '\n',
      ),
    )
  })

  it('prints rows as one JSON document, exact to the last digit', async () => {
    const { code, stdout } = await sql(
      "select 9007199254740993 as big, 1.50 as price, true as yes, null as nothing, 'it''s \\\\ \"?' as text",
      '--json',
    )
    expect(code).to.equal(0)
    expect(stdout).to.equal(
      '[{"big":9007199254740993,"price":1.50,"yes":true,"nothing":null,"text":"it\'s \\\\ \\"?"}]\n',
    )
  })

  it('gives the values of a column one type in JSON', async () => {
    const { stdout } = await sql(
      `select 1::bigint as big, 1.10 as price, 0.5::float8 as share, date '2018-11-01' as day
      union all select 9007199254740993, 2.00, 1e100, null order by big`,
      '--json',
    )
    expect(stdout).to.equal(
      '[{"big":1,"price":1.10,"share":0.5,"day":"2018-11-01"},' +
        '{"big":9007199254740993,"price":2.00,"share":1e+100,"day":null}]\n',
    )
    const texts = await sql(
      "select 'nan'::float8 as a, '-infinity'::float8 as b, '1' as c",
      '--json',
    )
    expect(texts.stdout).to.equal('[{"a":"NaN","b":"-Infinity","c":"1"}]\n')
  })

  describe('with two columns of one name', () => {
    const twins = 'select count(*), count(n), 7 as n from (select 1 as n union all select null)'

    it('shows both in a table and in CSV', async () => {
      expect((await sql(twins)).stdout).to.match(/^count +count +n\n.*\n +2 +1 +7\n$/)
      expect((await sql(twins, '--csv')).stdout).to.equal('count,count,n\n2,1,7\n')
    })

    it('refuses JSON, and names them', async () => {
      const { code, stdout, stderr } = await sql(twins, '--json')
      expect(code).to.equal(2)
      expect(stdout).to.equal('')
      expect(stderr).to.match(/^Several columns are named "count", .* `as`/)
    })
  })

  it('prints CSV: NULL is nothing, numbers as the server writes them', async () => {
    const { stdout } = await sql(
      `select 1 as n, 'a,b' as text, '' as empty, null as nothing, 1.10 as price, false as flag`,
      '--csv',
    )
    expect(stdout).to.equal('n,text,empty,nothing,price,flag\n1,"a,b","",,1.10,f\n')
    expect((await sql('select 1 as n where false', '--csv')).stdout).to.equal('n\n')
  })

  it('prints one form of a result', async () => {
    expect((await sql('select 1', '--csv', '--json')).code).to.equal(2)
  })

  it('has a table as wide as its first thousand rows, and moves what is behind a longer value', async () => {
    const { stdout } = await sql(`with digits as (${digits}),
      rows as (select 1000 * a.d + 100 * b.d + 10 * c.d + d.d as n
        from digits a, digits b, digits c, digits d)
      select case when n < 1100 then 'short' else 'a longer text' end as text, n from rows
      where n < 1200 order by n`)
    const lines = stdout.split('\n')
    expect(lines).to.have.length(2 + 1200 + 1)
    expect([lines[2], lines[1101], lines[1102]]).to.deep.equal([
      'short    0',
      'short  1099',
      'a longer text  1100',
    ])
  })

  it('reads no further than its reader does', async () => {
    let [bytes, most] = [0, 0]
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length
        most = Math.max(most, slow.writableLength)
        setImmediate(done)
      },
    })
    const long = `with digits as (${digits}) select repeat('x', 1000) as text
      from digits a, digits b, digits c, digits d, (select d from digits where d < 5) e`
    const { code, stderr } = await commands.sparkify(['sql', long, '--csv'], {}, undefined, slow)
    expect(code, stderr).to.equal(0)
    expect(bytes).to.equal(50_000 * 1001 + 'text\n'.length)
    expect(most).to.be.lessThan(1_000_000)
  })

  it('takes a question mark as it stands', async () => {
    const { stdout } = await sql("select 'why?' as why -- ?", '--json')
    expect(JSON.parse(stdout)).to.deep.equal([{ why: 'why?' }])
  })

  it('runs several statements, and prints the rows of the last', async () => {
    const { code, stdout } = await sql(
      "create table fruit (name text); insert into fruit values ('fig'), ('plum'); select * from fruit order by name",
      '--json',
    )
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.deep.equal([{ name: 'fig' }, { name: 'plum' }])
  })

  it('tells what was done where there are no rows', async () => {
    expect((await sql("insert into fruit values ('pear')")).stdout).to.equal('INSERT 1\n')
    const { stdout } = await sql('drop table fruit', '--json')
    expect(JSON.parse(stdout)).to.deep.equal([])
  })

  for (const [title, statement, code, words] of [
    [
      'what others depend on',
      'create schema used; create table used.t (a int); drop schema used',
      2,
      /^can't drop schema used because other objects depend on it\n/,
    ],
    [
      'what a transaction block does not take',
      'begin; vacuum',
      2,
      /^VACUUM cannot run inside a transaction block\n$/,
    ],
    ['a cursor that is not there', 'fetch 1 from nope', 2, /^cursor "nope" does not exist\n$/],
    [
      'a statement that is too deep',
      Array.from({ length: 5000 }, () => 'select 1').join(' union all '),
      2,
      /^stack depth limit exceeded\n/,
    ],
    ['a syntax error', 'selec 1', 2, 'syntax error at or near "selec"'],
    ['an unknown table', 'select * from nowhere', 2, 'relation "nowhere" does not exist'],
    [
      'a mistyped table',
      'select * from songplay',
      2,
      'relation "songplay" does not exist\nDid you mean "songplays"?',
    ],
    [
      'a table that is not made yet',
      'select * from public.users',
      2,
      'relation "public.users" does not exist\nThe tables are made by `sparkify run`.',
    ],
    ['what Redshift does not do', 'create index i on t (c)', 2, /^SQL command .* not supported/],
    ['a value that is refused', 'select 1 / 0', 3, 'division by zero'],
  ] as const) {
    it(`gives the server's words and exit code ${code} for ${title}`, async () => {
      const outcome = await sql(statement, '--json')
      expect(outcome.code).to.equal(code)
      expect(outcome.stdout).to.equal('')
      if (typeof words === 'string') expect(outcome.stderr).to.equal(`${words}\n`)
      else expect(outcome.stderr).to.match(words)
    })
  }

  it('leaves nothing of several statements of which one fails', async () => {
    expect((await sql('create table half (n int); insert into half values (1/0)')).code).to.equal(3)
    expect((await sql('select * from half')).code).to.equal(2)
  })
})

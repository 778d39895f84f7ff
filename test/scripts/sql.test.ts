import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect } from 'chai'
import { Collector, type Outcome, Terminal, useCommands } from './command'

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
    expect(stdout).to.contain('"rows":[[9007199254740993,1.50,true,null,"it\'s \\\\ \\"?"]]')
  })

  it('gives the values of a column one type in JSON', async () => {
    const { stdout } = await sql(
      `select 1::bigint as big, 1.10 as price, 0.5::float8 as share, date '2018-11-01' as day
      union all select 9007199254740993, 2.00, 1e100, null order by big`,
      '--json',
    )
    expect(stdout).to.contain(
      '"rows":[[1,1.10,0.5,"2018-11-01"],[9007199254740993,2.00,1e+100,null]]',
    )
    const texts = await sql(
      "select 'nan'::float8 as a, '-infinity'::float8 as b, '1' as c",
      '--json',
    )
    expect(texts.stdout).to.contain('"rows":[["NaN","-Infinity","1"]]')
  })

  describe('with two columns of one name', () => {
    const twins = 'select count(*), count(n), 7 as n from (select 1 as n union all select null)'

    it('shows both in a table and in CSV', async () => {
      expect((await sql(twins)).stdout).to.match(/^count +count +n\n.*\n +2 +1 +7\n$/)
      expect((await sql(twins, '--csv')).stdout).to.equal('count,count,n\n2,1,7\n')
    })

    it('has both in JSON, by their order', async () => {
      expect((await sql(twins, '--json')).stdout).to.contain('"rows":[[2,1,7]]')
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
    expect(stdout).to.contain('"rows":[["why?"]]')
  })

  it('runs several statements, and prints the result of each', async () => {
    const fruit =
      "create table fruit (name text);\ninsert into fruit values ('fig'), ('plum'); select * from fruit order by name;"
    const { code, stdout } = await sql(fruit, '--json')
    expect(code).to.equal(0)
    expect(JSON.parse(stdout)).to.deep.equal({
      results: [
        { statement: 1, line: 1, done: 'CREATE TABLE' },
        { statement: 2, line: 2, done: 'INSERT 2' },
        {
          statement: 3,
          line: 2,
          columns: [{ name: 'name', type: 'text' }],
          rows: [['fig'], ['plum']],
          done: 'SELECT 2',
        },
      ],
    })
    const two = 'select 1 as a; delete from fruit; select 2 as b'
    expect((await sql(two)).stdout).to.equal('a\n─\n1\n\nDELETE 2\n\nb\n─\n2\n')
    const csv = await sql(two, '--csv')
    expect([csv.stdout, csv.stderr]).to.deep.equal(['a\n1\n\nb\n2\n', 'DELETE 0\n'])
  })

  it('tells what was done where there are no rows', async () => {
    expect((await sql("insert into fruit values ('pear')")).stdout).to.equal('INSERT 1\n')
    expect((await sql('drop table fruit')).stdout).to.equal('DROP TABLE\n')
  })

  it('reads the statements of a file, and names file, statement and line of a failing one', async () => {
    const file = join(commands.folder, 'script.sql')
    writeFileSync(file, "-- two\nselect 1 as a;\n\nselect\n  'x'::int;\n")
    const { code, stdout, stderr } = await commands.sparkify(['sql', '--file', file, '--json'])
    expect(code).to.equal(3)
    expect(stderr).to.match(/script\.sql, statement 2 of 2, line [45]: /)
    const { results, error } = JSON.parse(stdout) as Record<string, unknown[]>
    expect(results).to.have.length(1)
    expect(error).to.include({ kind: 'data', exitCode: 3 })
  })

  it('closes the document where rows of a statement that fails are printed already', async () => {
    const { code, stdout } = await sql(
      `select 1; with digits as (${digits}) select 1 / (9999 - (1000 * a.d + 100 * b.d + 10 * c.d + e.d)) as n
      from digits a, digits b, digits c, digits e; select 3`,
      '--json',
    )
    expect(code).to.equal(3)
    const { results, error } = JSON.parse(stdout) as { results: { done?: string }[]; error: object }
    expect(results.map(({ done }) => done)).to.deep.equal(['SELECT 1', undefined])
    expect(error).to.deep.include({ message: 'statement 2 of 3, line 1: division by zero' })
  })

  for (const [title, words] of [
    ['nothing', ['sql', '']],
    ['a comment only', ['sql', ' /* select 1 */ ;']],
    ['neither statements nor a file', ['sql', '--json']],
    ['both', ['sql', 'select 1', '--file', 'x.sql']],
    ['a file that is not there', ['sql', '--file', 'nowhere.sql', '--json']],
    ['two forms', ['sql', 'select 1', '--expanded', '--csv']],
  ] as const) {
    it(`ends with exit code 2 for ${title}`, async () => {
      const { code, stderr } = await commands.sparkify([...words])
      expect(code, stderr).to.equal(2)
    })
  }

  it('prints a value a line where it is asked to, and where a row is wider than the terminal', async () => {
    const expected = '── row 1 ───────────────────────────────\na      1\nlonger x\n'
    const { stdout } = await sql("select 1 as a, 'x'::char(200) as longer", '--expanded')
    expect(stdout.replace(/ {2,}/g, ' ')).to.equal(expected.replace(/ {2,}/g, ' '))
    const columns = Array.from({ length: 30 }, (_, i) => `'text ${i}' as column_${i}`).join()
    const wide = ['sql', `select ${columns}`]
    const shown = await commands.sparkify(wide, {}, undefined, new Terminal())
    expect(shown.stdout).to.match(/^── row 1 ─+\ncolumn_0 +text 0\n/)
  })

  it('reads stdin', async () => {
    const pipe = `echo 'select 7 as n' | ${process.execPath} scripts/sparkify.js sql -`
    const { stdout, stderr } = await commands.spawn(['sh', '-c', pipe]).ended
    expect(stdout, stderr).to.equal('n\n─\n7\n')
  })

  for (const [title, statement, code, words] of [
    [
      'what others depend on',
      'create schema used; create table used.t (a int); drop schema used',
      2,
      /^statement 3 of 3: can't drop schema used because other objects depend on it\n/,
    ],
    [
      'what a transaction block does not take',
      'begin; vacuum',
      2,
      /^statement 2 of 2: VACUUM cannot run inside a transaction block\n$/,
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
      const { error } = JSON.parse(outcome.stdout) as { error: object }
      expect(error).to.include({ exitCode: code, message: outcome.stderr.trimEnd() })
      if (typeof words === 'string') expect(outcome.stderr).to.equal(`${words}\n`)
      else expect(outcome.stderr).to.match(words)
    })
  }

  for (const form of [[], ['--expanded']]) {
    it(`prints the names of columns that have no row ${form.join(' ')}`, async () => {
      const { stdout } = await sql('select 1 as one, 2 as two where false', ...form)
      expect(stdout).to.equal('one  two\n───  ───\n')
    })
  }

  it('takes a statement that begins with a comment behind --', async () => {
    const { code, stdout } = await sql('--csv', '--', '-- the answer\nselect 42 as answer')
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: 'answer\n42\n' })
  })

  it('leaves nothing of several statements of which one fails', async () => {
    expect((await sql('create table half (n int); insert into half values (1/0)')).code).to.equal(3)
    expect((await sql('select * from half')).code).to.equal(2)
  })

  describe('whose rows go on and on', () => {
    const endless = `with digits as (${digits}) select repeat('x', 1000) as text
      from ${Array.from({ length: 12 }, (_, i) => `digits d${i}`).join(', ')}`
    const ofIt =
      "from pg_stat_activity where query like '%with digits%' and pid <> pg_backend_pid()"

    /** Calls `end` with the first rows that come. */
    class Ending extends Collector {
      #end: (() => void) | undefined

      constructor(end: () => void) {
        super()
        this.#end = end
      }

      override _write(chunk: Buffer, encoding: string, done: () => void): void {
        this.#end?.()
        this.#end = undefined
        super._write(chunk, encoding, done)
      }
    }

    const sql = ['sql', `select 1 as one; ${endless}`, '--json']

    function expectClosed({ code, stdout, stderr }: Outcome, expected: number, said: object) {
      expect(code, stderr).to.equal(expected)
      const { results, error } = JSON.parse(stdout) as {
        results: { done?: string; rows: string[][] }[]
        error: object
      }
      expect(results.map(({ done }) => done)).to.deep.equal(['SELECT 1', undefined])
      expect(results[1]!.rows.length).to.be.greaterThan(0)
      expect(results[1]!.rows.every(([text]) => text === 'x'.repeat(1000))).to.equal(true)
      expect(error).to.deep.include({ ...said, exitCode: expected })
    }

    it('closes its document at Ctrl-C', async () => {
      const { child, ended } = commands.start('sparkify', sql)
      await once(child.stdout!, 'data')
      child.kill('SIGINT')
      const message = 'Stopped: what was not finished is rolled back.'
      expectClosed(await ended, 130, { kind: 'interrupted', message })
    })

    for (const [title, end] of [
      ['its session', () => void commands.rows(`select pg_terminate_backend(pid) ${ofIt}`)],
      ['the server', () => process.kill(commands.postmaster!, 'SIGKILL')],
    ] as const) {
      it(`closes its document at the end of ${title}`, async () => {
        const outcome = await commands.sparkify(sql, {}, undefined, new Ending(end))
        if (commands.postmaster === undefined) commands.letEngineGo()
        expectClosed(outcome, 4, { kind: 'warehouse' })
      })
    }
  })
})

import { expect } from 'chai'
import { refusal, rows, run, useDialect, values } from './warehouse'

describe('ALTER TABLE', () => {
  useDialect()

  beforeEach(async () => {
    await run('begin')
    await run(
      'create table t (a int not null, b varchar(3) encode zstd, c int, d int) distkey (a) sortkey (d)',
    )
  })
  afterEach(() => run('rollback'))

  const design = (column: string) =>
    rows(
      `select trim(encoding) as encoding, distkey, sortkey from pg_table_def where tablename = 't' and "column" = '${column}'`,
    )

  it('changes the recorded design', async () => {
    await run('alter table t alter distkey c')
    await run('alter table t alter compound sortkey (b, a)')
    await run('alter table t alter column b encode lzo, alter column c encode raw')
    expect(await design('a')).to.deep.equal([{ encoding: 'az64', distkey: false, sortkey: 2 }])
    expect(await design('b')).to.deep.equal([{ encoding: 'lzo', distkey: false, sortkey: 1 }])
    expect(await design('c')).to.deep.equal([{ encoding: 'none', distkey: true, sortkey: 0 }])
    await run(
      'alter table t alter diststyle even; alter table t alter sortkey none; insert into t values (1)',
    )
    expect(
      await rows('select diststyle, sortkey1 from svv_table_info where "table" = \'t\''),
    ).to.deep.equal([{ diststyle: 'EVEN', sortkey1: null }])
    await run('alter table t alter diststyle key distkey a')
    expect(await design('a')).to.deep.equal([{ encoding: 'az64', distkey: true, sortkey: 0 }])
  })

  it('adds and drops columns', async () => {
    await run(
      "insert into t values (1); alter table t add column e varchar(4) encode bytedict default 'é' not null",
    )
    expect(await values('select e from t')).to.deep.equal(['é'])
    expect(await design('e')).to.deep.equal([{ encoding: 'bytedict', distkey: false, sortkey: 0 }])
    expect((await refusal("update t set e = 'ééé'")).message).to.equal(
      'Value too long for character type',
    )
  })

  it('drops a column', async () => {
    await run('alter table t drop column c')
    expect(await design('c')).to.deep.equal([])
  })

  it('changes the size of a VARCHAR, in bytes', async () => {
    await run("alter table t alter column b type varchar(6); insert into t values (1, 'ééé')")
    expect((await refusal("insert into t values (1, 'éééé')")).message).to.equal(
      'Value too long for character type',
    )
  })

  it('renames tables and columns, the design with them', async () => {
    await run(
      'alter table t rename column a to z; alter table t rename to tt; alter table tt rename to t',
    )
    expect(await design('z')).to.deep.equal([{ encoding: 'az64', distkey: true, sortkey: 0 }])
  })

  it('adds and drops declared keys', async () => {
    await run('alter table t add constraint mine primary key (a); alter table t add unique (c)')
    const names = () =>
      values(
        "select constraint_name from information_schema.table_constraints where table_name = 't' order by 1",
      )
    expect(await names()).to.deep.equal(['mine', 't_c_key'])
    await run('alter table t drop constraint mine')
    expect(await names()).to.deep.equal(['t_c_key'])
    await run('insert into t (a, c) select 1, 1 union all select 1, 1')
  })

  for (const [sql, sqlstate, message] of [
    ['alter table t add primary key (b)', '42P16', 'can not make a nullable column a primary key'],
    [
      'alter table t alter column b set not null',
      '0A000',
      'ALTER COLUMN SET NOT NULL is not supported',
    ],
    [
      'alter table t alter column b drop not null',
      '0A000',
      'ALTER COLUMN DROP NOT NULL is not supported',
    ],
    [
      'alter table t alter b set default 1',
      '0A000',
      'ALTER COLUMN SET/DROP DEFAULT is not supported',
    ],
    [
      'alter table t alter column a type bigint',
      '0A000',
      'ALTER COLUMN TYPE is supported for the size of VARCHAR columns only',
    ],
    [
      'alter table t alter column a type varchar(3)',
      '0A000',
      'ALTER COLUMN TYPE is not supported for a column that is no VARCHAR',
    ],
    ['alter table t add column e int, add column f int', '42601', 'syntax error at or near ","'],
    ['alter table t drop column b, drop column c', '42601', 'syntax error at or near ","'],
    [
      'alter table t add column e int not null',
      '0A000',
      'ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression',
    ],
    [
      'alter table t add column e int primary key',
      '0A000',
      'ALTER TABLE ADD COLUMN with a key constraint is not supported',
    ],
    [
      'alter table t add column e int identity(1,1)',
      '0A000',
      'ALTER TABLE ADD COLUMN with IDENTITY is not supported',
    ],
    ['alter table t drop column a', '0A000', 'cannot drop distkey column "a"'],
    ['alter table t drop column d', '0A000', 'cannot drop sortkey column "d"'],
    ['alter table t add check (a > 1)', '0A000', 'ALTER TABLE CHECK constraint is not supported'],
    ['alter table t enable row level security', '42601', 'syntax error at or near "enable"'],
    ['alter table t set schema x', '0A000', 'ALTER TABLE SET is not supported'],
    [
      'alter table t drop constraint nothing',
      '42704',
      'constraint "nothing" of relation "t" does not exist',
    ],
    ['alter table t alter distkey x', '42703', 'column "x" does not exist'],
    ['alter table missing alter diststyle all', '42P01', 'relation "missing" does not exist'],
    [
      'alter table pg_catalog.pg_class rename to x',
      '42501',
      'permission denied: "pg_class" is a system catalog',
    ],
  ] as const) {
    it(`refuses ${sql}`, async () => {
      expect(await refusal(sql)).to.deep.equal({ sqlstate, message })
    })
  }
})

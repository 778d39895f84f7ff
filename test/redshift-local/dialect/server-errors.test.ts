import { expect } from 'chai'
import { asRedshiftSays } from '../../../redshift-local/dialect/server-errors'
import { refusal, run, useDialect } from './warehouse'

describe("the engine's errors in Redshift's words", () => {
  useDialect()

  before(() =>
    run('create table e (id int identity(1,1), a varchar(4) not null, b char(2), c decimal(4,2))'),
  )

  for (const [sql, sqlstate, message] of [
    ['insert into e (b) values (1)', '23502', 'Cannot insert a NULL value into column a'],
    ["insert into e (a) values ('12345')", '22001', 'Value too long for character type'],
    ["insert into e (a) values ('ééé')", '22001', 'Value too long for character type'],
    ["insert into e (a, b) values ('a', 'é')", '22001', 'Value too long for character type'],
    ["insert into e values (1, 'a')", '0A000', 'cannot set an identity column to a value'],
    ['update e set id = 1', '0A000', 'cannot set an identity column to a value'],
    ["insert into e (a, c) values ('a', 100)", '22003', 'Numeric data overflow (result precision)'],
    ['create table e (a int)', '42P07', 'Relation "e" already exists'],
    ["select 'x'::int", '22P02', 'invalid input syntax for integer: "x"'],
    ["select json_extract_path_text('{', 'a')", 'XX000', 'JSON parsing error'],
    [
      "select dateadd(day, 'x'::varchar, 'y'::varchar)",
      '42883',
      'function date_add(interval, character varying, character varying) does not exist',
    ],
  ] as const) {
    it(`${sql}: ${message}`, async () => {
      expect(await refusal(sql)).to.deep.equal({ sqlstate, message })
    })
  }

  it('says who cancelled, with the number of the session', () => {
    const fields = {
      S: 'ERROR',
      V: 'ERROR',
      C: '57014',
      M: 'canceling statement due to user request',
      R: 'ProcessInterrupts',
    }
    expect(asRedshiftSays(fields, 4711)).to.deep.equal({
      S: 'ERROR',
      C: '57014',
      M: "Query (4711) cancelled on user's request",
    })
  })

  it('says that a table is there already to whoever creates it at the same time as another', () => {
    const fields = {
      C: '23505',
      M: 'duplicate key value violates unique constraint "pg_type_typname_nsp_index"',
      D: 'Key (typname, typnamespace)=(plays, 2200) already exists.',
      n: 'pg_type_typname_nsp_index',
    }
    expect(asRedshiftSays(fields)).to.deep.equal({
      C: '42P07',
      M: 'Relation "plays" already exists',
    })
  })

  it('leaves the fields that Redshift has as they are, and tells nothing of what is inside', () => {
    const plain = { S: 'ERROR', C: '42P01', M: 'relation "x" does not exist', P: '15' }
    const ofTheEngine = { V: 'ERROR', F: 'parse_relation.c', L: '1469', R: 'parserOpenTable' }
    expect(asRedshiftSays({ ...plain, ...ofTheEngine })).to.deep.equal(plain)
    const inner = {
      C: 'XX000',
      M: 'JSON parsing error',
      W: 'PL/pgSQL function redshift_catalog.json_path(text) line 9',
    }
    expect(asRedshiftSays(inner)).to.deep.equal({ C: 'XX000', M: 'JSON parsing error' })
  })
})

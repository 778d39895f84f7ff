import { expect } from 'chai'
import { parseCopy } from '../../../redshift-local/copy/statement'
import { targetColumns } from '../../../redshift-local/copy/column'
import { tokenize } from '../../../redshift-local/dialect/tokens'
import { column } from './copying'

const table = ['id bigint identity', 'a integer', 'b integer'].map(column)

const target = (list: string, options = '') =>
  targetColumns(
    parseCopy(tokenize(`copy t ${list} from 's3://b/k' iam_role default json ${options}`)),
    table,
  ).map(({ name }) => name)

describe('The columns that a COPY fills', () => {
  it('are those of the table without IDENTITY', () => {
    expect(target('')).to.deep.equal(['a', 'b'])
  })

  it('are those of the column list, in its order', () => {
    expect(target('(b, a)')).to.deep.equal(['b', 'a'])
  })

  it('have IDENTITY with EXPLICIT_IDS', () => {
    expect(target('', 'explicit_ids')).to.deep.equal(['id', 'a', 'b'])
    expect(target('(a, id)', 'explicit_ids')).to.deep.equal(['a', 'id'])
  })

  it('are refused where the list does not fit', () => {
    expect(() => target('(c)')).to.throw('column "c" of relation "t" does not exist')
    expect(() => target('(a, a)')).to.throw('column "a" specified more than once')
    expect(() => target('(id, a)')).to.throw('cannot set an identity column to a value')
    expect(() => target('(a)', 'explicit_ids')).to.throw('EXPLICIT_IDS needs the identity column')
  })
})

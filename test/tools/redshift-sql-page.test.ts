import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectFolder } from '../../lib/warehouse/settings'
import { redshiftSqlPage } from '../../tools/redshift-sql-page'

describe('docs/redshift-sql.md', () => {
  it('is what the entries say: `npm run docs` writes it', () => {
    const page = redshiftSqlPage()
    expect(readFileSync(join(projectFolder, 'docs', 'redshift-sql.md'), 'utf8')).to.equal(page)
  })
})

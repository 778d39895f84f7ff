import { mochaGlobalTeardown } from '../../../suite'
import { Served } from '../../wire/local-redshift'
import { explanationOf } from './explained'
import { runGuide } from './run'

/*
 * Prints the statements of the guide that are not answered as it says, with what was expected and got:
 * node -r ./tools/typescript.js test/redshift-local/conformance/guide/show.ts [kind=DML] [page=r_MERGE] [verdict=leak] [all]
 * The values are regular expressions. Without `verdict`: leaks and differences; `all`: every statement.
 */
async function main(words: string[]): Promise<void> {
  const wanted = new Map(words.map((word) => [word.split('=', 1)[0]!, word.replace(/^.*?=/, '')]))
  const isWanted = (key: string, value: string) =>
    new RegExp(wanted.get(key) ?? '', 'i').test(value)
  const local = new Served()
  await local.start()
  const judged = await runGuide(local, new RegExp(wanted.get('page') ?? '', 'i'))
  await local.leaveAll()
  await local.stop()
  await mochaGlobalTeardown()
  const verdicts = wanted.get('verdict') ?? (wanted.has('all') ? '' : '^(leak|differs)$')
  let shown = 0
  for (const one of judged) {
    const { page, kind, mark, sql, expected, verdict, note, namesDiffer } = one
    if (!isWanted('kind', kind) || !new RegExp(verdicts).test(verdict)) continue
    const explained = explanationOf(one)
    if (explained && !wanted.has('all')) continue
    shown++
    const head = `\n=== ${verdict}${namesDiffer ? ', other names' : ''} | ${kind} | ${page} ${mark}`
    console.log(`${head}${explained ? ` | explained: ${explained}` : ''}\n${sql.trim()}`)
    if (expected.trim()) console.log(`--- expected\n${expected.trimEnd()}`)
    console.log(`--- got\n${note.slice(0, 600)}`)
  }
  console.log(`\n${shown} of ${judged.length} shown`)
}

void main(process.argv.slice(2))

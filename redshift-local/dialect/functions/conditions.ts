import type { Call } from '../calls'
import type { FunctionRule } from './rule'

export const conditionRules: FunctionRule[] = [
  {
    names: ['nvl'],
    fact: 'E: NVL=COALESCE',
    example: "select nvl(null, 'b', 'c')",
    expected: ['b'],
    label: 'coalesce',
    rewrite: (call) => call.rename('coalesce'),
  },
  {
    names: ['nvl2'],
    fact: 'E: NVL2',
    example: "select nvl2(null, 'full', 'empty')",
    expected: ['empty'],
    rewrite(call) {
      call.replace(
        () => `case when (${call.arg(0)}) is not null then ${call.arg(1)} else ${call.arg(2)} end`,
      )
    },
  },
  {
    names: ['decode'],
    fact: 'E: DECODE (NULL=NULL true)',
    example: "select decode(null, 1, 'one', null, 'none', 'other')",
    expected: ['none'],
    label: 'case',
    rewrite: (call) => call.replace(() => decode(call)),
  },
]

function decode(call: Call): string {
  const [value, ...rest] = call.args.map((_, i) => call.arg(i))
  if (rest.length < 2) throw call.wrongArguments()
  const otherwise = rest.length % 2 === 1 ? ` else ${rest.pop()}` : ''
  let cases = ''
  for (let i = 0; i < rest.length; i += 2) {
    cases += ` when (${value}) is not distinct from (${rest[i]}) then ${rest[i + 1]}`
  }
  return `case${cases}${otherwise} end`
}

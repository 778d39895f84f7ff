import { lastName, type Node, wholeNumber } from '../parse'
import type { FunctionRule } from './rule'

export const textRules: FunctionRule[] = [
  {
    // As it stands, an id of a million rows costs a second; as the engine's own hexadecimal number, nothing.
    names: ['strtol'],
    fact: 'E: STRTOL(string, base) -> BIGINT; the digits of an MD5 need no check',
    example: "select strtol(left(md5('a'), 15), 16) as x",
    expected: ['57446577476672362'],
    rewrite(call) {
      const [digits, base] = argsOf(call.node)
      const [hash, count] = argsOf(functionIn(digits, 'left'))
      const length = wholeNumber(count) ?? 0
      const isShort = length >= 1 && length <= 15
      if (functionIn(hash, 'md5') && isShort && wholeNumber(base) === 16)
        call.replace(() => `('0x' || ${call.arg(0)})::bigint`, 'strtol')
    },
  },
  {
    names: ['concat'],
    fact: 'E: Concatenation with NULL -> NULL',
    example: "select concat('a', null)",
    expected: [null],
    label: 'concat',
    rewrite(call) {
      if (call.args.length !== 2) throw call.wrongArguments()
      call.replace(() => `((${call.arg(0)})::text || (${call.arg(1)})::text)`, 'concat')
    },
  },
  {
    names: ['regexp_count', 'regexp_instr', 'regexp_replace', 'regexp_substr'],
    fact: 'E: the parameters c, i, e and p; every match is replaced; what is not found is an empty text',
    example: "select regexp_substr('one two', 'o([a-z]+)', 1, 1, 'e')",
    expected: ['ne'],
    label: 'regexp_substr',
    rewrite: (call) => call.rename(`redshift_catalog.${call.name}`),
  },
  {
    names: ['bpcharcmp', 'bttext_pattern_cmp', 'quote_literal', 'split_part'],
    fact: 'docs r_BPCHARCMP, SPLIT_PART: -1, 0 or 1; a part is counted from 1',
    example: "select bpcharcmp('a', 'z')",
    expected: [-1],
    label: 'bpcharcmp',
    rewrite: (call) => call.rename(`redshift_catalog.${call.name}`),
  },
  {
    names: ['to_date', 'to_timestamp'],
    fact: 'docs r_TO_DATE, r_TO_TIMESTAMP: what overflows is carried over, unless is_strict',
    example: "select to_date('20010631', 'YYYYMMDD')::varchar as x",
    expected: ['2001-07-01'],
    rewrite: (call) => call.rename(`redshift_catalog.${call.name}`),
  },
]

function argsOf(node: Node | undefined): Node[] {
  return (node?.['args'] ?? []) as Node[]
}

/** The call that an expression is, where it is one of the function of that name. */
function functionIn(expression: Node | undefined, name: string): Node | undefined {
  const node = expression?.['FuncCall'] as Node | undefined
  return node && lastName(node['funcname'] as Node[]) === name ? node : undefined
}

import type { Family } from '../case'
import { gives, isCalled, refuses } from '../gives'

export default {
  given: [],
  cases: [
    ...gives('REGEXP_COUNT', {
      "select regexp_count('banana', 'an')": '2',
      "select regexp_count('banana', 'AN', 1, 'i'), regexp_count('banana', 'AN', 1, 'c')": [
        '2',
        '0',
      ],
      "select regexp_count('banana', 'an', 3), regexp_count('banana', 'an', 9)": ['1', '0'],
      "select regexp_count('banana', 'an', -2)": '2',
      "select regexp_count('a1 b22', '[0-9]+', 1, 'p')": '2',
      'select regexp_count(null, null)': null,
    }),
    ...gives('REGEXP_INSTR', {
      "select regexp_instr('banana', 'an'), regexp_instr('banana', 'an', 1, 2)": ['2', '4'],
      "select regexp_instr('banana', 'an', 3), regexp_instr('banana', 'x')": ['4', '0'],
      "select regexp_instr('banana', 'an', 1, 1, 1), regexp_instr('banana', 'an', 1, 1, 5)": [
        '4',
        '4',
      ],
      "select regexp_instr('banana', 'AN', 1, 1, 0, 'i')": '2',
      "select regexp_instr('banana', 'b(a)n', 1, 1, 0, 'e'), regexp_instr('banana', 'ban', 1, 1, 0, 'e')":
        ['2', '1'],
      "select regexp_instr('banana', 'an', 1, 0), regexp_instr('banana', 'an', 1, 7)": ['0', '0'],
    }),
    ...gives('REGEXP_SUBSTR', {
      "select regexp_substr('key=value', '=.*'), regexp_substr('key', '=')": ['=value', ''],
      "select regexp_substr('a1b22', '[0-9]+', 1, 2), regexp_substr('a1b22', '[0-9]+', 3)": [
        '22',
        '22',
      ],
      "select regexp_substr('a1b22', 'B[0-9]', 1, 1, 'i')": 'b2',
      "select regexp_substr('key=value', '(\\\\w+)=(\\\\w+)', 1, 1, 'e')": 'key',
      "select regexp_substr('key=value', '\\\\w+=', 1, 1, 'e')": 'key=',
      "select regexp_substr('key=value', '[(]?(\\\\w)', 1, 2, 'e')": 'e',
      "select regexp_substr('abc', 'b', 9), regexp_substr('abc', 'b', 1, 0)": ['', null],
      "select regexp_substr(null, 'a')": null,
    }),
    ...gives('REGEXP_REPLACE', {
      "select regexp_replace('a1b2', '[0-9]'), regexp_replace('a1b2', '[0-9]', '#')": [
        'ab',
        'a#b#',
      ],
      "select regexp_replace('a1b2', '[0-9]', '#', 3), regexp_replace('a1', '1', '#', 9)": [
        'a1b#',
        'a1',
      ],
      "select regexp_replace('Aa', 'a', 'x', 1, 'i'), regexp_replace('Aa', 'a', 'x', 1, 'c')": [
        'xx',
        'Ax',
      ],
      "select regexp_replace('2021-03', '([0-9]+)-([0-9]+)', '$2/$1')": '03/2021',
      "select regexp_replace('a', null)": null,
    }),
    ...gives('REGEXP_*, p: the pattern is Perl-compatible', {
      "select regexp_count('cat concat', '\\\\bcat\\\\b', 1, 'p')": '1',
      "select regexp_replace('a1 b c2', '[a-z](?=[0-9])', '*', 1, 'p')": '*1 b *2',
      "select regexp_replace('a1 b c2', '[a-z](?![0-9])', '*', 1, 'p')": 'a1 * c2',
      "select regexp_substr('x=1;y=2', '(?<=y=)[0-9]', 1, 1, 'p')": '2',
      "select regexp_substr('<a><b>', '<.*?>', 1, 1, 'p')": '<a>',
      "select regexp_count('A1b2', '(?:[a-z])\\\\d', 1, 'ip')": '2',
      "select regexp_substr('a.b', '\\\\Aa\\\\.b\\\\z', 1, 1, 'p')": 'a.b',
    }),
    ...refuses('REGEXP_*: what Perl has and the engine has not', {
      "select regexp_substr('aa', 'a++', 1, 1, 'p')": ['0A000'],
      "select regexp_substr('aa', '(?>a)', 1, 1, 'p')": ['0A000'],
      "select regexp_substr('aa', '(?<n>a)', 1, 1, 'p')": ['0A000'],
      "select regexp_substr('aa', '(?P<n>a)', 1, 1, 'p')": ['0A000'],
      "select regexp_substr('aa', 'a\\\\Ka', 1, 1, 'p')": ['0A000'],
    }).map((one) => ({ ...one, localOnly: true as const })),
    ...refuses('REGEXP_COUNT: the parameters', {
      "select regexp_count('a', 'a', 1, 'z')": ['22023'],
    }),
    ...gives('pattern-matching-conditions-posix, pattern-matching-conditions-similar-to', {
      "select 'abc' ~ '^a', 'abc' !~ 'c$', 'aXc' ~* 'x', 'abc' !~* 'B'": ['t', 'f', 't', 'f'],
      "select 'abc' similar to '(a|b)%', 'abc' not similar to '_b_'": ['t', 'f'],
      "select 'a_c' like 'a\\\\_c', 'abc' ilike 'A%', 'a%c' like 'a^%c' escape '^'": [
        't',
        't',
        't',
      ],
      "select timestamp '2021-03-04 05:06:07' like '2021-03%'": 't',
      "select date '2021-03-04' like '%-03-%', 12345 like '12%', 1.50 like '1.5_'": ['t', 't', 't'],
    }),
    ...isCalled('E, labels', {
      "select regexp_count('a', 'a'), regexp_instr('a', 'a')": ['regexp_count', 'regexp_instr'],
      "select regexp_replace('a', 'a'), regexp_substr('a', 'a')": [
        'regexp_replace',
        'regexp_substr',
      ],
    }),
  ],
} satisfies Family

import type { Family } from '../case'
import { gives, isCalled, isOfType, refuses } from '../gives'

export default {
  given: ['create table t (c char(5), v varchar(10))', "insert into t values ('ab', 'ab  ')"],
  cases: [
    ...gives('r_LEN, r_OCTET_LENGTH: characters, bytes; of CHAR without trailing blanks', {
      "select len('über'), octet_length('über')": ['4', '5'],
      "select length('日本'), char_length('日本'), character_length('日本'), textlen('日本')": [
        '2',
        '2',
        '2',
        '2',
      ],
      'select len(c), len(v) from t': ['2', '4'],
      'select octet_length(c), octet_length(v) from t': ['5', '4'],
      'select len(12345)': '5',
    }),
    ...gives('OCTETINDEX, r_CHARINDEX, r_POSITION, r_STRPOS', {
      "select octetindex('n', 'Ünter den'), charindex('n', 'Ünter den')": ['3', '2'],
      "select octetindex('x', 'abc')": '0',
      "select position('c' in 'abcabc'), strpos('abcabc', 'ca')": ['3', '3'],
    }),
    ...gives('r_BPCHARCMP, r_BTTEXT_PATTERN_CMP', {
      "select bpcharcmp('a', 'b'), bpcharcmp('b', 'a'), bpcharcmp('a', 'a')": ['-1', '1', '0'],
      "select bttext_pattern_cmp('Z', 'a'), bpcharcmp('z', 'é')": ['-1', '-1'],
      'select bpcharcmp(c, v) from t': '-1',
    }),
    ...gives('SOUNDEX: American Soundex of the letters', {
      "select soundex('Robert'), soundex('Rupert'), soundex('Rubin')": ['R163', 'R163', 'R150'],
      "select soundex('Ashcraft'), soundex('Tymczak'), soundex('Pfister')": [
        'A261',
        'T522',
        'P236',
      ],
      "select soundex('Honeyman'), soundex('a b-c'), soundex('123')": ['H555', 'A120', ''],
      'select soundex(null)': null,
    }),
    ...gives('DIFFERENCE', {
      "select difference('Robert', 'Rupert')": '4',
      "select difference('Robert', 'Rubin')": '2',
      "select difference('Robert', '12'), difference('1', '2')": ['0', '1'],
    }),
    ...gives('r_LPAD, r_REPEAT, r_REPLICATE, r_REVERSE, r_REPLACE, r_TRANSLATE', {
      "select lpad('7', 3, '0'), rpad('7', 3, '0'), lpad('日本語', 2), rpad('a', 4, 'xy')": [
        '007',
        '700',
        '日本',
        'axyx',
      ],
      "select repeat('ab', 2), replicate('ab', 2), repeat(7, 3)": ['abab', 'abab', '777'],
      "select reverse('abc'), reverse(123)": ['cba', '321'],
      "select replace('a-b-c', '-', ''), translate('a-b.c', '-.', '+')": ['abc', 'a+bc'],
    }),
    ...gives('r_LEFT, r_SUBSTRING: from a negative place', {
      "select left('abcdef', 2), right('abcdef', 2)": ['ab', 'ef'],
      "select substring('abcdef', -1, 4), substring('abcdef', 0, 3), substr('abcdef', 4)": [
        'ab',
        'ab',
        'def',
      ],
      "select substring('abcdef' from 2 for 3)": 'bcd',
      "select substring(timestamp '2021-03-04 05:06:07', 6, 2), left(20210304, 4)": ['03', '2021'],
    }),
    ...gives('r_TRIM, r_BTRIM, r_LTRIM, r_RTRIM', {
      "select trim('  a '), btrim('xxaxx', 'x'), ltrim('  a'), rtrim('a  ')": ['a', 'a', 'a', 'a'],
      "select trim('x' from 'xax'), trim(both 'x' from 'xax'), trim(leading 'x' from 'xax')": [
        'a',
        'a',
        'ax',
      ],
      "select ltrim(timestamp '2021-03-04 05:06:07', '2021-')": '3-04 05:06:07',
    }),
    ...gives('r_SPLIT_PART', {
      "select split_part('a,b,c', ',', 2), split_part('a,b', ',', 3)": ['b', ''],
      "select split_part(timestamp '2021-03-04 05:06:07', ' ', 2)": '05:06:07',
    }),
    ...refuses('r_SPLIT_PART: the part is counted from 1', {
      "select split_part('a,b', ',', 0)": ['22023'],
      "select split_part('a,b', ',', -1)": ['22023'],
    }),
    ...gives('docs String_functions_header', {
      "select initcap('the o''neil-smith'), upper('straße'), lower('ÄB')": [
        "The O'Neil-Smith",
        'STRAßE',
        'Äb',
      ],
      "select ascii('A'), ascii('é'), chr(233)": ['65', '233', 'é'],
      "select quote_ident('a b'), quote_ident('ab'), quote_literal('it''s')": [
        '"a b"',
        'ab',
        "'it''s'",
      ],
      "select strtol('0x1f', 16), strtol('-101', 2), strtol('', 10), strtol('\\0', 2)": [
        '31',
        '-5',
        '0',
        '0',
      ],
      "select concat('a', 'b'), concat('a', 1), concat('a', null)": ['ab', 'a1', null],
      'select to_hex(255), to_hex(2147483647)': ['ff', '7fffffff'],
    }),
    ...isCalled('E, labels', {
      "select trim('a'), ltrim('a'), len('a'), octet_length('a')": [
        'btrim',
        'ltrim',
        'len',
        'octet_length',
      ],
      "select bpcharcmp('a', 'b'), split_part('a', ',', 1), quote_literal('a')": [
        'bpcharcmp',
        'split_part',
        'quote_literal',
      ],
      "select concat('a', 'b'), substring('a', 1)": ['concat', 'substring'],
    }),
    ...isOfType('r_LEN, r_STRTOL, r_ASCII', {
      "select len('a'), ascii('a'), octetindex('a', 'a')": ['int4', 'int4', 'int4'],
      "select strtol('1', 10)": 'int8',
    }),
  ],
} satisfies Family

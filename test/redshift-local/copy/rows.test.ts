import { expect } from 'chai'
import { buckets, copy } from './copying'

interface Example {
  type: string
  options?: string
  /** The value as it stands in the data file, and what it becomes: `!code reason` for a fault. */
  values: [json: string | Buffer, becomes: string][]
}

const timestamp = 'timestamp without time zone'
const invalidTimestamp = '!1206 Invalid timestamp format or value'

/** Names of what every object of JavaScript has: a value of no column. */
const inherited = ['constructor', 'toString', '__proto__'].flatMap((word): Example[] => [
  { type: 'double precision', values: [[`"${word}"`, '!1208 Invalid float8 format or value']] },
  { type: 'real', values: [[`"${word}"`, '!1208 Invalid float4 format or value']] },
  { type: 'boolean', values: [[`"${word}"`, '!1210 Unknown boolean format']] },
  ...[timestamp, 'timestamp with time zone'].map((type): Example => ({
    type,
    options: `timeformat 'auto'`,
    values: [word, `2018-11-30 19:54:24 ${word}`].map((text) => [
      `"${text}"`,
      `${invalidTimestamp} [YYYY-MM-DD HH24:MI:SS]`,
    ]),
  })),
])

const examples: Example[] = [
  ...inherited,
  {
    type: 'character varying(6)',
    values: [
      ['"Björk"', 'Björk'],
      ['"Björks"', '!1204 String length exceeds DDL length'],
      ['"日本"', '日本'],
      ['"日本語"', '!1204 String length exceeds DDL length'],
      ['"😀ab"', '😀ab'],
      ['""', ''],
      ['"  "', '  '],
      ['null', '\\N'],
      ['112', '112'],
      ['1.50', '1.50'],
      ['true', 'true'],
      ['[1, 2]', '[1,2]'],
      ['"a\\tb\\\\c"', 'a\\tb\\\\c'],
      ['"\\n\\r\\/"', '\\n\\r/'],
    ],
  },
  {
    type: 'character varying(20)',
    values: [
      [Buffer.from([0x22, 0xa4, 0x22]), badUtf8('a4', 3)],
      [Buffer.from([0x22, 0xe0, 0xa1, 0x22]), badUtf8('e0 a1', 2)],
      [Buffer.from([0x22, 0xe0, 0x41, 0x22]), badUtf8('e0 41', 4)],
      [Buffer.from([0x22, 0xf8, 0x22]), badUtf8('f8', 1)],
      ['"\\ud800"', badUtf8('ed a0 80', 5)],
      ['"\\u0000"', badUtf8('00', 3)],
    ],
  },
  {
    type: 'character varying(20)',
    options: `acceptinvchars as '^'`,
    values: [
      [Buffer.from([0x22, 0x61, 0xe0, 0xa1, 0x62, 0x22]), 'a^^b'],
      ['"a\\ud800b\\u0000\\uffff"', 'a^^^b^^^^'],
      ['"😀"', '😀'],
    ],
  },
  {
    type: 'character varying(4)',
    options: 'truncatecolumns',
    values: [
      ['"abcdef"', 'abcd'],
      ['"abcéf"', 'abc'],
      ['"ab😀"', 'ab'],
    ],
  },
  {
    type: 'character varying(9)',
    options: 'blanksasnull emptyasnull',
    values: [
      ['""', '\\N'],
      ['"  "', '\\N'],
      ['" a "', ' a '],
    ],
  },
  {
    type: 'character varying(9)',
    options: 'trimblanks',
    values: [
      ['" a  "', ' a'],
      ['"   "', ''],
      ['"a\u00a0"', 'a\u00a0'],
      ['"a \\t"', 'a \\t'],
      ['"a\\n "', 'a\\n'],
      ['"a      "', 'a'],
      ['"a         "', 'a'],
    ],
  },
  {
    type: 'character varying(9) not null',
    values: [
      ['null', notNull()],
      ['""', ''],
    ],
  },
  {
    type: 'character varying(9) not null',
    options: 'emptyasnull',
    values: [['""', notNull()]],
  },
  {
    type: 'character(3)',
    values: [
      ['"abc"', 'abc'],
      ['"abcd"', '!1204 Char length exceeds DDL length'],
      [
        '"é"',
        '!1220 Multibyte character not supported for CHAR (Hint: Try using  VARCHAR). Invalid char: c3 a9',
      ],
    ],
  },
  {
    type: 'smallint',
    values: [
      ['32767', '32767'],
      ['"-32768"', '-32768'],
      ['32768', '!1222 Overflow, Column type: Short'],
    ],
  },
  {
    type: 'integer',
    values: [
      ['-2147483648', '-2147483648'],
      ['"2147483648"', '!1222 Overflow, Column type: Integer'],
      ['1e3', '1000'],
      ['2147483648.0', '!1222 Overflow, Column type: Integer'],
      ['2147483648.5', "!1207 Invalid digit, Value '.', Pos 10, Type: Integer"],
      ['-1e400', '!1222 Overflow, Column type: Integer'],
      ['"+7"', '7'],
      ['"a1"', "!1207 Invalid digit, Value 'a', Pos 0, Type: Integer"],
      ['"1a"', "!1207 Invalid digit, Value 'a', Pos 1, Type: Integer"],
      ['""', '\\N'],
      ['" "', '\\N'],
      ['"\u00a0"', "!1207 Invalid digit, Value '\u00a0', Pos 0, Type: Integer"],
      ['true', "!1207 Invalid digit, Value 't', Pos 0, Type: Integer"],
      ['{}', "!1207 Invalid digit, Value '{', Pos 0, Type: Integer"],
      ['12.5', "!1207 Invalid digit, Value '.', Pos 2, Type: Integer"],
    ],
  },
  {
    type: 'bigint',
    values: [
      ['1540919166796.0', '1540919166796'],
      ['"1540919166796.0"', "!1207 Invalid digit, Value '.', Pos 13, Type: Long"],
      ['9223372036854775807', '9223372036854775807'],
      ['9223372036854775808', '!1222 Overflow, Column type: Long'],
      ['-0', '0'],
      ['-9223372036854775808', '-9223372036854775808'],
      ['-9223372036854775809', '!1222 Overflow, Column type: Long'],
      ['-9007199254740993', '-9007199254740993'],
      ['9007199254740993.0', '9007199254740993'],
      ['9007199254740993.5', "!1207 Invalid digit, Value '.', Pos 16, Type: Long"],
      ['-9.007199254740993e15', '-9007199254740993'],
      ['1e18', '1000000000000000000'],
      ['1e999', '!1222 Overflow, Column type: Long'],
      ['1e999999999', '!1222 Overflow, Column type: Long'],
    ],
  },
  {
    type: 'numeric(8,2)',
    values: [
      ['20.259', '20.25'],
      ['"-20.259"', '-20.25'],
      ['"123456.789"', '123456.78'],
      ['1e-9', '0.00'],
      ['"1.5e3"', '1500.00'],
      ['".5"', '0.50'],
      ['1234567', '!1204 Overflow, Column type: Decimal'],
      ['-1e999', '!1204 Overflow, Column type: Decimal'],
      ['-0.001', '0.00'],
      ['"1,5"', "!1207 Invalid digit, Value ',', Pos 1, Type: Decimal"],
      ['""', '\\N'],
    ],
  },
  {
    type: 'numeric(8,2)',
    options: 'roundec',
    values: [
      ['20.259', '20.26'],
      ['"-0.005"', '-0.01'],
      ['"0.0049"', '0.00'],
    ],
  },
  {
    type: 'double precision',
    values: [
      ['182.85669', '182.85669'],
      ['"1e3"', '1000'],
      ['1e999', '!1204 Overflow, Column type: float8'],
      ['"x"', '!1208 Invalid float8 format or value'],
      ['""', '\\N'],
    ],
  },
  {
    type: 'real',
    values: [
      ['1e39', '!1204 Overflow, Column type: float4'],
      ['1e-50', '0'],
    ],
  },
  {
    type: 'boolean',
    values: [
      ['true', 't'],
      ['false', 'f'],
      ['"Yes"', 't'],
      ['0', 'f'],
      ['"x"', '!1210 Unknown boolean format'],
      ['""', '\\N'],
    ],
  },
  {
    type: 'date',
    values: [
      ['"2018-11-30"', '2018-11-30'],
      ['"2018-11-30 10:00:00"', '2018-11-30'],
      ['"2018-02-30"', '!1205 Invalid date format or value [YYYY-MM-DD]'],
      ['"18-1-1"', '!1205 Invalid Date Format - length must be 10 or more'],
      ['""', '\\N'],
    ],
  },
  { type: 'date', options: `dateformat 'MM/DD/YYYY'`, values: [['"11/30/2018"', '2018-11-30']] },
  { type: 'date', options: `dateformat 'YYYYMMDD'`, values: [['"20181130"', '2018-11-30']] },
  { type: 'date', options: `dateformat 'DD-MON-YY'`, values: [['"3-Nov-18"', '2018-11-03']] },
  { type: 'date', options: `dateformat 'auto'`, values: [['"Jan-08-1999"', '1999-01-08']] },
  {
    type: 'date',
    options: `dateformat 'MM/DD/YYYY' acceptanydate`,
    values: [['"00/00/0000"', '\\N']],
  },
  {
    type: timestamp,
    values: [
      ['"2018-11-30 19:54:24"', '2018-11-30 19:54:24'],
      ['"2018-11-30 19:54:24.796"', '2018-11-30 19:54:24.796000'],
      ['"2018-11-30T19:54:24Z"', `${invalidTimestamp} [YYYY-MM-DD HH24:MI:SS]`],
      ['1543607664796', `${invalidTimestamp} [YYYY-MM-DD HH24:MI:SS]`],
      ['""', '\\N'],
    ],
  },
  {
    type: timestamp,
    options: `timeformat 'epochmillisecs'`,
    values: [
      ['1543607664796', '2018-11-30 19:54:24.796000'],
      ['"1543607664796"', '2018-11-30 19:54:24.796000'],
      ['-1', '1969-12-31 23:59:59.999000'],
      ['1543607664000', '2018-11-30 19:54:24'],
      ['"soon"', `${invalidTimestamp} [epochmillisecs]`],
      ['1e300', `${invalidTimestamp} [epochmillisecs]`],
    ],
  },
  {
    type: timestamp,
    options: `timeformat 'epochsecs'`,
    values: [
      ['1543607664', '2018-11-30 19:54:24'],
      ['1543607664.796', '2018-11-30 19:54:24.796000'],
    ],
  },
  {
    type: timestamp,
    options: `timeformat 'MM.DD.YYYY HH12:MI:SS AM'`,
    values: [
      ['"11.30.2018 07:54:24 pm"', '2018-11-30 19:54:24'],
      ['"11.30.2018 12:00:00 AM"', '2018-11-30 00:00:00'],
      ['"11.30.2018 19:54:24 pm"', `${invalidTimestamp} [MM.DD.YYYY HH12:MI:SS AM]`],
    ],
  },
  {
    type: 'timestamp with time zone',
    values: [
      ['"2018-11-30 19:54:24-08"', '2018-12-01 03:54:24+00'],
      ['"2018-11-30 19:54:24"', '2018-11-30 19:54:24+00'],
    ],
  },
  {
    type: 'time without time zone',
    values: [
      ['"19:54:24.5"', '19:54:24.5'],
      ['"25:00:00"', '!1206 Invalid time format or value [HH24:MI:SS]'],
    ],
  },
]

function badUtf8(hex: string, error: number): string {
  return `!1220 String contains invalid or unsupported UTF-8 codepoints. Bad UTF-8 hex sequence: ${hex} (error ${error})`
}

function notNull(): string {
  return '!1213 Missing data for not-null field'
}

describe('A column', () => {
  const { folder, put } = buckets()

  for (const { type, options = '', values } of examples)
    for (const [json, becomes] of values) {
      const shown = Buffer.isBuffer(json) ? `bytes ${json.toString('hex')}` : json
      it(`of type ${type} ${options} takes ${shown} as ${becomes}`, async () => {
        put('b/file', Buffer.concat([Buffer.from('{"v":'), Buffer.from(json), Buffer.from('}')]))
        const copied = await copy(
          folder,
          `'s3://b/file' iam_role default json 'auto' maxerror 2 ${options}`,
          [`v ${type}`],
        )
        const [error] = copied.errors
        const told = error ? `!${error.errCode} ${error.errReason}` : copied.lines[0]
        expect(told).to.equal(becomes.startsWith('!') ? becomes.slice(0, 105) : becomes)
      })
    }

  it('of a type that COPY cannot fill is refused by its name', async () => {
    put('b/file', '{}')
    const copied = copy(folder, `'s3://b/file' iam_role default json 'auto'`, ['v jsonb'])
    await copied.then(
      () => expect.fail('it was not refused'),
      (error: unknown) =>
        expect(error)
          .to.have.property('message')
          .that.matches(/"v" of type jsonb/),
    )
  })
})

import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { buckets, copy, failure } from './copying'

interface Example {
  is: string
  options?: string
  columns?: string[]
  file: string | Buffer
  /** Rows in PostgreSQL's COPY text format. */
  rows?: string[]
  /** `line code reason`, and the column where one is told. */
  errors?: string[]
}

const idAndText = ['id integer', 'name character varying(30)']
const texts = ['a character varying(30)', 'b character varying(30)']

const examples: Record<string, Example[]> = {
  'of delimited text': [
    { is: 'has pipes between its fields', file: '1|x\n2|y\n', rows: ['1\tx', '2\ty'] },
    { is: 'may end without a line feed', file: '1|x\n2|y', rows: ['1\tx', '2\ty'] },
    { is: 'may end its lines as Windows does', file: '1|x\r\n2|y\r\n', rows: ['1\tx', '2\ty'] },
    { is: 'may end its records with a delimiter', file: '1|x|\n2||\n', rows: ['1\tx', '2\t'] },
    { is: 'has any delimiter', options: "delimiter ';'", file: '1;x|y\n', rows: ['1\tx|y'] },
    { is: 'has a tab', options: String.raw`delimiter '\t'`, file: '1\tx\n', rows: ['1\tx'] },
    {
      is: 'has an octal delimiter',
      options: String.raw`delimiter '\001'`,
      file: '1\u0001x\n',
      rows: ['1\tx'],
    },
    { is: 'keeps the blanks of texts', file: ' 1 | x \n', rows: ['1\t x '] },
    { is: 'cuts them with TRIMBLANKS', options: 'trimblanks', file: '1| x \n', rows: ['1\t x'] },
    { is: 'has NULL in empty numbers, not in texts', file: '|\n', rows: ['\\N\t'] },
    {
      is: 'has it there with EMPTYASNULL',
      options: 'emptyasnull',
      file: '|\n',
      rows: ['\\N\t\\N'],
    },
    {
      is: 'has it in blanks with BLANKSASNULL',
      options: 'blanksasnull',
      file: '1|  \n',
      rows: ['1\t\\N'],
    },
    { is: 'has \\N for NULL', file: '\\N|\\N\n', rows: ['\\N\t\\N'] },
    {
      is: 'has it as NULL AS says',
      options: "null as 'nil'",
      file: 'nil|nil\n1|\\N\n',
      rows: ['\\N\t\\N', '1\t\\\\N'],
    },
    {
      is: 'has a NUL for NULL',
      options: String.raw`null as '\0'`,
      file: '1|\0\n\0|x\0y\n',
      rows: ['1\t\\N'],
      errors: ['2 1218 Invalid null byte - field longer than 1 byte (name)'],
    },
    {
      is: 'ends its records with NUL otherwise',
      file: '15|NUL next\0|x\n1|x\0\n',
      rows: ['1\tx'],
      errors: ['1 1216 Missing newline: Unexpected character 0x7c found at location 12'],
    },
    {
      is: 'has no carriage return within',
      file: '12|a\rOMG\n1|x\n',
      rows: ['1\tx'],
      errors: ['1 1216 Missing newline: Unexpected character 0x4f found at location 5'],
    },
    {
      is: 'has as many fields as columns',
      file: '1\n1|x|y\n\n2|z\n',
      rows: ['2\tz'],
      errors: [
        '1 1214 Delimiter not found (id)',
        '2 1202 Extra column(s) found',
        '3 1214 Delimiter not found (id)',
      ],
    },
    {
      is: 'fills records up with FILLRECORD',
      options: 'fillrecord',
      columns: ['a integer', 'b character varying(3)', 'c character(3)', 'd integer not null'],
      file: '1|x|y|2\n1\n',
      rows: ['1\tx\ty\t2'],
      errors: ['2 1213 Missing data for not-null field (d)'],
    },
    {
      is: 'fills them with empty texts, and NULL with EMPTYASNULL',
      options: 'fillrecord emptyasnull',
      columns: ['a integer', 'b character varying(3)', 'c character(3)'],
      file: '1\n',
      rows: ['1\t\\N\t\\N'],
    },
    {
      is: 'has blank lines with IGNOREBLANKLINES',
      options: 'ignoreblanklines',
      file: '\n1|x\n\r\n\n2|y\n',
      rows: ['1\tx', '2\ty'],
    },
    {
      is: 'has a blank line for one text',
      columns: ['a character(1)'],
      file: 'x\n\n',
      rows: ['x', ''],
    },
    { is: 'has a header', options: 'ignoreheader 2', file: 'id|name\n--\n1|x\n', rows: ['1\tx'] },
    {
      is: 'counts its header as lines',
      options: 'ignoreheader 1',
      file: 'id|name\nx|x\n',
      errors: ["2 1207 Invalid digit, Value 'x', Pos 0, Type: Integer (id)"],
    },
    {
      is: 'names the bytes that are not UTF-8',
      file: Buffer.from('1|a\xa4b\n2|y\n', 'latin1'),
      rows: ['2\ty'],
      errors: [
        '1 1220 String contains invalid or unsupported UTF-8 codepoints. Bad UTF-8 hex sequence: a4 (error 3) (name)',
      ],
    },
    {
      is: 'replaces them with ACCEPTINVCHARS',
      options: "acceptinvchars '^'",
      file: Buffer.from('1|a\xa4b\n', 'latin1'),
      rows: ['1\ta^b'],
    },
    {
      is: 'has its values as JSON has them in strings',
      columns: ['a numeric(5,2)', 'b boolean', 'c date', 'd timestamp without time zone'],
      options: "dateformat 'DD.MM.YYYY' roundec timeformat 'epochsecs'",
      file: '1.255|yes|31.01.2020|0\n',
      rows: ['1.26\tt\t2020-01-31\t1970-01-01 00:00:00'],
    },
    {
      is: 'cuts with TRUNCATECOLUMNS',
      columns: ['a character varying(2)'],
      options: 'truncatecolumns',
      file: 'xyz\n',
      rows: ['xy'],
    },
    {
      is: 'has times with a zone',
      columns: ['a time with time zone', 'b timestamp with time zone'],
      file: '10:00:00+02|2020-01-01 10:00:00+02\n',
      rows: ['10:00:00+02\t2020-01-01 08:00:00+00'],
    },
    {
      is: 'is in UTF-16',
      options: 'encoding utf16',
      file: Buffer.from('\ufeff1|é\n', 'utf16le'),
      rows: ['1\té'],
    },
    {
      is: 'is in UTF-16LE',
      options: 'encoding as utf16le',
      file: Buffer.from('1|é\n', 'utf16le'),
      rows: ['1\té'],
    },
    {
      is: 'is in UTF-16BE',
      options: "encoding 'utf16be'",
      file: Buffer.from('1|é\n', 'utf16le').swap16(),
      rows: ['1\té'],
    },
    { is: 'is in GZIP', options: 'gzip', file: gzipSync('1|x\n'), rows: ['1\tx'] },
    {
      is: 'is in BZIP2',
      options: 'bzip2',
      file: Buffer.from(
        'QlpoOTFBWSZTWTUn3ccAAAFIgAAQMAAAZCAAMMAGmm0B6qLhdyRThQkDUn3ccA==',
        'base64',
      ),
      rows: ['1\tx', '2\ty'],
    },
  ],
  'with ESCAPE': [
    {
      is: 'has any character behind a backslash',
      options: 'escape',
      file: '1|a\\|b\\\\c\\\nd\\\r\\e\\012\n',
      rows: ['1\ta|b\\\\c\\nd\\re012'],
    },
    {
      is: 'has \\N and \\\\N for NULL',
      options: 'escape',
      file: '\\N|\\\\N\n',
      rows: ['\\N\t\\N'],
    },
    {
      is: 'keeps \\N where NULL is another text',
      options: "escape null as '@'",
      file: '@|\\\\N\n',
      rows: ['\\N\t\\\\N'],
    },
    { is: 'keeps a last backslash', options: 'escape', file: '1|x\\', rows: ['1\tx\\\\'] },
    {
      is: 'counts every line',
      options: 'escape',
      file: '1|a\\\nb\nx|y\n',
      rows: ['1\ta\\nb'],
      errors: ["3 1207 Invalid digit, Value 'x', Pos 0, Type: Integer (id)"],
    },
  ],
  'with REMOVEQUOTES': [
    {
      is: 'takes quotation marks from around its fields',
      options: 'removequotes',
      columns: ['a character varying(60)'],
      file: [
        `'The delimiter is a pipe (|) character'`,
        `'Black'`,
        `"White"`,
        `Blue'`,
        `' '`,
        `''`,
        `'it's'`,
        ` "x" `,
      ].join('\n'),
      rows: [
        'The delimiter is a pipe (|) character',
        'Black',
        'White',
        "Blue'",
        ' ',
        '',
        "it's",
        'x',
      ],
    },
    {
      is: 'needs both of them',
      options: 'removequotes',
      file: `1|'Blue\n2|"Blue'\n3|x\n`,
      rows: ['3\tx'],
      errors: [
        '1 1214 Delimited value missing end quote',
        '2 1214 Delimited value missing end quote',
      ],
    },
    {
      is: 'keeps those that are escaped',
      options: 'removequotes escape',
      columns: texts,
      file: `'A Midsummer Night\\'s Dream'|"a\\"|b"\n\\'x\\'|"\\\\"\n`,
      rows: [`A Midsummer Night's Dream\ta"|b`, `'x'\t\\\\`],
    },
  ],
  'of CSV': [
    { is: 'has commas', options: 'csv', file: '1,x\n2,y\r\n', rows: ['1\tx', '2\ty'] },
    {
      is: 'has quotation marks around its fields, doubled within',
      options: 'csv',
      file: '1,"a ""quoted"" word"\n"2",","\n3,""\n',
      rows: ['1\ta "quoted" word', '2\t,', '3\t'],
    },
    {
      is: 'has line breaks within',
      options: 'csv',
      file: '1,"a\nb\r\nc"\n2,y',
      rows: ['1\ta\\nb\\r\\nc', '2\ty'],
    },
    {
      is: 'ignores blanks around quotation marks',
      options: 'csv',
      file: '1, \t"x" ,\n',
      columns: ['a integer', 'b character varying(9)', 'c integer'],
      rows: ['1\tx\t\\N'],
    },
    {
      is: 'has another mark',
      options: "csv quote as '%'",
      file: '1,%All "light", and %%rock%% opera%\n',
      rows: ['1\tAll "light", and %rock% opera'],
    },
    {
      is: 'has another delimiter',
      options: "csv delimiter '|'",
      file: '1|"a|b"\n',
      rows: ['1\ta|b'],
    },
    {
      is: 'may be named by FORMAT',
      options: "format as csv quote '%'",
      file: '1,%x%\n',
      rows: ['1\tx'],
    },
    {
      is: 'has NULL in quotation marks, too',
      options: "csv null as 'NULL'",
      file: '1,NULL\n2,"NULL"\n',
      rows: ['1\t\\N', '2\t\\N'],
    },
    {
      is: 'has no quotation mark within a field that has none around it',
      options: 'csv',
      file: '1,aaaa"zzzz\n2,"x"y\n3,z\n',
      rows: ['3\tz'],
      errors: [
        '1 1214 Invalid quote formatting for CSV',
        '2 1214 Invalid quote formatting for CSV',
      ],
    },
    {
      is: 'closes its quotation marks',
      options: 'csv',
      file: '1,"x\n2,y\n',
      errors: ['2 1214 Delimited value missing end quote'],
    },
    {
      is: 'has no delimiter behind the last field',
      options: 'csv',
      file: '1,x,\n',
      errors: ['1 1202 Extra column(s) found'],
    },
    {
      is: 'has as many fields as columns',
      options: 'csv',
      file: '1\n',
      errors: ['1 1214 Delimiter not found (id)'],
    },
  ],
  'of fixed width': [
    {
      is: 'has its fields by characters',
      options: "fixedwidth 'a:3, b:4'",
      file: '1  äöü \n20 x\n',
      rows: ['1\täöü ', '20\tx'],
    },
    {
      is: 'has NULL in blank numbers',
      options: "fixedwidth 'a:3,b:2'",
      file: '   x\n',
      rows: ['\\N\tx'],
    },
    {
      is: 'has NULL AS before blanks',
      options: "fixedwidth 'a:4,b:4' null 'nil'",
      file: 'nil nil\n',
      rows: ['\\N\t\\N'],
    },
    {
      is: 'has all of its fields, and no more',
      options: "fixedwidth 'a:2,b:2'",
      file: '1\n1 x y\n1 x   \n',
      rows: ['1\tx '],
      errors: ['1 1203 Missing column(s) (id)', '2 1202 Extra column(s) found'],
    },
  ],
}

describe('COPY', () => {
  const { folder, put } = buckets()

  for (const [kind, cases] of Object.entries(examples))
    describe(kind, () => {
      for (const { is, options = '', columns = idAndText, file, rows = [], errors = [] } of cases)
        it(is, async () => {
          const sql = `'s3://text/f' iam_role default maxerror 100 ${options}`
          const bytes = Buffer.from(file)
          put('text/f', bytes)
          const whole = await copy(folder, sql, columns)
          const found = whole.errors.map(({ lineNumber, errCode, errReason, colname }) =>
            [lineNumber, errCode, errReason, ...(colname ? [`(${colname})`] : [])].join(' '),
          )
          expect(whole.lines).to.deep.equal(rows)
          expect(found).to.deep.equal(errors)
        })
    })

  it('finds the same however a file of text comes in pieces', async () => {
    const file = '1,"a ""b"" ü\r\n,c"\r\n2,x\n3,"y" \n4,"\n'
    const pieces = `'s3://text/f' iam_role default maxerror 9 csv`
    put('text/f', file)
    const { lines } = await copy(folder, pieces, idAndText)
    const long = Array.from({ length: 60_000 }, (_, at) => `${at},"${'x'.repeat(at % 20)}\n,é"`)
    put('text/f', long.join('\n'))
    const many = await copy(folder, `'s3://text/f' iam_role default csv`, idAndText)
    expect(lines).to.deep.equal(['1\ta "b" ü\\r\\n,c', '2\tx', '3\ty'])
    expect(many.lines).to.deep.equal(long.map((_, at) => `${at}\t${'x'.repeat(at % 20)}\\n,é`))
    expect(many.files).to.deep.include({
      name: 's3://text/f',
      bytes: Buffer.byteLength(long.join('\n')),
      lines: 120_000,
    })
  })

  it('tells the line and the value of a bad row', async () => {
    put('text/f', '1|x\n2|too long for its column, by far|\n')
    const { errors, failed } = await copy(folder, `'s3://text/f' iam_role default`, [
      'id integer',
      'name character varying(5)',
    ])
    expect(failed).to.equal(true)
    expect(errors).to.deep.equal([
      {
        filename: 's3://text/f',
        lineNumber: 2,
        colname: 'name',
        type: 'varchar',
        colLength: '5',
        position: 0,
        rawLine: '2|too long for its column, by far|',
        rawFieldValue: 'too long for its column, by far',
        errCode: 1204,
        errReason: 'String length exceeds DDL length',
      },
    ])
  })

  it('gives up a record of text that has no end', async () => {
    put('text/f', `1,x\n2,"${'y\n'.repeat(6_000_000)}`)
    const { lines, errors } = await copy(
      folder,
      `'s3://text/f' iam_role default csv maxerror 2`,
      idAndText,
    )
    expect(lines).to.deep.equal(['1\tx'])
    expect(errors[0]).to.include({ errCode: 1204, errReason: 'Row is longer than 4 MB' })
  })

  it('refuses files that are not what they are said to be', async () => {
    put('text/f', 'x')
    const refused = async (options: string) =>
      (await failure(copy(folder, `'s3://text/f' iam_role default ${options}`, idAndText))).message
    expect(await refused('gzip')).to.match(/not a valid GZIP file/)
    expect(await refused('bzip2')).to.match(/not a valid BZIP2 file: it ends too early/)
    expect(await refused('encoding utf16')).to.equal('The encoding of s3://text/f is not UTF16')
    expect(await refused("fixedwidth 'a:1'")).to.match(/names 1 columns/)
  })
})

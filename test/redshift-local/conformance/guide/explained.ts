import type { Judged } from './run'

/** Why statements of a page are answered otherwise than the guide says, and rightly so. */
interface Explanation {
  page: string
  /** `markOf` each statement; absent, all of the page. */
  marks?: string[]
  fact: string
}

const transcript = 'Cut out of a text that is no SQL: it is not a statement.'
const otherRows = 'The page prints rows of another table than the one that the guide makes.'

const refusedThere = 'The page says that Redshift refuses it.'
const wrongThere = 'No grammar reads the statement as the page prints it.'

export const explanations: Explanation[] = [
  {
    page: 'JSON_ARRAY_LENGTH',
    marks: ['b81234a2', '0cc4bdb6', '5d916d0f'],
    fact: 'The JSON is broken: an error, and NULL where that is asked for, which is printed as nothing.',
  },
  {
    page: 'JSON_EXTRACT_ARRAY_ELEMENT_TEXT',
    marks: ['039972ee', '1b130181', 'b7149254'],
    fact: 'The JSON is broken: an error, and NULL where that is asked for, which is printed as nothing.',
  },
  { page: 'c-spectrum-iam-policies', marks: ['6937b79b'], fact: 'The page misspells a column.' },
  { page: 'r_ALTER_USER', marks: ['c0386904'], fact: "The page's MD5 has 31 digits." },
  {
    page: 'r_CREATE_VIEW',
    marks: ['5645d9c0'],
    fact: 'Redshift wants schemas before the names of such a view (elementary-data/dbt-data-reliability#371).',
  },
  { page: 'r_DROP_TABLE', marks: ['372b7e9b'], fact: 'The page speaks of a view, and makes none.' },
  {
    page: 'r_GRANT-examples',
    marks: ['a5ad84c0'],
    fact: 'LIMIT, which r_UNLOAD says is not supported there.',
  },
  {
    page: 'r_GRANT-examples',
    marks: ['2ae99c56', 'dd197456', 'd53b2a9e'],
    fact: 'The example begins as a superuser, and the page is still another user.',
  },
  {
    page: 'r_DROP_ROLE',
    marks: ['19865fb9'],
    fact: 'The page does not make the user of the role.',
  },
  { page: 'r_SET', marks: ['4167b673'], fact: 'The page forgot GROUP BY.' },
  { page: 'r_STV_BLOCKLIST', marks: ['a740dd00'], fact: 'A column that the page does not have.' },
  {
    page: 'r_STL_UTILITYTEXT',
    marks: ['8cd45990', '6540bab0'],
    fact: 'A column that the page does not have.',
  },
  {
    page: 'r_WF_LISTAGG',
    marks: ['a18cf96b'],
    fact: 'The page prints lists that are not in the order that the statement asks for.',
  },
  { page: 'r_LISTAGG', marks: ['3ce8edce'], fact: refusedThere },
  { page: 'r_MEDIAN', marks: ['faf16ae2'], fact: refusedThere },
  { page: 'r_PERCENTILE_CONT', marks: ['faf16ae2'], fact: refusedThere },
  {
    page: 'r_correlated_subqueries',
    marks: ['6fedc32d', '3cbafb60', '14c5c080', '46505231'],
    fact: refusedThere,
  },
  { page: 'nested-data-use-cases', marks: ['9ea374fa'], fact: wrongThere },
  { page: 'query-super', marks: ['c5dff5eb'], fact: wrongThere },
  { page: 'r_SIZE', marks: ['11fc9d29'], fact: wrongThere },
  { page: 'r_CREATE_EXTERNAL_TABLE_examples', marks: ['bdfdbdc6'], fact: wrongThere },
  { page: 'c_PLpgSQL-statements', fact: transcript },
  { page: 'c_PLpgSQL-structure', fact: transcript },
  { page: 'c_serial_isolation', marks: ['b8e8c5c9', 'fa84fe55'], fact: transcript },
  { page: 'r_Serializable_isolation_example', fact: transcript },
  { page: 'tutorial-loading-run-copy', marks: ['c6c18d50', 'f223b12b'], fact: transcript },
  {
    page: 'r_COPY_command_examples',
    marks: ['3b09879c', '13c22b92'],
    fact: 'The page has the one for an error, and forgot a quotation mark in the other.',
  },
  {
    page: 'copy-usage_notes-hll',
    marks: ['c7b4dabd'],
    fact: 'The page forgot a quotation mark: the string has no end.',
  },
  {
    page: 'load-from-host-steps-run-copy',
    marks: ['8886e25e'],
    fact: 'The page has a CREDENTIALS without its string.',
  },
  {
    page: 'c-getting-started-using-spectrum-create-external-table',
    marks: ['ee828ebd'],
    fact: transcript,
  },
  {
    page: 'MURMUR3_32_HASH',
    fact: "The values that the page prints are FNV_HASH's; an INT cannot hold them.",
  },
  {
    page: 'r_CONVERT_function',
    marks: ['f49ccdb8', 'bdd3bbf5'],
    fact: 'The page has them for errors.',
  },
  {
    page: 'r_NVL2',
    marks: ['ca73132e', 'dc507cfe'],
    fact: 'A form of a call: there is no FROM clause with such a column.',
  },
  {
    page: 'time-zone-abbrevs',
    marks: ['a57be856'],
    fact: 'The page prints some of the abbreviations, as they were then.',
  },
  { page: 'r_STL_QUERYTEXT', marks: ['3aa171b1'], fact: transcript },
  { page: 'PG_GET_LATE_BINDING_VIEW_COLS', marks: ['be50cbff'], fact: otherRows },
  {
    page: 'r_LN',
    marks: ['ea2a811f'],
    fact: 'extra_float_digits is 0 by default (r_extra_float_digits); the page prints more digits.',
  },
  {
    page: 'IS_VALID_JSON',
    marks: ['beac247a'],
    fact: 'Known difference: IDENTITY leaves no gaps.',
  },
  {
    page: 'automatic-recognition',
    marks: ['c3b1e821'],
    fact: 'TIMESTAMP keeps microseconds (r_Datetime_types); the page prints whole seconds.',
  },
  {
    page: 'cm_chap_ConfigurationRef',
    marks: ['a768db95'],
    fact: 'The settings of the clusters of today are more than those that the page prints.',
  },
  {
    page: 'r_AT_TIME_ZONE',
    marks: ['86c04bc4'],
    fact: "The same moment, printed in the page's zone instead of UTC.",
  },
  {
    page: 'r_CANCEL',
    marks: ['58f34367', 'a3b45ccb'],
    fact: "The error that the page prints is the cancelled session's.",
  },
  {
    page: 'r_CREATE_VIEW',
    marks: ['250eaf9c'],
    fact: 'The page has renamed the column before.',
  },
  {
    page: 'r_CTAS_usage_notes',
    marks: ['25e2d709'],
    fact: 'The sort key is no column of the query: an error of the page.',
  },
  {
    page: 'r_FROM_clause-pivot-unpivot-examples',
    marks: ['3cc51d8f'],
    fact: 'The page prints the first rows only.',
  },
  {
    page: 'r_LISTAGG',
    marks: ['212825d2'],
    fact: 'The page prints lists that are not in the order that its statement asks for.',
  },
  {
    page: 'r_statement_timeout',
    marks: ['7ad0658c'],
    fact: 'Its few rows are read within the millisecond that the page allows.',
  },
  { page: 'r_WF_CUME_DIST', marks: ['cdfacf65'], fact: otherRows },
  { page: 'r_WF_PERCENT_RANK', marks: ['fea42ddb'], fact: otherRows },
  { page: 'r_WF_RATIO_TO_REPORT', marks: ['82945e25'], fact: otherRows },
  {
    page: 'r_WF_ROW_NUMBER',
    marks: ['4e9eebdd'],
    fact: 'Rows of equal quantity may be numbered either way.',
  },
  {
    page: 'time-zone-names',
    marks: ['16c51a7e'],
    fact: 'The page prints two of the zones.',
  },
]

const facts = new Map(
  explanations.flatMap(({ page, marks = ['*'], fact }) =>
    marks.map((mark) => [`${page} ${mark}`, fact]),
  ),
)

/** The fact by which a statement's answer is right, though the guide's page says otherwise. */
export function explanationOf({ page, mark }: Judged): string | undefined {
  return facts.get(`${page} ${mark}`) ?? facts.get(`${page} *`)
}

import type { Family } from '../case'
import { gives, isOfType, refuses } from '../gives'

export default {
  given: [],
  cases: [
    ...gives('r_TO_CHAR, r_Numeric_formating: numbers', {
      "select to_char(1234.5, '9,999.99'), to_char(1234.5, 'FM9,999.99')": [' 1,234.50', '1,234.5'],
      "select to_char(-7, '999'), to_char(-7, '999S'), to_char(-7, 'S999'), to_char(-7, '999PR')": [
        '  -7',
        '  7-',
        '  -7',
        '  <7>',
      ],
      "select to_char(7, '000'), to_char(7, 'FM000'), to_char(0.5, '0.00'), to_char(12345, '999')":
        [' 007', '007', ' 0.50', ' ###'],
      "select to_char(2021, 'RN'), to_char(2021, 'FMRN'), to_char(3, '9th')": [
        '          MMXXI',
        'MMXXI',
        ' 3rd',
      ],
      "select to_char(1234.5, 'L9G999D99'), to_char(125.8::float, '999D9')": [
        '  1,234.50',
        ' 125.8',
      ],
    }),
    ...gives('r_TO_NUMBER', {
      "select to_number('1,234.5-', '9G999D9S'), to_number('-7', 'S9')": ['-1234.5', '-7'],
      "select to_number('12.34', '99.99'), to_number('$ 1,234.50', 'L 9,999.99')": [
        '12.34',
        '1234.50',
      ],
    }),
    ...gives('r_TEXT_TO_INT_ALT: a sign on either side, an exponent; a fraction is cut', {
      "select text_to_int_alt('12-'), text_to_int_alt('+12'), text_to_int_alt(' 12 ')": [
        '-12',
        '12',
        '12',
      ],
      "select text_to_int_alt('12.9'), text_to_int_alt('-129E-1'), text_to_int_alt('1e3')": [
        '12',
        '-12',
        '1000',
      ],
      "select text_to_int_alt(''), text_to_int_alt(null)": ['0', null],
    }),
    ...gives('r_TEXT_TO_NUMERIC_ALT: halves become even', {
      "select text_to_numeric_alt('2.5'), text_to_numeric_alt('3.5'), text_to_numeric_alt('2.51')":
        ['2', '4', '3'],
      "select text_to_numeric_alt('12.345', 10, 2), text_to_numeric_alt('12.3451-', 10, 2)": [
        '12.34',
        '-12.35',
      ],
      "select text_to_numeric_alt('-12E2'), text_to_numeric_alt('')": ['-1200', '0'],
    }),
    ...refuses('r_TEXT_TO_INT_ALT, r_TEXT_TO_NUMERIC_ALT: what does not fit', {
      "select text_to_int_alt('a')": ['22P02'],
      "select text_to_int_alt('99999999999')": ['22003', 'integer out of range'],
      "select text_to_numeric_alt('1000', 3, 0)": [
        '22003',
        'Numeric data overflow (result precision)',
      ],
    }),
    ...refuses('r_Numeric-format-teradata: formats are not carried out', {
      "select text_to_int_alt('USD1', 'C9(I)')": [
        '0A000',
        'A format in TEXT_TO_INT_ALT is not carried out by the local Redshift.',
      ],
      "select text_to_numeric_alt('1', '9')": ['0A000'],
    }).map((one) => ({ ...one, localOnly: true as const })),
    ...isOfType('r_TEXT_TO_INT_ALT, r_TO_CHAR', {
      "select text_to_int_alt('1')": 'int4',
    }),
  ],
} satisfies Family

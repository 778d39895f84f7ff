import type { Family } from '../case'
import { gives, isOfType, refuses } from '../gives'

const document = `'{"a":{"b":[1,{"c":"x"}],"d":null,"e":1.50,"f":true,"g":""},"h i":"\\\\u00e9"}'`

export default {
  given: [],
  cases: [
    ...gives('JSON_EXTRACT_PATH_TEXT: a path that is not there gives an empty text; facts E', {
      [`select json_extract_path_text(${document}, 'a', 'e')`]: '1.50',
      [`select json_extract_path_text(${document}, 'a', 'f')`]: 'true',
      [`select json_extract_path_text(${document}, 'a', 'b')`]: '[1,{"c":"x"}]',
      [`select json_extract_path_text(${document}, 'h i')`]: 'é',
      [`select json_extract_path_text(${document}, 'a', 'd')`]: '',
      [`select json_extract_path_text(${document}, 'a', 'g')`]: '',
      [`select json_extract_path_text(${document}, 'A')`]: '',
      [`select json_extract_path_text(${document}, 'a', 'x', 'y')`]: '',
      "select json_extract_path_text('{a}', 'a', true)": null,
      "select json_extract_path_text(null, 'a')": null,
    }),
    ...gives('JSON_EXTRACT_ARRAY_ELEMENT_TEXT: counted from 0', {
      'select json_extract_array_element_text(\'[1,"b",[2]]\', 1)': 'b',
      'select json_extract_array_element_text(\'[1,"b",[2]]\', 2)': '[2]',
      "select json_extract_array_element_text('[1]', 5), json_extract_array_element_text('[1]', -1)":
        ['', ''],
      "select json_extract_array_element_text('[1', 0, true)": null,
    }),
    ...gives('JSON_ARRAY_LENGTH', {
      "select json_array_length('[]'), json_array_length('[1,[2,3],{\"a\":4}]')": ['0', '3'],
      "select json_array_length('[1', true)": null,
    }),
    ...gives('IS_VALID_JSON, IS_VALID_JSON_ARRAY: an object, an array', {
      "select is_valid_json('{\"a\":1}'), is_valid_json('{a:1}'), is_valid_json('[1]')": [
        't',
        'f',
        'f',
      ],
      "select is_valid_json_array('[1,2]'), is_valid_json_array('[1,]'), is_valid_json_array('{}')":
        ['t', 'f', 'f'],
    }),
    ...refuses('json-functions: what is no JSON', {
      "select json_extract_path_text('{a}', 'a')": ['XX000', 'JSON parsing error'],
      "select json_extract_array_element_text('[1', 0)": ['XX000', 'JSON parsing error'],
      "select json_array_length('[1')": ['XX000', 'JSON parsing error'],
      "select json_extract_path_text('{}', '1', '2', '3', '4', '5', '6')": ['22023'],
    }),
    ...isOfType('JSON_ARRAY_LENGTH, IS_VALID_JSON', {
      "select json_array_length('[]'), is_valid_json('{}')": ['int4', 'bool'],
    }),
  ],
} satisfies Family

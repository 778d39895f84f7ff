/** What the manual says of the codes of stl_load_errors ("Load error reference"). */
export const documentedCodes: Record<number, string> = {
  1200: 'Unknown parse error.',
  1201: 'A field delimiter was not found in the file.',
  1202: 'The data has more columns than the table.',
  1203: 'The data has fewer columns than the table.',
  1204: 'A value is out of the range of its type.',
  1211: 'A line has no data.',
  1212: 'The file was not found.',
  1214: 'A delimiter was not found.',
  1217: 'The value of an identity column is not valid.',
  1218: "NULL AS '\\0': a field with NUL has more than one byte.",
  1223: 'The type is not valid.',
  8001: 'COPY with MANIFEST takes the full path of one object.',
  9005: 'The end key is not valid.',
}

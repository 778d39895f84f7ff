const escaped = (character: string): string =>
  '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0')

/** JSON in pure ASCII, `\uXXXX` in lower case, as Python's json.dumps writes the song files. */
export function songJson(value: string | number | null): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, escaped)
}

/** JSON in pure ASCII with `/` as `\/`, as PHP's json_encode writes the logs. */
export function logJson(value: string): string {
  return songJson(value).replaceAll('/', '\\/')
}

/** Hundred-thousandths as a JSON number: 26007465 is `260.07465`, 30738240 is `307.3824`. */
export function decimalJson(hundredThousandths: number): string {
  return String(hundredThousandths / 100000)
}

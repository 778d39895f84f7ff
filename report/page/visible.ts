/* eslint-disable no-control-regex */

/**
 * Text without what would act on its surroundings or not be seen: control characters are shown as their
 * pictures (␀ to ␡), those that turn the direction of writing, and what is no character, as �.
 */
export function visible(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) => picture(control.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421')
    .replace(/[\u0080-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff\p{Surrogate}]/gu, '\ufffd')
}

/** The first characters of a text, and … where there are more. */
export function cut(text: string, most: number): string {
  // A character takes two places at most: a text of megabytes is not taken apart.
  const characters = [...text.slice(0, 2 * (most + 1))]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

function picture(code: number): string {
  return String.fromCharCode(0x2400 + code)
}

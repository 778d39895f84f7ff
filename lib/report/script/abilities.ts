import { copyLinks } from './links'
import { addSearch } from './search'
import { workTables } from './tables'
import { showValues } from './values'

/** What the page can do where scripts run. Each is a function that uses nothing of its module. */
const abilities = [showValues, workTables, addSearch, copyLinks]

/** The one script of the page. */
export function pageScript(): string {
  return ["'use strict'", ...abilities.map((ability) => `;(${ability.toString()})()`)].join('\n')
}

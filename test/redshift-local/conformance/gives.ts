import type { Case } from './case'

type Value = string | null

/** Cases of one fact: each statement gives one row, of one value or several. */
export function gives(fact: string, answers: Record<string, Value | Value[]>): Case[] {
  return Object.entries(answers).map(([sql, values]) => ({ sql, rows: [[values].flat()], fact }))
}

/** Cases of one fact: each statement is refused, by SQLSTATE and message. */
export function refuses(fact: string, answers: Record<string, [string, string?]>): Case[] {
  return Object.entries(answers).map(([sql, [sqlstate, message]]) => ({
    sql,
    error: { sqlstate, ...(message !== undefined && { message }) },
    fact,
  }))
}

/** Cases of one fact: what the columns of each statement are called. */
export function isCalled(fact: string, answers: Record<string, string | string[]>): Case[] {
  return Object.entries(answers).map(([sql, names]) => ({ sql, columns: [names].flat(), fact }))
}

/** Cases of one fact: of which type the column of each statement is. */
export function isOfType(fact: string, answers: Record<string, string | string[]>): Case[] {
  return Object.entries(answers).map(([sql, names]) => ({ sql, types: [names].flat(), fact }))
}

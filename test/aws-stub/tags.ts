import { demand } from './action'
import { isTagText } from './rules'

export type Tags = Record<string, string>

/** A tag in the words of the query services, and in those of the JSON services. */
export type WrittenTag = { Key: string; Value?: string } | { key: string; value?: string }

/** Tags of a request, by key. */
export function readTags(written: WrittenTag[] = []): Tags {
  const pairs = written.map((tag): [string, string] =>
    'Key' in tag ? [tag.Key, tag.Value ?? ''] : [tag.key, tag.value ?? ''],
  )
  demand(
    pairs.length <= 50,
    'TagLimitExceededFault',
    'You have exceeded the number of tags allowed.',
  )
  for (const [key, value] of pairs) {
    const isGood = isTagText(key) && isTagText(value) && key !== '' && !key.startsWith('aws:')
    demand(isGood, 'InvalidTagFault', `The tag ${key}=${value} is invalid.`)
  }
  return Object.fromEntries(pairs)
}

/** Tags as the query services answer them. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** Tags as EC2 and Serverless answer them. */
export function smallTagList(tags: Tags): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }))
}

/** What Redshift lists by tags: any of the keys and any of the values. */
export interface TagQuery {
  TagKeys?: string[]
  TagValues?: string[]
}

/** True for what such a list has. */
export function hasTags(tags: Tags, { TagKeys, TagValues }: TagQuery): boolean {
  const isKeyed = TagKeys?.some((key) => key in tags) ?? true
  return isKeyed && (TagValues?.some((value) => Object.values(tags).includes(value)) ?? true)
}

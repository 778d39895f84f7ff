/** The tags of a resource, by key. */
export type Tags = Record<string, string>

/** What every resource of ours is tagged with, whoever made it. */
export const project = 'sparkify-warehouse'

/** Who made a resource, when, and how long it is to live. */
interface Origin {
  name: string
  owner: string
  created: Date
  ttlHours: number | undefined
}

/** The tags that everything is created with: there is never a moment in which it is ours and untagged. */
export function tagsFor({ name, owner, created, ttlHours }: Origin): Tags {
  return {
    project,
    name,
    owner: asTagValue(owner),
    created: created.toISOString(),
    ...(ttlHours === undefined ? {} : ttlTags(created, ttlHours)),
  }
}

/** The tags that say until when a resource is to live. */
export function ttlTags(from: Date, hours: number): Tags {
  const expires = new Date(from.getTime() + hours * 3_600_000).toISOString()
  return { 'ttl-hours': String(hours), expires }
}

/** True where a resource is to live for another time than its tags say. */
export function isOtherTtl(tags: Tags, hours: number | undefined): boolean {
  return hours !== undefined && tags['ttl-hours'] !== String(hours)
}

/** True for what this project made under `name`. */
export function isOurs(tags: Tags, name: string): boolean {
  return tags.project === project && tags.name === name
}

/** Tags as STS, IAM, EC2 and Redshift take them. */
export function asUpperTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** Tags as Redshift Serverless takes them. */
export function asLowerTags(tags: Tags): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }))
}

interface Tag {
  Key?: string | undefined
  Value?: string | undefined
  key?: string | undefined
  value?: string | undefined
}

/** Tags as any of the services gives them. */
export function tagsOf(list: Tag[] = []): Tags {
  const pairs = list.map(({ Key, Value, key, value }) => [Key ?? key ?? '', Value ?? value ?? ''])
  return Object.fromEntries(pairs) as Tags
}

/** What the values of tags may hold, and how much of it, in all of the services. */
export const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u

// The ARN of a caller may hold a comma, and be longer.
function asTagValue(text: string): string {
  return text.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, 256)
}

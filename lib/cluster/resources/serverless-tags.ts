import type { Aws } from '../aws/aws'
import { unlessAbsent } from '../aws/faults'
import type { Found } from './resource'
import { isOurs, type Tags, tagsOf } from './tags'

/** A page of a list of Redshift Serverless; without `nextToken` the last one. */
interface Page {
  found: Found[]
  nextToken: string | undefined
}

/** The tags of a resource of Redshift Serverless; undefined where it is gone meanwhile. */
export async function tagsAt(aws: Aws, resourceArn: string | undefined): Promise<Tags | undefined> {
  const answer = await unlessAbsent(
    aws.call('redshift-serverless', 'ListTagsForResource', { resourceArn }),
    'ResourceNotFound',
  )
  return answer && tagsOf(answer.tags)
}

/** What of a list is tagged as ours; Serverless lists no tags, and filters by none. */
export async function taggedServerless(
  aws: Aws,
  name: string,
  page: (nextToken: string | undefined) => Promise<Page>,
): Promise<Found[]> {
  const ours: Found[] = []
  let nextToken: string | undefined
  do {
    const listed = await page(nextToken)
    for (const found of listed.found) {
      const tags = await tagsAt(aws, found.id)
      if (tags && isOurs(tags, name)) ours.push({ ...found, tags })
    }
    nextToken = listed.nextToken
  } while (nextToken !== undefined)
  return ours
}

import type { Workgroup } from '@aws-sdk/client-redshift-serverless'
import type { Found } from './resource'

/** A workgroup as Redshift Serverless describes it, which is without its tags. */
export function foundIn(workgroup: Workgroup): Found {
  const { workgroupArn = '', workgroupName = '', status, endpoint, creationDate } = workgroup
  return {
    id: workgroupArn,
    name: workgroupName,
    state: (status ?? 'unknown').toLowerCase(),
    tags: {},
    since: creationDate,
    endpoint: {
      isPublic: workgroup.publiclyAccessible ?? false,
      ...(endpoint?.address && { host: endpoint.address }),
      ...(endpoint?.port && { port: endpoint.port }),
    },
    size: { baseRpu: workgroup.baseCapacity ?? 0, maxRpu: workgroup.maxCapacity ?? 0 },
  }
}

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { startS3rver } from '../s3rver'

/** The only keys that the server of S3 takes. */
export const s3Credentials = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }

/** A server of S3 with buckets of its own, in a folder. */
export class S3Server {
  private constructor(
    private readonly server: ChildProcess,
    readonly url: string,
    private readonly client: S3Client,
  ) {}

  static async start(folder: string): Promise<S3Server> {
    const { server, url: endpoint } = await startS3rver(folder)
    const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
    return new S3Server(
      server,
      endpoint,
      new S3Client({ endpoint, region: 'us-west-2', credentials }),
    )
  }

  async makeBucket(Bucket: string): Promise<void> {
    await this.client.send(new CreateBucketCommand({ Bucket }))
  }

  async put(Bucket: string, Key: string, Body: Buffer): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket, Key, Body }))
  }

  async close(): Promise<void> {
    this.client.destroy()
    this.server.kill()
    await once(this.server, 'exit')
  }
}

/** The AWS services that a cluster is made of, by the names that permissions have for them. */
interface Modules {
  sts: typeof import('@aws-sdk/client-sts')
  iam: typeof import('@aws-sdk/client-iam')
  ec2: typeof import('@aws-sdk/client-ec2')
  redshift: typeof import('@aws-sdk/client-redshift')
  'redshift-serverless': typeof import('@aws-sdk/client-redshift-serverless')
  secretsmanager: typeof import('@aws-sdk/client-secrets-manager')
}

export type Service = keyof Modules

/** What a service can be asked: `CreateRole`. */
export type Operation<S extends Service> = {
  [K in keyof Modules[S]]: K extends `${infer Name}Command` ? Name : never
}[keyof Modules[S]]

type CommandOf<S extends Service, O extends Operation<S>> = `${O}Command` extends keyof Modules[S]
  ? Modules[S][`${O}Command`]
  : never

export type Input<S extends Service, O extends Operation<S>> =
  CommandOf<S, O> extends new (...given: never[]) => { input: infer I } ? I : never

export type Output<S extends Service, O extends Operation<S>> =
  CommandOf<S, O> extends new (...given: never[]) => {
    resolveMiddleware: (...given: never[]) => (...given: never[]) => Promise<{ output: infer R }>
  }
    ? R
    : never

/** One request, as a dry run lists it. */
export interface Call {
  service: Service
  operation: string
  input: object
}

/**
 * The one way to AWS: every request of `cluster` goes through `call`, so a dry run is the same code with
 * another `Aws` behind it.
 */
export interface Aws {
  /** @throws Unreachable or UsageError, with the SDK's error as its cause; see `isFault` */
  call: <S extends Service, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ) => Promise<Output<S, O>>
}

/** Who calls, and where things are made. */
export interface Account {
  id: string
  /** aws, aws-cn or aws-us-gov */
  partition: string
  region: string
  caller: string
}

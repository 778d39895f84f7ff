import { expect } from 'chai'

/** The error of a class that `work` ends with. */
export async function refusal(
  work: Promise<unknown>,
  type: new (...given: never[]) => Error,
): Promise<Error> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).to.be.instanceOf(type)
  return error as Error
}

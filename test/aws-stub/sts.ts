import { type Action, action } from './action'

/** Who calls. */
export const sts: Record<string, Action> = {
  GetCallerIdentity: action([], (_, { id, user }) => ({
    Arn: `arn:aws:iam::${id}:user/${user}`,
    UserId: 'AIDAEXAMPLE',
    Account: id,
  })),
}

/**
 * What is wrong with variables that would make Node take any certificate, Amazon's or not; undefined
 * where nothing is. Whoever talks to AWS or to a cluster asks first.
 */
export function verificationFault(variables: NodeJS.ProcessEnv): string | undefined {
  if (variables.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return undefined
  return (
    'NODE_TLS_REJECT_UNAUTHORIZED is "0": certificates are always verified, so it has to be unset; ' +
    'NODE_EXTRA_CA_CERTS can name the file of a private certificate authority'
  )
}

/** Why no session with the warehouse came about, and what to do. */
interface Advice {
  /** The code that Node gives the error; else pg's words, where it has no code. */
  of: RegExp
  say: string
}

const advices: Advice[] = [
  {
    of: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    say:
      "The certificate of the server is for another address, so it may not be the warehouse's: " +
      'nothing was sent to it. Set REDSHIFT_HOST to the address that AWS gives the cluster.',
  },
  {
    of: /^([A-Z_]*CERT[A-Z_]*|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    say:
      'The certificate of the server is signed by nobody whom this machine trusts, or is out of ' +
      'date, so it may not be the warehouse: nothing was sent to it. Check REDSHIFT_HOST and the ' +
      'clock; NODE_EXTRA_CA_CERTS can name the file of a private certificate authority.',
  },
  {
    of: /^The server does not support SSL connections$/,
    say:
      'A password goes over encrypted connections only, and Redshift offers them. Check ' +
      'REDSHIFT_HOST and REDSHIFT_PORT.',
  },
  {
    of: /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$/,
    say:
      'Nothing answers there. Check the network; if it is the warehouse, check REDSHIFT_HOST and ' +
      'REDSHIFT_PORT too: `sparkify cluster status` shows where it is.',
  },
  {
    of: /^Connection terminated unexpectedly$/,
    say:
      'The server hung up. Run the command again: what was not finished is rolled back. Where it ' +
      'hangs up at once, check that REDSHIFT_HOST and REDSHIFT_PORT are those of the warehouse.',
  },
  {
    of: /^timeout expired$/,
    say:
      'The warehouse did not answer in time. Its firewall rule may not let this address in, or it ' +
      'is paused or private: `sparkify cluster status` shows it. Check REDSHIFT_HOST and ' +
      'REDSHIFT_PORT as well.',
  },
]

/** What to do about an error on the way to a session; undefined where it is another error. */
export function adviceOn(error: Error): string | undefined {
  const { code } = error as NodeJS.ErrnoException
  return advices.find(({ of }) => of.test(code ?? error.message))?.say
}

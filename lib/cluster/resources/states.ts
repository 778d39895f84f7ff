import { Unreachable } from '../../warehouse/errors'

/** States in which waiting does not help, and what does. */
const hopeless: Record<string, string> = {
  deleting: 'It is being deleted. Run `up` again when `cluster status` no longer shows it.',
  'final-snapshot':
    'It is being deleted, after a last snapshot. Run `up` again when `cluster status` no longer shows it.',
  'incompatible-network':
    'Its network does not fit: --public needs an internet gateway and free addresses in the subnets. ' +
    'Take it down (`cluster down`), and name other --vpc and --subnets.',
  'incompatible-hsm': 'It cannot reach its hardware security module: see the Redshift console.',
  'incompatible-parameters': 'Its parameter group does not fit: see the Redshift console.',
  'incompatible-restore': 'Its snapshot cannot be restored there: see the Redshift console.',
  'hardware-failure':
    'A single node that fails is lost. Take it down (`cluster down`), and `up` again; or restore a snapshot.',
  'storage-full': 'Its disks are full: resize it in the Redshift console, or remove data.',
}

/** Refuses a warehouse that will never be available as it stands. @throws Unreachable */
export function refuseHopeless(what: string, state: string): void {
  const advice = hopeless[state]
  if (advice) throw new Unreachable(`${what} is ${state}. ${advice}`)
}

import { generateKeyPair, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SecureContext } from 'node:tls'
import { promisify } from 'node:util'
import { outlastsPowerCut } from '../../object-store/sync'
import { makeAside } from '../engine/aside'
import { LocalRedshiftError } from '../errors'

/** Where the certificate of a data folder lies, which a client gives as sslrootcert. */
export function certificatePath(folder: string): string {
  return join(folder, 'tls', certificateFile)
}

/** @throws LocalRedshiftError where the certificate cannot be made or used */
export type OpenTls = () => Promise<SecureContext>

/**
 * What TLS with clients needs, once one asks for it. The certificate is made the first time, signed by itself, for
 * this machine; one that is there is read at once, as clients hide why they got none.
 * @throws LocalRedshiftError where the one that is there cannot be used
 */
export async function tlsOf(folder: string): Promise<OpenTls> {
  const place = join(folder, 'tls')
  let opening: Promise<SecureContext> | undefined
  const openTls = () =>
    (opening ??= open(place).catch((error: unknown) => {
      opening = undefined // the next client may find it mended
      throw error
    }))
  if (existsSync(place)) await openTls()
  return openTls
}

async function open(place: string): Promise<SecureContext> {
  try {
    if (!existsSync(place)) await makeAside(place, makeCertificate)
    const { createSecureContext } = await import('node:tls')
    return createSecureContext({
      key: readFileSync(join(place, keyFile)),
      cert: readFileSync(join(place, certificateFile)),
    })
  } catch (cause) {
    const reason = (cause as Error).message
    throw new LocalRedshiftError(
      `The certificate of the local Redshift in ${place} (${certificateFile}, ${keyFile}) cannot be used: ` +
        `${reason}. Remove that folder, and it is made again.`,
      { cause },
    )
  }
}

const certificateFile = 'server.crt'
const keyFile = 'server.key'

const years = 10

async function makeCertificate(folder: string): Promise<void> {
  const { md, pki } = await import('node-forge')
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const certificate = pki.createCertificate()
  certificate.publicKey = pki.publicKeyFromPem(publicKey)
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`
  const { notBefore, notAfter } = certificate.validity
  notBefore.setDate(notBefore.getDate() - 1) // for a clock that is behind
  notAfter.setFullYear(notBefore.getFullYear() + years)
  const name = [{ name: 'commonName', value: 'Local Redshift' }]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false }, // who trusts it trusts nothing else
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 7, ip: '127.0.0.1' },
      ],
    },
  ])
  certificate.sign(pki.privateKeyFromPem(privateKey), md.sha256.create())
  mkdirSync(folder, { mode: 0o700 })
  const options = { mode: 0o600, flush: outlastsPowerCut() }
  writeFileSync(join(folder, keyFile), privateKey, options)
  writeFileSync(join(folder, certificateFile), pki.certificateToPem(certificate), options)
}

import type { Family } from '../case'
import { gives, isOfType, refuses } from '../gives'

export default {
  given: [],
  cases: [
    ...gives('SHA1, FUNC_SHA1, SHA; vectors of FIPS 180-2 and of RFC 3174', {
      "select sha1('abc')": 'a9993e364706816aba3e25717850c26c9cd0d89d',
      "select func_sha1('')": 'da39a3ee5e6b4b0d3255bfef95601890afd80709',
      "select sha('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')":
        '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
      "select sha1(repeat('a', 1000))": '291e9a6c66994949b57ba5e650361e98fc36b1ba',
      'select sha1(null)': null,
    }),
    ...gives('SHA2; vectors of FIPS 180-2', {
      "select sha2('abc', 224)": '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
      "select sha2('abc', 0)": 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      "select sha2('abc', 256) = sha2('abc', 0)": 't',
      "select sha2('abc', 384)":
        'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
      "select left(sha2('abc', 512), 32)": 'ddaf35a193617abacc417349ae204131',
      "select sha2('abc', 1)": '',
    }),
    ...gives('r_MD5', { "select md5('abc')": '900150983cd24fb0d6963f7d28e17f72' }),
    ...gives('crc32-function: the polynomial of CRC-32C; vector of RFC 3720', {
      "select crc32('123456789')": 'e3069283',
      "select crc32('')": '00000000',
    }),
    ...gives('r_FNV_HASH; vectors of FNV-1a', {
      "select fnv_hash('')": '-3750763034362895579',
      "select fnv_hash('foobar')": String(BigInt.asIntN(64, 0x85944171f73967e8n)),
      "select fnv_hash('bar', fnv_hash('foo')) = fnv_hash('foobar')": 't',
      'select fnv_hash(1::smallint) = fnv_hash(1)': 'f',
    }),
    ...gives('MURMUR3_32_HASH: of Iceberg, appendix B; the guide prints the values of FNV_HASH', {
      'select murmur3_32_hash(34), murmur3_32_hash(34::bigint), murmur3_32_hash(34::smallint)': [
        '2017239379',
        '2017239379',
        '2017239379',
      ],
      'select murmur3_32_hash(14.20)': '-500754589',
      "select murmur3_32_hash(date '2017-11-16')": '-653330422',
      "select murmur3_32_hash(time '22:31:08')": '-662762989',
      "select murmur3_32_hash(timestamp '2017-11-16 22:31:08')": '-2047944441',
      "select murmur3_32_hash('iceberg')": '1210000089',
      'select murmur3_32_hash(true)': '1392991556',
      'select murmur3_32_hash(1.0::real), murmur3_32_hash(1.0::float)': [
        '-142385009',
        '-142385009',
      ],
      "select murmur3_32_hash('')": '0',
      "select murmur3_32_hash('', 1)": '1364076727',
    }),
    ...gives('r_FARMFINGERPRINT64; values of the library', {
      "select farmfingerprint64('a')": '-5528939962900187677',
      "select farmfingerprint64('abcdefg')": '4341691227789030229',
      "select farmfingerprint64('0123456789abcdef')": '6105018409752412263',
      "select farmfingerprint64('0123456789abcdefg')": '-6422696535518490038',
      "select farmfingerprint64(repeat('x', 32) || 'y')": '6406050727631904754',
      "select farmfingerprint64(repeat('q', 64))": '-1384083534320573321',
      "select farmfingerprint64(repeat('q', 100))": '8548607666978352655',
      "select farmfingerprint64(repeat('q', 128))": '7661176699498645130',
    }),
    ...gives('r_CHECKSUM: by its example, a decimal without its point', {
      'select checksum(109.20), checksum(5)': ['10920', '5'],
    }),
    ...refuses('r_CHECKSUM, r_FNV_HASH: what is hashed of other types is not documented', {
      "select checksum('a')": [
        '0A000',
        'CHECKSUM of VARCHAR is not carried out by the local Redshift.',
      ],
      'select fnv_hash(1.5)': [
        '0A000',
        'FNV_HASH of NUMERIC is not carried out by the local Redshift.',
      ],
    }).map((one) => ({ ...one, localOnly: true as const })),
    ...isOfType('hash-functions', {
      'select murmur3_32_hash(1)': 'int4',
      'select fnv_hash(1)': 'int8',
      "select farmfingerprint64('a')": 'int8',
      'select checksum(1)': 'int4',
    }),
  ],
} satisfies Family

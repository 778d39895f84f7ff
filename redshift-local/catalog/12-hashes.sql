-- Hashes (docs hash-functions): over the bytes of a text in UTF-8, or of what another value is in binary.

-- FNV-1a of 64 bits, and its next byte: times 2^40 + 435, modulo 2^64, which no bigint may exceed on the way
create or replace function redshift_catalog.fnv(bytes bytea, seed bigint) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  hash bigint := seed;
begin
  for i in 0 .. octet_length(bytes) - 1 loop
    hash := hash # get_byte(bytes, i);
    hash := ((hash >> 32) * 435 + ((hash & 4294967295) * 435 >> 32) + ((hash & 4294967295) << 8)) << 32
      | ((hash & 4294967295) * 435 & 4294967295);
  end loop;
  return hash;
end
$$;

do $do$
declare
  item record;
begin
  for item in
    select * from (values
      -- of a number the lowest byte first
      ('smallint', 'reverse(int2send($1))'),
      ('integer', 'reverse(int4send($1))'),
      ('bigint', 'reverse(int8send($1))'),
      ('text', 'convert_to($1, ''UTF8'')')
    ) as given (type, bytes)
  loop
    execute format(
      'create or replace function pg_catalog.fnv_hash(%s) returns bigint language sql immutable parallel safe as '
      '$f$ select redshift_catalog.fnv(%s, -3750763034362895579) $f$', item.type, item.bytes);
    execute format(
      'create or replace function pg_catalog.fnv_hash(%s, bigint) returns bigint language sql immutable parallel safe '
      'as $f$ select redshift_catalog.fnv(%s, $2) $f$', item.type, item.bytes);
  end loop;
end
$do$;

-- docs r_FNV_HASH says of no other type which bytes it hashes
do $do$
declare
  type text;
begin
  foreach type in array array['numeric', 'real', 'double precision', 'boolean', 'date', 'timestamp', 'timestamptz'] loop
    execute format(
      'create or replace function pg_catalog.fnv_hash(%s, bigint default 0) returns bigint '
      'language plpgsql immutable parallel safe as $f$ begin '
      'raise exception using errcode = ''0A000'', message = '
      '''FNV_HASH of %s is not carried out by the local Redshift.''; end $f$', type, upper(type));
  end loop;
end
$do$;

create or replace function redshift_catalog.times32(a bigint, b bigint) returns bigint
language sql immutable strict parallel safe as $$
  select ((((a >> 16) * b & 65535) << 16) + (a & 65535) * b) & 4294967295
$$;

create or replace function redshift_catalog.rotated32(value bigint, bits integer) returns bigint
language sql immutable strict parallel safe as $$
  select ((value << bits) | (value >> (32 - bits))) & 4294967295
$$;

-- Murmur3A of 32 bits
create or replace function redshift_catalog.murmur3(bytes bytea, seed integer) returns integer
language plpgsql immutable strict parallel safe as $$
declare
  hash bigint := seed::bigint & 4294967295;
  size integer := octet_length(bytes);
  part bigint;
begin
  for place in 0 .. size - 1 by 4 loop
    part := 0;
    for i in reverse least(place + 3, size - 1) .. place loop
      part := (part << 8) | get_byte(bytes, i);
    end loop;
    part := redshift_catalog.times32(part, 3432918353);
    part := redshift_catalog.times32(redshift_catalog.rotated32(part, 15), 461845907);
    hash := hash # part;
    if place + 4 <= size then
      hash := (redshift_catalog.rotated32(hash, 13) * 5 + 3864292196) & 4294967295;
    end if;
  end loop;
  hash := hash # size;
  hash := redshift_catalog.times32(hash # (hash >> 16), 2246822507);
  hash := redshift_catalog.times32(hash # (hash >> 13), 3266489909);
  hash := hash # (hash >> 16);
  return case when hash > 2147483647 then hash - 4294967296 else hash end;
end
$$;

-- docs MURMUR3_32_HASH: the bytes of Iceberg's specification, appendix B; its decimals are in 16 bytes at most
create or replace function redshift_catalog.iceberg_bytes(value bigint) returns bytea
language sql immutable parallel safe as $$
  select reverse(int8send(value))
$$;

create or replace function redshift_catalog.iceberg_bytes(value numeric) returns bytea
language plpgsql immutable strict parallel safe as $$
declare
  rest numeric := trunc(value * 10::numeric ^ scale(value));
  bytes bytea := '';
begin
  loop
    bytes := set_byte('\x00', 0, mod(mod(rest, 256) + 256, 256)::integer) || bytes;
    rest := floor(rest / 256);
    exit when rest = case when get_byte(bytes, 0) < 128 then 0 else -1 end;
  end loop;
  return bytes;
end
$$;

do $do$
declare
  item record;
begin
  for item in
    select * from (values
      ('smallint', 'redshift_catalog.iceberg_bytes($1::bigint)'),
      ('integer', 'redshift_catalog.iceberg_bytes($1::bigint)'),
      ('bigint', 'redshift_catalog.iceberg_bytes($1)'),
      ('numeric', 'redshift_catalog.iceberg_bytes($1)'),
      ('real', 'reverse(float8send($1::double precision + 0))'),
      ('double precision', 'reverse(float8send($1 + 0))'),
      ('boolean', 'redshift_catalog.iceberg_bytes($1::integer::bigint)'),
      ('date', 'redshift_catalog.iceberg_bytes(($1 - date ''1970-01-01'')::bigint)'),
      ('timestamp', 'redshift_catalog.iceberg_bytes((extract(epoch from $1) * 1000000)::bigint)'),
      ('timestamptz', 'redshift_catalog.iceberg_bytes((extract(epoch from $1) * 1000000)::bigint)'),
      ('time', 'redshift_catalog.iceberg_bytes((extract(epoch from $1) * 1000000)::bigint)'),
      ('text', 'convert_to($1, ''UTF8'')')
    ) as given (type, bytes)
  loop
    execute format(
      'create or replace function pg_catalog.murmur3_32_hash(%s, integer default 0) returns integer language sql '
      'immutable parallel safe as $f$ select redshift_catalog.murmur3(%s, $2) $f$', item.type, item.bytes);
  end loop;
end
$do$;

create or replace function redshift_catalog.sha1(message bytea) returns bytea
language plpgsql immutable strict parallel safe as $$
declare
  padded bytea := message || '\x80' || decode(repeat('00', (119 - octet_length(message) % 64) % 64), 'hex')
    || int8send(octet_length(message) * 8);
  h bigint[] := array[1732584193, 4023233417, 2562383102, 271733878, 3285377520];
  w bigint[];
  a bigint; b bigint; c bigint; d bigint; e bigint; next bigint;
begin
  for place in 0 .. octet_length(padded) - 1 by 64 loop
    for i in 0 .. 15 loop
      w[i] := ('x' || encode(substr(padded, place + 4 * i + 1, 4), 'hex'))::bit(32)::bigint & 4294967295;
    end loop;
    for i in 16 .. 79 loop
      w[i] := redshift_catalog.rotated32(w[i - 3] # w[i - 8] # w[i - 14] # w[i - 16], 1);
    end loop;
    a := h[1]; b := h[2]; c := h[3]; d := h[4]; e := h[5];
    for i in 0 .. 79 loop
      next := redshift_catalog.rotated32(a, 5) + e + w[i] + case i / 20
        when 0 then 1518500249 + ((b & c) | (~b & d & 4294967295))
        when 1 then 1859775393 + (b # c # d)
        when 2 then 2400959708 + ((b & c) | (b & d) | (c & d))
        else 3395469782 + (b # c # d)
      end;
      e := d; d := c; c := redshift_catalog.rotated32(b, 30); b := a; a := next & 4294967295;
    end loop;
    h := array[h[1] + a & 4294967295, h[2] + b & 4294967295, h[3] + c & 4294967295,
      h[4] + d & 4294967295, h[5] + e & 4294967295];
  end loop;
  return substr(int8send(h[1]), 5) || substr(int8send(h[2]), 5) || substr(int8send(h[3]), 5)
    || substr(int8send(h[4]), 5) || substr(int8send(h[5]), 5);
end
$$;

do $do$
declare
  name text;
begin
  foreach name in array array['sha', 'sha1', 'func_sha1'] loop
    execute format(
      'create or replace function pg_catalog.%s(text) returns text language sql immutable parallel safe as '
      '$f$ select encode(redshift_catalog.sha1(convert_to($1, ''UTF8'')), ''hex'') $f$', name);
  end loop;
end
$do$;

create or replace function pg_catalog.sha2(value text, bits integer) returns text
language sql immutable parallel safe as $$
  select case bits
    when 0 then encode(sha256(convert_to(value, 'UTF8')), 'hex')
    when 224 then encode(sha224(convert_to(value, 'UTF8')), 'hex')
    when 256 then encode(sha256(convert_to(value, 'UTF8')), 'hex')
    when 384 then encode(sha384(convert_to(value, 'UTF8')), 'hex')
    when 512 then encode(sha512(convert_to(value, 'UTF8')), 'hex')
    else ''
  end
$$;

-- docs crc32-function: it is CRC-32C
create or replace function pg_catalog.crc32(text) returns text
language sql immutable parallel safe as $$
  select lpad(to_hex(crc32c(convert_to($1, 'UTF8'))), 8, '0')
$$;

-- docs r_CHECKSUM: by its example, a decimal without its point
create or replace function pg_catalog.checksum(value numeric) returns integer
language sql immutable parallel safe as $$
  select (value * 10::numeric ^ scale(value))::integer
$$;

create or replace function pg_catalog.checksum(value integer) returns integer
language sql immutable parallel safe as $$
  select value
$$;

create or replace function pg_catalog.checksum(value bigint) returns integer
language sql immutable parallel safe as $$
  select value::integer
$$;

create or replace function pg_catalog.checksum(text) returns integer
language plpgsql immutable parallel safe as $$
begin
  raise exception using errcode = '0A000', message = 'CHECKSUM of VARCHAR is not carried out by the local Redshift.';
end
$$;

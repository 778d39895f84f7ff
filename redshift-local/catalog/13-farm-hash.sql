-- FarmHash's Fingerprint64 (docs r_FARMFINGERPRINT64): of a text's bytes in UTF-8. Its numbers are modulo 2^64.

create or replace function redshift_catalog.modulo64(value numeric) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  rest numeric := mod(value, 18446744073709551616);
begin
  return case
    when rest >= 9223372036854775808 then rest - 18446744073709551616
    when rest < -9223372036854775808 then rest + 18446744073709551616
    else rest
  end;
end
$$;

create or replace function redshift_catalog.rotated64(value bigint, bits integer) returns bigint
language sql immutable strict parallel safe as $$
  select (value >> bits & (1::bigint << (64 - bits)) - 1) | (value << (64 - bits))
$$;

create or replace function redshift_catalog.farm_word(bytes bytea, place integer) returns bigint
language sql immutable strict parallel safe as $$
  select ('x' || encode(reverse(substr(bytes, place + 1, 8)), 'hex'))::bit(64)::bigint
$$;

create or replace function redshift_catalog.farm_mixed(value bigint) returns bigint
language sql immutable strict parallel safe as $$
  select value # ((value >> 47) & 131071)
$$;

create or replace function redshift_catalog.farm_16(u bigint, v bigint, factor bigint) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  a bigint := redshift_catalog.farm_mixed(redshift_catalog.modulo64((u # v)::numeric * factor));
begin
  return redshift_catalog.modulo64(
    redshift_catalog.farm_mixed(redshift_catalog.modulo64((v # a)::numeric * factor))::numeric * factor);
end
$$;

create or replace function redshift_catalog.farm_32(
  w bigint, x bigint, y bigint, z bigint, a bigint, b bigint, out first bigint, out second bigint
) language plpgsql immutable strict parallel safe as $$
declare
  start bigint := redshift_catalog.modulo64(a::numeric + w);
begin
  second := redshift_catalog.rotated64(redshift_catalog.modulo64(b::numeric + start + z), 21);
  first := redshift_catalog.modulo64(start::numeric + x + y);
  second := redshift_catalog.modulo64(second::numeric + redshift_catalog.rotated64(first, 44) + start);
  first := redshift_catalog.modulo64(first::numeric + z);
end
$$;

create or replace function redshift_catalog.farm_short(bytes bytea) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  k0 constant bigint := -4348849565147123417;
  k1 constant bigint := -5435081209227447693;
  k2 constant bigint := -7286425919675154353;
  size integer := octet_length(bytes);
  factor bigint := redshift_catalog.modulo64(k2::numeric + size * 2);
  a bigint; b bigint; c bigint; d bigint; e bigint; f bigint; g bigint; h bigint; y bigint; z bigint;
begin
  if size = 0 then return k2; end if;
  if size < 4 then
    a := get_byte(bytes, 0) + (get_byte(bytes, size / 2) << 8);
    b := size + (get_byte(bytes, size - 1) << 2);
    return redshift_catalog.modulo64(redshift_catalog.farm_mixed(
      redshift_catalog.modulo64(a::numeric * k2) # redshift_catalog.modulo64(b::numeric * k0))::numeric * k2);
  end if;
  if size < 8 then
    a := redshift_catalog.farm_word(substr(bytes, 1, 4) || '\x00000000', 0);
    b := redshift_catalog.farm_word(substr(bytes, size - 3, 4) || '\x00000000', 0);
    return redshift_catalog.farm_16(size + (a << 3), b, factor);
  end if;
  if size <= 16 then
    a := redshift_catalog.modulo64(redshift_catalog.farm_word(bytes, 0)::numeric + k2);
    b := redshift_catalog.farm_word(bytes, size - 8);
    c := redshift_catalog.modulo64(redshift_catalog.rotated64(b, 37)::numeric * factor + a);
    d := redshift_catalog.modulo64((redshift_catalog.rotated64(a, 25)::numeric + b) * factor);
    return redshift_catalog.farm_16(c, d, factor);
  end if;
  a := redshift_catalog.modulo64(
    redshift_catalog.farm_word(bytes, 0)::numeric * case when size <= 32 then k1 else k2 end);
  b := redshift_catalog.farm_word(bytes, 8);
  c := redshift_catalog.modulo64(redshift_catalog.farm_word(bytes, size - 8)::numeric * factor);
  d := redshift_catalog.modulo64(redshift_catalog.farm_word(bytes, size - 16)::numeric * k2);
  y := redshift_catalog.modulo64(redshift_catalog.rotated64(redshift_catalog.modulo64(a::numeric + b), 43)::numeric
    + redshift_catalog.rotated64(c, 30) + d);
  z := redshift_catalog.farm_16(y, redshift_catalog.modulo64(a::numeric
    + redshift_catalog.rotated64(redshift_catalog.modulo64(b::numeric + k2), 18) + c), factor);
  if size <= 32 then return z; end if;
  e := redshift_catalog.modulo64(redshift_catalog.farm_word(bytes, 16)::numeric * factor);
  f := redshift_catalog.farm_word(bytes, 24);
  g := redshift_catalog.modulo64((y::numeric + redshift_catalog.farm_word(bytes, size - 32)) * factor);
  h := redshift_catalog.modulo64((z::numeric + redshift_catalog.farm_word(bytes, size - 24)) * factor);
  return redshift_catalog.farm_16(
    redshift_catalog.modulo64(redshift_catalog.rotated64(redshift_catalog.modulo64(e::numeric + f), 43)::numeric
      + redshift_catalog.rotated64(g, 30) + h),
    redshift_catalog.modulo64(e::numeric
      + redshift_catalog.rotated64(redshift_catalog.modulo64(f::numeric + a), 18) + g),
    factor);
end
$$;

create or replace function redshift_catalog.farm_long(bytes bytea) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  k0 constant bigint := -4348849565147123417;
  k1 constant bigint := -5435081209227447693;
  k2 constant bigint := -7286425919675154353;
  size integer := octet_length(bytes);
  ending integer := (size - 1) / 64 * 64;
  place integer := 0;
  factor bigint := k1;
  ninefold integer := 1;
  x bigint; y bigint; z bigint; v record; w record;
begin
  x := redshift_catalog.modulo64(81::numeric * k2 + redshift_catalog.farm_word(bytes, 0));
  y := redshift_catalog.modulo64(81::numeric * k1 + 113);
  z := redshift_catalog.modulo64(
    redshift_catalog.farm_mixed(redshift_catalog.modulo64(y::numeric * k2 + 113))::numeric * k2);
  select 0::bigint as first, 0::bigint as second into v;
  select 0::bigint as first, 0::bigint as second into w;
  loop
    if place = ending then
      factor := redshift_catalog.modulo64(k1::numeric + ((z & 255) << 1));
      ninefold := 9;
      place := ending + ((size - 1) & 63) - 63;
      w.first := redshift_catalog.modulo64(w.first::numeric + ((size - 1) & 63));
      v.first := redshift_catalog.modulo64(v.first::numeric + w.first);
      w.first := redshift_catalog.modulo64(w.first::numeric + v.first);
    end if;
    x := redshift_catalog.modulo64(redshift_catalog.rotated64(redshift_catalog.modulo64(
      x::numeric + y + v.first + redshift_catalog.farm_word(bytes, place + 8)), 37)::numeric * factor);
    y := redshift_catalog.modulo64(redshift_catalog.rotated64(redshift_catalog.modulo64(
      y::numeric + v.second + redshift_catalog.farm_word(bytes, place + 48)), 42)::numeric * factor);
    x := x # redshift_catalog.modulo64(w.second::numeric * ninefold);
    y := redshift_catalog.modulo64(y::numeric + v.first::numeric * ninefold
      + redshift_catalog.farm_word(bytes, place + 40));
    z := redshift_catalog.modulo64(redshift_catalog.rotated64(
      redshift_catalog.modulo64(z::numeric + w.first), 33)::numeric * factor);
    v := redshift_catalog.farm_32(redshift_catalog.farm_word(bytes, place),
      redshift_catalog.farm_word(bytes, place + 8), redshift_catalog.farm_word(bytes, place + 16),
      redshift_catalog.farm_word(bytes, place + 24), redshift_catalog.modulo64(v.second::numeric * factor),
      redshift_catalog.modulo64(x::numeric + w.first));
    w := redshift_catalog.farm_32(redshift_catalog.farm_word(bytes, place + 32),
      redshift_catalog.farm_word(bytes, place + 40), redshift_catalog.farm_word(bytes, place + 48),
      redshift_catalog.farm_word(bytes, place + 56), redshift_catalog.modulo64(z::numeric + w.second),
      redshift_catalog.modulo64(y::numeric + redshift_catalog.farm_word(bytes, place + 16)));
    select z, x into x, z;
    exit when ninefold = 9;
    place := place + 64;
  end loop;
  return redshift_catalog.farm_16(
    redshift_catalog.modulo64(redshift_catalog.farm_16(v.first, w.first, factor)::numeric
      + redshift_catalog.farm_mixed(y)::numeric * k0 + z),
    redshift_catalog.modulo64(redshift_catalog.farm_16(v.second, w.second, factor)::numeric + x), factor);
end
$$;

create or replace function pg_catalog.farmfingerprint64(text) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  bytes bytea := convert_to($1, 'UTF8');
begin
  if octet_length(bytes) > 64 then return redshift_catalog.farm_long(bytes); end if;
  return redshift_catalog.farm_short(bytes);
end
$$;

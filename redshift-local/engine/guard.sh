#!/bin/sh
# Keeps PostgreSQL alive for as long as any process holds a lease, and not longer.
#   guard.sh LEASES SOCKETS start COMMAND...   starts it
#   guard.sh LEASES SOCKETS adopt PID          takes over one that lost its guard
# A lease is the write end of the FIFO named LEASES. The kernel closes it however its holder dies,
# so neither a crash nor kill -9 leaves PostgreSQL behind, and there is no count to go wrong.
# Who takes one writes its name into it; the guard answers with a file LEASES.name, and from then on
# cannot miss it: somebody who came just when the last one left would else hold a lease on nothing.
leases=$1 sockets=$2 mode=$3
shift 3
exec 3<"$leases"
echo guarding
exec >/dev/null

if [ "$mode" = start ]; then
  "$@" 3<&- &
  postgres=$!
else
  postgres=$1
fi
{
  while read -r lease; do : >"$leases.$lease"; done <&3
  kill -INT "$postgres" 2>/dev/null
} &
exec 3<&-

if [ "$mode" = start ]; then
  wait "$postgres"
else
  while kill -0 "$postgres" 2>/dev/null; do sleep 0.2; done
fi
# PostgreSQL is gone: so goes the reader, and whoever wants a lease next learns that nobody guards.
trap '' TERM
kill -TERM 0
# SOCKETS, where it is not empty, is a folder that was made for the socket alone; it stays where somebody uses it again.
if [ -n "$sockets" ]; then rmdir "$sockets" 2>/dev/null; fi

#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own: postgresql.sh BIN-FOLDER COMMAND...
# It listens on a socket in a folder that goes with it, and CROSSTIE_TEST_DATABASE says where.
set -euo pipefail
bin=${1:?the folder with initdb}
shift
folder=$(mktemp -d -t crosstie-pg.XXXXXX)
as=()
if [ "$(id -u)" -eq 0 ]; then # the server refuses to run as root
  chown nobody "$folder"
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
stop() {
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT
(
  cd /
  "${as[@]}" "$bin/initdb" -D "$folder/data" -U crosstie -A trust -E UTF8 --locale=C --no-sync >/dev/null
  # It lives for one run of tests: nothing has to outlast a power cut.
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
    -o "-k $folder -c listen_addresses='' -c fsync=off -c full_page_writes=off" start >/dev/null
) || { cat "$folder/log" >&2; exit 1; }
CROSSTIE_TEST_DATABASE="postgresql://crosstie@/postgres?host=$folder" "$@"

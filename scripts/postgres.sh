# A throw-away PostgreSQL for whoever sources this: without durability, on a socket
# in a folder of its own, gone with `stop_postgres`.

postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

pg_folder=
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# Starts it with further options of the server, and sets postgres_url.
start_postgres() {
    local bin
    bin=$(postgres_bin)
    pg_folder=$(mktemp -d)
    [ "$(id -u)" -ne 0 ] || chown postgres "$pg_folder"
    as_postgres "$bin/initdb" -D "$pg_folder/data" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null
    as_postgres "$bin/pg_ctl" -s -w -t 60 -D "$pg_folder/data" -l "$pg_folder/log" \
        -o "-k $pg_folder -c listen_addresses='' -c fsync=off $*" start
    postgres_url="postgres:///postgres?host=$pg_folder&user=postgres"
}

stop_postgres() {
    [ -n "$pg_folder" ] || return 0
    [ ! -f "$pg_folder/data/postmaster.pid" ] ||
        as_postgres "$(postgres_bin)/pg_ctl" -s -D "$pg_folder/data" -m immediate stop || true
    rm -rf "$pg_folder"
}

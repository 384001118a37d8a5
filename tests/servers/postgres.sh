# A throw-away PostgreSQL for one test run. Sourced by tests/run.
#   postgres_start FOLDER   makes a cluster in FOLDER (a fresh, private one), starts it on a free loopback port and sets
#                           COMPLAINTS_TEST_POSTGRES (Npgsql form). Returns non-zero, with one line why, when it cannot.
#   postgres_stop           stops exactly what postgres_start started.
# Any cluster the machine runs by itself (Debian starts one on 5432) is left alone.

postgres_bin() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ -n "$newest" ] && [ -x "$newest/initdb" ]; then echo "$newest"; return; fi
  newest=$(command -v initdb) && dirname "$(readlink -f "$newest")"
}

# The server refuses to run as root; then it runs as postgres, or as nobody where that user is missing.
postgres_as() {
  if [ "$(id -u)" != 0 ]; then "$@"; return; fi
  if id postgres >/dev/null 2>&1; then runuser -u postgres -- "$@"; else runuser -u nobody -- "$@"; fi
}

postgres_free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 20000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
  done
  return 1
}

postgres_start() {
  local bin port
  POSTGRES_FOLDER=$1
  bin=$(postgres_bin)
  [ -n "$bin" ] || { echo "PostgreSQL is not installed"; return 1; }
  port=$(postgres_free_port) || { echo "no free port for PostgreSQL"; return 1; }
  mkdir -p "$POSTGRES_FOLDER"
  if [ "$(id -u)" = 0 ]; then
    if id postgres >/dev/null 2>&1; then chown postgres: "$POSTGRES_FOLDER"; else chown nobody: "$POSTGRES_FOLDER"; fi
  fi
  # From a folder the other user may not enter, initdb would complain.
  cd "$POSTGRES_FOLDER" || return 1
  if ! postgres_as "$bin/initdb" --pgdata "$POSTGRES_FOLDER/data" --username complaints --auth trust \
    --encoding UTF8 --locale C.UTF-8 --no-sync >"$POSTGRES_FOLDER.initdb.log" 2>&1; then
    tail -n 5 "$POSTGRES_FOLDER.initdb.log"; cd - >/dev/null || true; return 1
  fi
  # Nothing here outlives the run, so durability is given up for speed; a test run may hold many connections.
  if ! postgres_as "$bin/pg_ctl" --pgdata "$POSTGRES_FOLDER/data" --wait --timeout 60 --silent --log "$POSTGRES_FOLDER/server.log" \
    --options "-c listen_addresses=127.0.0.1 -p $port -k $POSTGRES_FOLDER -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=300" \
    start >/dev/null 2>&1; then
    tail -n 5 "$POSTGRES_FOLDER/server.log"; cd - >/dev/null || true; return 1
  fi
  cd - >/dev/null || true
  POSTGRES_PID=$(head -n 1 "$POSTGRES_FOLDER/data/postmaster.pid")
  export COMPLAINTS_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=complaints;Password=unused;Database=postgres;Include Error Detail=true"
}

postgres_stop() {
  [ -n "${POSTGRES_PID:-}" ] || return 0
  # SIGINT is PostgreSQL's fast shutdown: connections are closed, nothing waits.
  kill -INT "$POSTGRES_PID" 2>/dev/null
  for _ in $(seq 100); do
    kill -0 "$POSTGRES_PID" 2>/dev/null || break
    sleep 0.1
  done
  kill -0 "$POSTGRES_PID" 2>/dev/null && kill -QUIT "$POSTGRES_PID" 2>/dev/null
  POSTGRES_PID=
}

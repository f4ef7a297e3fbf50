#!/usr/bin/env bash
# Runs the test suites. tests/run.sh [unit] [policy] [sandbox] [conformance] [connection] [services] [browser]; without arguments, all.
# tests/run.sh eval [options] asks the questions of tests/evaluation and grades the answers, and runs nothing else; --help lists its options.
# tests/run.sh policy --classify [FILE|-] judges a list of tools by the read-only policy, and runs nothing else.
# Installs what they need on Debian, starts real servers on private ports and folders, and stops what it started.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/servers.sh"
cd "$root" || exit 1

if [ "${1-} ${2-}" = "policy --classify" ]; then
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  project=tests/ClariBI.Policy.Classify
  dotnet build "$project" -c Release -v quiet --nologo </dev/null >&2 || { echo "tests/run.sh: the build failed." >&2; exit 1; }
  cd "$OLDPWD" && exec dotnet "$root/$project/bin/Release/net10.0/ClariBI.Policy.Classify.dll" "${@:3}"
fi

if [ "${1-}" = eval ]; then
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  for project in services/AllInOne/ClariBI.AllInOne deploy/sandbox/ClariBI.Sandbox tests/ClariBI.Evaluation; do
    dotnet build "$project" -c Release -v quiet --nologo </dev/null >&2 || { echo "tests/run.sh: the build of $project failed." >&2; exit 1; }
  done
  cd "$OLDPWD" && exec dotnet "$root/tests/ClariBI.Evaluation/bin/Release/net10.0/ClariBI.Evaluation.dll" --root "$root" "${@:2}"
fi

suites=("$@")
[ ${#suites[@]} -gt 0 ] || suites=(unit policy sandbox conformance connection services browser)
for suite in "${suites[@]}"; do
  case $suite in unit | policy | sandbox | conformance | connection | services | browser) ;; *) echo "tests/run.sh: no suite '$suite'. There are: unit policy sandbox conformance connection services browser." >&2; exit 2 ;; esac
done
wants() { [[ " ${suites[*]} " == *" $1 "* ]]; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
passed=0 failed=0
work=$(mktemp -d -t claribi-tests-XXXXXX) && chmod 755 "$work"
artifacts="$root/artifacts/tests"
rm -rf "$artifacts" && mkdir -p "$artifacts"
rabbit_port='' postgres_port='' product='' collector=''

stop_product() {
  [ -n "$product" ] || return 0
  kill -TERM "$product" 2>/dev/null
  wait "$product" 2>/dev/null
  product=''
}
finish() {
  trap - EXIT INT TERM
  stop_product
  [ -z "$collector" ] || kill "$collector" 2>/dev/null
  [ -z "$rabbit_port" ] || stop_rabbitmq "$work/rabbitmq" "$rabbit_port"
  [ -z "$postgres_port" ] || stop_postgres "$work/postgres"
  rm -rf "$work"
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}
trap finish EXIT INT TERM
step() { printf '\n== %s (%s)\n' "$*" "$(date -u +%H:%M:%S)"; }
give_up() { echo "tests/run.sh: $*" >&2; failed=$((failed + 1)); exit 1; }

# ---- what the tests need ------------------------------------------------------------------------------------------------
needed=()
if wants connection || wants services || wants browser; then mapfile -t needed < <(missing_server_packages); fi
if wants browser && ! command -v chromium >/dev/null; then needed+=(chromium); fi
if [ ${#needed[@]} -gt 0 ]; then
  step "Installing ${needed[*]}"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # Without a policy Debian would start the servers as system services; ours are private.
    { apt-get update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${needed[@]}"; } >"$artifacts/apt.log" 2>&1 \
      || { tail -5 "$artifacts/apt.log" >&2; give_up "installing ${needed[*]} failed; see $artifacts/apt.log."; }
  else
    give_up "install these packages first: ${needed[*]} (on Debian: sudo apt-get install ${needed[*]})."
  fi
fi
command -v dotnet >/dev/null && dotnet --list-sdks | grep -qE '^10\.' || give_up "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
command -v npm >/dev/null || give_up "Node.js 20 or newer is missing: https://nodejs.org"

# ---- build --------------------------------------------------------------------------------------------------------------
step "Building"
dotnet build ClariBI.sln -c Release -v quiet --nologo >"$artifacts/build.log" 2>&1 || { grep -E 'error|warn' "$artifacts/build.log" | sort -u | head -30 >&2; give_up "the build failed; see $artifacts/build.log."; }
npm_ci() { # folder
  # npm ci deletes what is there: only when the lock file is newer.
  (cd "$1" && { [ -e node_modules/.package-lock.json ] && [ ! package-lock.json -nt node_modules/.package-lock.json ] || npm ci --no-audit --no-fund; }) >>"$artifacts/npm.log" 2>&1 \
    || { tail -5 "$artifacts/npm.log" >&2; give_up "npm ci in $1 failed; see $artifacts/npm.log."; }
}
if wants unit || wants browser; then npm_ci web-ui; fi
if wants sandbox; then npm_ci tests/sandbox-clients; fi
if wants conformance; then npm_ci tests/conformance; fi

run_dotnet() { # project label options…
  local log="$artifacts/$2.log" line total bad
  timeout 900 dotnet "tests/$1/bin/Release/net10.0/$1.dll" -noColor "${@:3}" >"$log" 2>&1
  line=$(grep -aE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$log" | tail -1)
  if [ -z "$line" ]; then
    tail -20 "$log" >&2
    echo "$2: did not finish; see $log"
    failed=$((failed + 1))
    return
  fi
  total=$(sed -E 's/.*Total: ([0-9]+).*/\1/' <<<"$line")
  bad=$(sed -E 's/.*Errors: ([0-9]+), Failed: ([0-9]+).*/\1 \2/' <<<"$line")
  bad=$((${bad% *} + ${bad#* }))
  [ "$total" -gt 0 ] || { echo "$2: no test ran"; bad=1 total=1; }
  passed=$((passed + total - bad)) failed=$((failed + bad))
  echo "$2: $((total - bad)) passed, $bad failed"
  [ "$bad" -eq 0 ] || grep -aE -A8 '\[FAIL\]' "$log" | head -80
}

# ---- unit ---------------------------------------------------------------------------------------------------------------
if wants unit; then
  step "Unit"
  for project in tests/*.Tests; do
    name=$(basename "$project")
    case $name in ClariBI.Connection.Tests | ClariBI.EndToEnd.Tests | ClariBI.Policy.Tests | ClariBI.Sandbox.*) ;; *) run_dotnet "$name" "$name" ;; esac
  done
  if (cd web-ui && npm run check) >"$artifacts/web-ui.log" 2>&1; then web=0; else web=1; fi
  count=$(sed 's/\x1b\[[0-9;]*m//g' "$artifacts/web-ui.log" | sed -nE 's/^ *Tests .*[^0-9]([0-9]+) passed.*/\1/p' | tail -1)
  [ -n "$count" ] || { count=0 web=1; }
  passed=$((passed + count)) failed=$((failed + web))
  echo "web-ui (lint, types, tests, build, budget): $count passed, $web failed"
  [ "$web" -eq 0 ] || tail -40 "$artifacts/web-ui.log"
fi

# ---- policy: what of the vendors' tools only reads, and hundreds of attempts to write --------------------------------------
if wants policy; then
  step "Policy"
  CLARIBI_MEASURED="$artifacts/policy-measured.txt" run_dotnet ClariBI.Policy.Tests policy
  cat "$artifacts/policy-measured.txt" 2>/dev/null
fi

# ---- sandbox: its own tests, and MCP clients that nobody here wrote ------------------------------------------------------
run_node() { # folder
  local name log good bad
  name=$(basename "$1") log="$artifacts/$(basename "$1").log"
  (cd "$1" && timeout 900 npm test) >"$log" 2>&1
  good=$(sed -nE 's/^(#|ℹ) pass ([0-9]+)$/\2/p' "$log" | tail -1)
  bad=$(sed -nE 's/^(#|ℹ) (fail|cancelled|skipped|todo) ([0-9]+)$/\3/p' "$log" | awk '{s+=$1} END {print s+0}')
  # No totals: it was killed, or did not start.
  [ -n "$good" ] || bad=1
  passed=$((passed + ${good:-0})) failed=$((failed + bad))
  echo "$name: ${good:-0} passed, $bad failed"
  [ "$bad" -eq 0 ] || grep -aE -A25 '^ *(✖|not ok)' "$log" | head -120
}
if wants sandbox; then
  step "Sandbox"
  for project in tests/ClariBI.Sandbox.*Tests; do
    run_dotnet "$(basename "$project")" "$(basename "$project")"
  done
  run_node tests/sandbox-clients
fi

# ---- conformance: the official client suite drives the product -----------------------------------------------------------
if wants conformance; then
  step "Conformance"
  CLARIBI_CONFORMANCE_RESULTS="$artifacts/conformance" run_node tests/conformance
fi

start_own_servers() { # RabbitMQ and PostgreSQL, once; the environment names them
  if [ -z "$postgres_port" ]; then
    step "Starting RabbitMQ and PostgreSQL"
    rabbit_port=$(free_port 25672) postgres_port=$(free_port 25432)
    start_rabbitmq "$work/rabbitmq" "$rabbit_port" || give_up "RabbitMQ did not start."
    start_postgres "$work/postgres" "$postgres_port" || give_up "PostgreSQL did not start."
  fi
  export CLARIBI_RABBITMQ="amqp://guest:guest@localhost:$rabbit_port" CLARIBI_POSTGRES="Host=localhost;Port=$postgres_port;Username=claribi"
}

drop_databases() {
  local bin name
  bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
  for name in gateway connector vault planner charts; do
    "$bin/psql" -q -h 127.0.0.1 -p "$postgres_port" -U claribi -d postgres -c "drop database if exists claribi_$name with (force)" >/dev/null || return 1
  done
}

# ---- connection: replicas that die, vendors that revoke and forget -----------------------------------------------------------
if wants connection; then
  start_own_servers
  step "Connection"
  CLARIBI_CONNECTION_LOGS="$artifacts/connection" run_dotnet ClariBI.Connection.Tests connection
  drop_databases || give_up "the databases of the connection suite could not be dropped."
fi

# ---- services and browser: the same product, run both ways --------------------------------------------------------------
start_product() { # mode folder options…; sets product, url and the environment the tests read
  local mode=$1 data="$work/$2" port line
  shift 2
  port=$(free_port 18080)
  mkdir -p "$data"
  [ ! -d "$work/sandbox-seed" ] || cp -r "$work/sandbox-seed" "$data/sandbox"
  env "$@" "$root/deploy/run.sh" --port "$port" --data "$data" $([ "$mode" = all-in-one ] || echo --distributed) >"$artifacts/run-$mode-$(basename "$data").log" 2>&1 &
  product=$!
  for _ in $(seq 1200); do
    line=$(grep -a '^ClariBI is ready' "$artifacts/run-$mode-$(basename "$data").log") && break
    kill -0 "$product" 2>/dev/null || break
    sleep 0.5
  done
  if [ -z "$line" ]; then
    tail -20 "$artifacts/run-$mode-$(basename "$data").log" >&2
    stop_product
    return 1
  fi
  [ -d "$work/sandbox-seed" ] || { mkdir "$work/sandbox-seed" && find "$data/sandbox" -maxdepth 1 -type f ! -name '*grants*' ! -name '*.wal' -exec cp {} "$work/sandbox-seed/" \; ; }
  export CLARIBI_URL="http://localhost:$port" CLARIBI_SANDBOX="http://localhost:$((port + 1))" CLARIBI_SANDBOX_ADMIN="http://localhost:$((port + 2))" CLARIBI_DATA="$data"
}
start_collector() { # what the services export of their traces and logs goes to a file that is searched afterwards
  local port
  port=$(free_port 24318)
  export CLARIBI_TRACES="$work/traces"
  mkdir -p "$CLARIBI_TRACES"
  node tests/trace-collector/collector.mjs "$port" "$CLARIBI_TRACES/exported" &
  collector=$!
  traced=(OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:$port" OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_BSP_SCHEDULE_DELAY=500)
}
run_aftermath() { # mode; what the browser's journeys left behind
  CLARIBI_QUEUES=''
  if [ "$1" = distributed ]; then
    CLARIBI_QUEUES=$(rabbitmq_control "$work/rabbitmq" "$rabbit_port" list_queues --no-table-headers name) || give_up "RabbitMQ's queues could not be listed."
    export CLARIBI_RABBITMQ_FOLDER="$work/rabbitmq"
  fi
  export CLARIBI_QUEUES
  run_dotnet ClariBI.EndToEnd.Tests "aftermath-$1" -class ClariBI.EndToEnd.Tests.AftermathTests
}
keep_logs() { # label
  mkdir -p "$artifacts/logs-$1" && cp "$CLARIBI_DATA"/logs/*.log "$artifacts/logs-$1/" 2>/dev/null
}
run_browser() { # mode
  local log="$artifacts/browser-$1.log" good bad
  (cd web-ui && CLARIBI_SHOTS="$artifacts/shots-$1" timeout 900 npx playwright test --config e2e/playwright.config.ts) >"$log" 2>&1
  good=$(sed -nE 's/^ +([0-9]+) passed.*/\1/p' "$log" | tail -1)
  bad=$(sed -nE 's/^ +([0-9]+) (failed|did not run|interrupted|flaky|skipped).*/\1/p' "$log" | awk "{s+=\$1} END {print s+0}")
  if [ -z "$good" ] && [ "${bad:-0}" -eq 0 ]; then bad=1; fi
  passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-0}))
  echo "browser, $1: ${good:-0} passed, ${bad:-0} failed"
  [ "${bad:-0}" -eq 0 ] || tail -60 "$log"
}

if wants services || wants browser; then
  start_collector
  for mode in all-in-one distributed; do
    unset CLARIBI_RABBITMQ CLARIBI_POSTGRES CLARIBI_POSTGRES_FOLDER
    if [ "$mode" = distributed ]; then
      start_own_servers
      rabbitmq_control "$work/rabbitmq" "$rabbit_port" trace_on >/dev/null || give_up "RabbitMQ's tracing could not be turned on."
      export CLARIBI_POSTGRES_FOLDER="$work/postgres/data"
    fi
    if wants services; then
      step "Services, $mode"
      if start_product "$mode" "services-$mode" Gateway__OpenRegistration=true Gateway__SignInsPerMinute=10000 "${traced[@]}"; then
        run_dotnet ClariBI.EndToEnd.Tests "services-$mode"
        keep_logs "services-$mode"
        stop_product
      else
        echo "services, $mode: the product did not start"
        failed=$((failed + 1))
      fi
      # The browser's journey begins without any account.
      [ "$mode" = all-in-one ] || drop_databases || give_up "the databases of the services suite could not be dropped."
    fi
    if wants browser; then
      step "Browser, $mode"
      if start_product "$mode" "browser-$mode" "${traced[@]}"; then
        run_browser "$mode"
        run_aftermath "$mode"
        keep_logs "browser-$mode"
        stop_product
      else
        echo "browser, $mode: the product did not start"
        failed=$((failed + 1))
      fi
    fi
  done
fi

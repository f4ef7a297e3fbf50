#!/usr/bin/env bash
# Builds and starts ClariBI. One command, from a fresh clone to an address to open; Ctrl-C stops everything it started.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/deploy/servers.sh"

port=8080 data="$root/data" sandbox=yes distributed=no install=ask
usage() {
  cat <<TEXT
Usage: deploy/run.sh [options]
  --port N         where ClariBI listens (default 8080); the sandbox takes N+1, its log of requests N+2 and its EU region N+3
  --data FOLDER    what survives restarts: databases, keys, sample data (default data/ in the checkout)
  --no-sandbox     without the Amplitude sandbox: only the real Amplitude can be connected
  --distributed    a process per service, on RabbitMQ and PostgreSQL (see below)
  --install-servers  with --distributed: install and start private RabbitMQ and PostgreSQL without asking (Debian, as root)
With --distributed: CLARIBI_RABBITMQ (default amqp://guest:guest@localhost:5672) and
CLARIBI_POSTGRES (default Host=localhost;Port=5432;Username=claribi) name servers that are running. The PostgreSQL user may create databases.
TEXT
}
fail() { echo "deploy/run.sh: $*" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case $1 in
    --port) port=${2:-}; shift 2 || fail "--port needs a number." ;;
    --data) data=${2:-}; shift 2 || fail "--data needs a folder." ;;
    --no-sandbox) sandbox=no; shift ;;
    --distributed) distributed=yes; shift ;;
    --install-servers) install=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" ;;
  esac
done
case $port in '' | *[!0-9]*) fail "--port takes a number, not '$port'." ;; esac
[ "$port" -ge 1 ] && [ "$port" -le 65000 ] || fail "--port takes a number from 1 to 65000."
[ -n "$data" ] || fail "--data needs a folder."
sandbox_port=$((port + 1)) admin_port=$((port + 2)) sandbox_eu_port=$((port + 3))
url="http://localhost:$port" sandbox_url="http://localhost:$sandbox_port" sandbox_eu_url="http://localhost:$sandbox_eu_port"

# ---- what must be there -------------------------------------------------------------------------------------------------
command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
dotnet --list-sdks | grep -qE '^10\.' || fail "the .NET 10 SDK is missing (found: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')). Install it from https://dotnet.microsoft.com/download/dotnet/10.0."
command -v node >/dev/null || fail "Node.js 20.19 or newer is missing. Install it from https://nodejs.org or your distribution and run this again."
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || fail "Node.js $(node --version) is too old; version 20.19 or newer is needed."
command -v npm >/dev/null || fail "npm is missing; it comes with Node.js."
check_port() { if port_taken "$1"; then fail "port $1 ($2) is taken. Free it, or choose another with --port, for example --port $(free_port $((port + 100)))."; fi; }
check_port "$port" "ClariBI"
if [ "$sandbox" = yes ]; then
  check_port "$sandbox_port" "the sandbox"
  check_port "$admin_port" "the sandbox's log of requests"
  check_port "$sandbox_eu_port" "the sandbox's EU region"
fi
mkdir -p "$data" && chmod 700 "$data" || fail "the data folder $data cannot be used. Choose another with --data."
data=$(cd "$data" && pwd) logs="$data/logs"
mkdir -p "$logs"

# ---- stop what was started, in the other order --------------------------------------------------------------------------
pids=() own_rabbit='' own_postgres=''
stop() {
  trap - EXIT INT TERM
  local pid
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill -TERM "${pids[i]}" 2>/dev/null; done
  for pid in "${pids[@]}"; do
    for _ in $(seq 80); do kill -0 "$pid" 2>/dev/null || break; sleep 0.25; done
    kill -KILL "$pid" 2>/dev/null
  done
  [ -z "$own_rabbit" ] || stop_rabbitmq "$data/rabbitmq" "$own_rabbit"
  [ -z "$own_postgres" ] || stop_postgres "$own_postgres"
}
trap 'stop' EXIT
trap 'echo; echo "Stopping."; exit 0' INT TERM

if [ "$distributed" = yes ]; then
  . "$root/deploy/distributed.sh"
  find_servers
fi

# ---- build --------------------------------------------------------------------------------------------------------------
echo "Building ClariBI (the first time takes a few minutes)."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
bin="$root/artifacts/run"
publish() { # project folder
  dotnet publish "$root/$1" -c Release -o "$bin/$2" -v quiet --nologo >"$logs/build-$2.log" 2>&1 \
    || { tail -20 "$logs/build-$2.log" >&2; fail "building $1 failed; the whole log is $logs/build-$2.log."; }
}
build_web() {
  cd "$root/web-ui" || return 1
  if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then npm ci --no-audit --no-fund || return 1; fi
  # Built again only when a source is newer than the last build.
  if [ ! -e dist/index.html ] || [ -n "$(find src index.html public package-lock.json vite.config.ts -newer dist/index.html -print -quit 2>/dev/null)" ]; then npm run build || return 1; fi
}
(build_web) >"$logs/build-web.log" 2>&1 &
web_build=$!
if [ "$distributed" = yes ]; then
  publish gateway/ClariBI.Gateway.Host gateway
  publish services/Connector/ClariBI.Connector.Host connector
  publish services/CredentialVault/ClariBI.CredentialVault.Host vault
  publish services/AnalysisPlanner/ClariBI.AnalysisPlanner.Host planner
  publish services/Charts/ClariBI.Charts.Host charts
else
  publish services/AllInOne/ClariBI.AllInOne all-in-one
fi
[ "$sandbox" = no ] || publish deploy/sandbox/ClariBI.Sandbox sandbox
wait "$web_build" || { tail -20 "$logs/build-web.log" >&2; fail "building the web app failed; the whole log is $logs/build-web.log."; }

# ---- start --------------------------------------------------------------------------------------------------------------
start() { # name assembly arguments…
  local name=$1 assembly=$2
  shift 2
  (cd "$bin/$name" && exec dotnet "$assembly.dll" "$@") >"$logs/$name.log" 2>&1 </dev/null &
  pids+=($!)
  names[$!]=$name
}
declare -A names=()
wait_healthy() { # url name
  for _ in $(seq 480); do
    node -e 'fetch(process.argv[1]).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))' "$1" 2>/dev/null && return 0
    for pid in "${pids[@]}"; do
      kill -0 "$pid" 2>/dev/null || { tail -5 "$logs/${names[$pid]}.log" >&2; fail "${names[$pid]} stopped while starting; the whole log is $logs/${names[$pid]}.log."; }
    done
    sleep 0.2
  done
  tail -5 "$logs/$2.log" >&2
  fail "$2 did not become healthy within two minutes; the whole log is $logs/$2.log."
}

export ASPNETCORE_ENVIRONMENT=Production AllowedHosts="localhost;127.0.0.1"
export Gateway__PublicUrl=$url Connector__PublicUrl=$url Gateway__WebRoot="$root/web-ui/dist"
export Database__Folder="$data/databases" Internal__KeyFile="$data/keys/internal.key" Vault__KeyFile="$data/keys/vault.key"
if [ "$sandbox" = yes ]; then
  export Connector__SandboxUrl=$sandbox_url Outbound__AllowedOrigins__0=$sandbox_url
  export Connector__SandboxEuUrl=$sandbox_eu_url Outbound__AllowedOrigins__1=$sandbox_eu_url
  start sandbox ClariBI.Sandbox --urls "$sandbox_url" --eu-urls "$sandbox_eu_url" --admin-urls "http://localhost:$admin_port" \
    --public-url "$sandbox_url" --eu-public-url "$sandbox_eu_url" --data "$data/sandbox"
fi

if [ "$distributed" = yes ]; then
  start_services
else
  start all-in-one ClariBI.AllInOne --urls "$url"
  wait_healthy "$url/health/ready" all-in-one
fi
[ "$sandbox" = no ] || wait_healthy "$sandbox_url/health" sandbox

echo "ClariBI is ready: $url   (Ctrl-C stops it; data and logs are in $data)"
while :; do
  for pid in "${pids[@]}"; do
    kill -0 "$pid" 2>/dev/null || { tail -5 "$logs/${names[$pid]}.log" >&2; fail "${names[$pid]} stopped by itself; the whole log is $logs/${names[$pid]}.log."; }
  done
  sleep 1 &
  wait $!
done

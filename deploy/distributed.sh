# The distributed half of deploy/run.sh: finds or installs the servers, and starts a process per service. Sourced, not run.

address_answers() { # host port
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

find_servers() {
  rabbit=${CLARIBI_RABBITMQ:-amqp://guest:guest@localhost:5672} postgres=${CLARIBI_POSTGRES:-Host=localhost;Port=5432;Username=claribi}

  rabbit_address=${rabbit#*://} && rabbit_address=${rabbit_address##*@} && rabbit_address=${rabbit_address%%/*}
  postgres_host=$(sed -nE 's/.*Host=([^;]+).*/\1/Ip' <<<"$postgres") postgres_port=$(sed -nE 's/.*Port=([0-9]+).*/\1/Ip' <<<"$postgres")
  rabbit_up=no postgres_up=no
  case $rabbit_address in *:*) rabbit_port=${rabbit_address##*:} ;; *) rabbit_port=5672 ;; esac
  address_answers "${rabbit_address%%:*}" "$rabbit_port" && rabbit_up=yes
  address_answers "${postgres_host:-localhost}" "${postgres_port:-5432}" && postgres_up=yes

  if [ "$rabbit_up" = no ] || [ "$postgres_up" = no ]; then
    absent=''
    [ "$rabbit_up" = yes ] || absent="RabbitMQ does not answer at $rabbit_address (CLARIBI_RABBITMQ). "
    [ "$postgres_up" = yes ] || absent="${absent}PostgreSQL does not answer at ${postgres_host:-localhost}:${postgres_port:-5432} (CLARIBI_POSTGRES)."
    if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
      fail "$absent Start them, or name others with CLARIBI_RABBITMQ and CLARIBI_POSTGRES. On Debian as root this script can install and start them: --install-servers."
    fi
    if [ "$install" = ask ]; then
      [ -t 0 ] || fail "$absent Start them, or add --install-servers to have them installed and started here."
      read -r -p "$absent Install and start private ones for ClariBI? [y/N] " answer
      case $answer in [yY]*) ;; *) fail "not installed. Start RabbitMQ and PostgreSQL, or name others with CLARIBI_RABBITMQ and CLARIBI_POSTGRES." ;; esac
    fi
    packages=$(missing_server_packages)
    if [ -n "$packages" ]; then
      # shellcheck disable=SC2086
      { apt-get update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } >"$logs/install.log" 2>&1 \
        || fail "installing $packages failed; see $logs/install.log."
    fi
    if [ "$rabbit_up" = no ]; then
      own_rabbit=$(free_port 25672)
      start_rabbitmq "$data/rabbitmq" "$own_rabbit" || exit 1
      rabbit="amqp://guest:guest@localhost:$own_rabbit"
    fi
    if [ "$postgres_up" = no ]; then
      # PostgreSQL's own user must reach its folder, which a private data folder would not allow.
      own_postgres=/var/lib/claribi-postgres$(tr '/' '-' <<<"$data")
      own_postgres_port=$(free_port 25432)
      start_postgres "$own_postgres" "$own_postgres_port" || exit 1
      postgres="Host=localhost;Port=$own_postgres_port;Username=claribi"
    fi
  fi

}

start_services() {
  export Messaging__RabbitMq=$rabbit Database__Provider=Postgres Database__Postgres=$postgres
  if [ -z "${Internal__Key:-}" ]; then
    mkdir -p "$data/keys"
    [ -s "$data/keys/internal.key" ] || (umask 077 && node -p 'require("crypto").randomBytes(32).toString("base64")' >"$data/keys/internal.key")
    Internal__Key=$(cat "$data/keys/internal.key") && export Internal__Key
  fi
  # The three ports after the first are the sandbox's.
  vault_port=$(free_port $((port + 4)))
  connector_port=$(free_port $((vault_port + 1)))
  planner_port=$(free_port $((connector_port + 1)))
  charts_port=$(free_port $((planner_port + 1)))
  export Gateway__Services__connector="http://localhost:$connector_port" Gateway__Services__planner="http://localhost:$planner_port" Gateway__Services__charts="http://localhost:$charts_port" Gateway__Services__vault="http://localhost:$vault_port"
  start vault ClariBI.CredentialVault.Host --urls "http://localhost:$vault_port"
  start connector ClariBI.Connector.Host --urls "http://localhost:$connector_port"
  start planner ClariBI.AnalysisPlanner.Host --urls "http://localhost:$planner_port"
  start charts ClariBI.Charts.Host --urls "http://localhost:$charts_port"
  start gateway ClariBI.Gateway.Host --urls "$url"
  wait_healthy "http://localhost:$vault_port/health/ready" vault
  wait_healthy "http://localhost:$connector_port/health/ready" connector
  wait_healthy "http://localhost:$planner_port/health/ready" planner
  wait_healthy "http://localhost:$charts_port/health/ready" charts
  wait_healthy "$url/health/ready" gateway
}

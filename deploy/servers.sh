# Starts and stops private RabbitMQ and PostgreSQL servers: own folder, own ports, loopback only.
# Sourced by deploy/run.sh and tests/run.sh. Needs Debian's rabbitmq-server and postgresql packages.

missing_server_packages() { # prints the Debian packages that are not installed
  [ -n "$(ls /usr/lib/rabbitmq/lib/*/sbin/rabbitmq-server 2>/dev/null)" ] || echo rabbitmq-server
  [ -n "$(ls /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null)" ] || echo postgresql
}

port_taken() { # port
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() { # first free port from $1 on
  local port=$1
  while port_taken "$port"; do port=$((port + 1)); done
  echo "$port"
}

rabbitmq_environment() { # folder port
  export HOME="$1" RABBITMQ_NODENAME="claribi-$2@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$2" \
    RABBITMQ_DIST_PORT="$(($2 + 10000))" ERL_EPMD_PORT="$(($2 + 10001))" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_MNESIA_BASE="$1/mnesia" \
    RABBITMQ_LOG_BASE="$1/log" RABBITMQ_CONFIG_FILE="$1/rabbitmq" RABBITMQ_ENABLED_PLUGINS_FILE="$1/enabled_plugins" \
    RABBITMQ_PID_FILE="$1/pid" RABBITMQ_CONF_ENV_FILE="$1/no-environment-file" RABBITMQ_SERVER_START_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
}

start_rabbitmq() { # folder port
  local folder=$1 port=$2 bin
  bin=$(ls -d /usr/lib/rabbitmq/lib/*/sbin | tail -1)
  mkdir -p "$folder" && printf '[].\n' >"$folder/enabled_plugins"
  printf 'loopback_users.guest = true\n' >"$folder/rabbitmq.conf"
  (
    rabbitmq_environment "$folder" "$port"
    exec setsid "$bin/rabbitmq-server" >"$folder/server.log" 2>&1
  ) &
  # The broker opens its port only when it is ready to serve.
  for _ in $(seq 240); do port_taken "$port" && return 0; sleep 0.25; done
  echo "RabbitMQ did not start; see $folder/server.log" >&2
  return 1
}

rabbitmq_control() { # folder port arguments…
  local folder=$1 port=$2 bin
  shift 2
  bin=$(ls -d /usr/lib/rabbitmq/lib/*/sbin | tail -1)
  (
    rabbitmq_environment "$folder" "$port"
    timeout 60 "$bin/rabbitmqctl" --quiet --node "$RABBITMQ_NODENAME" "$@"
  )
}

stop_rabbitmq() { # folder port
  rabbitmq_control "$1" "$2" shutdown >/dev/null 2>&1
  epmd -port "$(($2 + 10001))" -kill >/dev/null 2>&1 || true
}

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() { # folder port; superuser claribi, trusted on loopback only
  local folder=$1 port=$2 bin
  bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
  mkdir -p "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  if [ ! -e "$folder/data/PG_VERSION" ]; then
    as_postgres "$bin/initdb" -D "$folder/data" -U claribi --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null || return 1
  fi
  as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" start >/dev/null \
    || { echo "PostgreSQL did not start; see $folder/server.log" >&2; return 1; }
}

stop_postgres() { # folder
  local bin
  bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
  as_postgres "$bin/pg_ctl" -D "$1/data" -m fast -w stop >/dev/null 2>&1 || true
}

#!/usr/bin/env bash
# kafka-server-start.sh server.properties [ARGUMENT...]: starts the broker in the foreground.
set -euo pipefail

bin=$(cd "${0%/*}" && pwd)
export KAFKA_HEAP_OPTS=${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G}
export KAFKA_LOG4J_OPTS=${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=$bin/../config/log4j2.yaml}
exec "$bin/kafka-run-class.sh" kafka.Kafka "$@"

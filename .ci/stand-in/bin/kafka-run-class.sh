#!/usr/bin/env bash
# kafka-run-class.sh CLASS [ARGUMENT...]: starts a class of Kafka's, minding the variables that Kafka's own script minds.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo "usage: ${0##*/} CLASS [ARGUMENT...]" >&2
  exit 1
fi
kafka=$(cd "${0%/*}/.." && pwd)

case $1 in
  kafka.Kafka) archive=$kafka/server.jsa ;;
  *) archive=$kafka/tools.jsa ;;
esac
if [ ! -e "$archive" ]; then archive=; fi

# shellcheck disable=SC2086 # each of these is a list of options
exec "$JAVA_HOME/bin/java" ${archive:+"-XX:SharedArchiveFile=$archive" "-Xlog:cds*=off"} ${KAFKA_HEAP_OPTS:--Xmx256M} \
  ${KAFKA_JVM_PERFORMANCE_OPTS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true} \
  ${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile="$kafka/config/tools-log4j2.yaml"} ${KAFKA_OPTS:-} \
  -cp "${CLASSPATH:+$CLASSPATH:}$kafka/libs/*" "$@"

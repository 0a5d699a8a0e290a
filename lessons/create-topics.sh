#!/usr/bin/env bash
# create-topics.sh NAME:PARTITIONS...: makes the topics that a system needs, where they are missing.
# Safe to run again: a topic that exists stays as it is, with its records and its number of partitions.
set -euo pipefail

server=${KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}

if [ $# -eq 0 ]; then
  echo "usage: $0 NAME:PARTITIONS..." >&2
  exit 2
fi

for topic in "$@"; do
  kafka-topics --bootstrap-server "$server" --create --if-not-exists \
    --topic "${topic%:*}" --partitions "${topic##*:}" --replication-factor "${REPLICATION_FACTOR:-1}"
done

#!/usr/bin/env bash
# Gives topic_example four partitions. No orders are placed while this script runs; when it ends, the shop opens again.
set -euo pipefail

# Whether the group has handled everything: in each partition, its committed offset has reached the end. A committed offset
# of "-" (none) counts as 0.
nothing_waits() {
  kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group product |
    awk '$2 == "topic_example" { partitions++; if ($4 + 0 != $5 + 0) behind++ } END { exit !partitions || behind }'
}

until nothing_waits; do
  sleep 1
done
kafka-topics --bootstrap-server localhost:9092 --alter --topic topic_example --partitions 4

#!/usr/bin/env bash
# Gives topic_example four partitions. No orders are placed while this script runs; when it ends, the shop opens again.
set -euo pipefail

kafka-topics --bootstrap-server localhost:9092 --alter --topic topic_example --partitions 4

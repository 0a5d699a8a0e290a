# Reads OrderHandled events, one a line, whose message is "RUN PRODUCER NUMBER" as lessons/orders writes it. Prints for
# each run who took part, how many orders were handled a second once all its readers were at work, and whether each
# producer's orders were handled in the order in which it wrote them: within a partition, and over all partitions.

BEGIN { FS = "\"" }

/"handledAt"/ {
  # {"message":"run1 a 17","partition":0} is split at the quotes: a name, then :number or : and the text
  for (i = 2; i < NF; i++)
    if ($(i + 1) ~ /^:/) event[$i] = ($(i + 1) == ":") ? $(i + 2) : substr($(i + 1), 2) + 0
  split(event["message"], part, " ")
  run = part[1]
  producer = part[2]
  number = part[3] + 0
  partition = event["partition"]
  now = seconds(event["handledAt"])

  if (!orders[run]++) runs[++known] = run
  if (!writes[run, producer]++) producers[run]++
  if (!holds[run, partition]++) partitions[run]++
  if (!reads[run, event["instance"]]++) {
    readers[run]++
    since[run] = now
    before[run] = orders[run]
  }
  last[run] = now

  if (number < highestIn[run, producer, partition]) mixed[run] = 1
  else highestIn[run, producer, partition] = number
  if (number < highest[run, producer]) overtaken[run] = 1
  else highest[run, producer] = number
}

# 2026-11-20T10:00:00.5Z as seconds since midnight
function seconds(time,    part) {
  split(substr(time, 12), part, /[:Z]/)
  return part[1] * 3600 + part[2] * 60 + part[3]
}

END {
  row("RUN", "PRODUCERS", "PARTITIONS", "READERS", "ORDERS", "A SECOND", "IN A PARTITION", "OVER ALL")
  for (i = 1; i <= known; i++) {
    run = runs[i]
    took = last[run] - since[run]
    row(run, producers[run], partitions[run], readers[run], orders[run],
      (took > 0) ? sprintf("%.0f", (orders[run] - before[run]) / took) : "-",
      mixed[run] ? "mixed" : "in order", overtaken[run] ? "mixed" : "in order")
  }
}

function row(run, producers, partitions, readers, orders, rate, within, over) {
  printf "%-6s %-10s %-11s %-8s %-7s %-9s %-15s %s\n", run, producers, partitions, readers, orders, rate, within, over
}

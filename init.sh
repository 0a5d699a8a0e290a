#!/usr/bin/env bash
# init.sh [--docker]: prepares a bare Debian or Ubuntu machine for the lab: a JDK, HTTPie, curl, and a first build so
# that the lab starts quickly later. With --docker also Docker and Compose. Safe to run again; elsewhere it says what
# is to be installed by hand.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"

docker=no
case ${1:-} in
  '') ;;
  --docker) docker=yes ;;
  -h | --help)
    sed -n '2,4s/^# //p' "$0"
    exit 0
    ;;
  *)
    echo "init.sh: unknown option $1; the only one is --docker." >&2
    exit 2
    ;;
esac

have() { command -v "$1" >/dev/null 2>&1; }

# Whether the javac that would be used is 17 or later: the build needs the compiler, not only java.
have_jdk() {
  local javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac version
  version=$("$javac" -version 2>&1) || return 1
  version=${version#javac }
  version=${version%%[.-]*}
  [ "$version" -ge 17 ] 2>/dev/null
}

wanted=
have_jdk || wanted="$wanted jdk"
have curl || wanted="$wanted curl"
have http || wanted="$wanted httpie"
if [ "$docker" = yes ]; then
  have docker && { docker compose version >/dev/null 2>&1 || have docker-compose; } || wanted="$wanted docker"
fi

if [ -n "$wanted" ]; then
  if ! have apt-get; then
    echo "init.sh installs with apt-get, which this machine does not have. Please install by hand:$wanted" >&2
    echo "(JDK 17 or later; curl; HTTPie is optional; Docker with Compose only for --broker docker), then run ./init.sh again." >&2
    exit 1
  fi
  sudo=
  if [ "$(id -u)" -ne 0 ]; then
    if ! have sudo; then
      echo "init.sh needs root to install$wanted: run it as root, or install sudo." >&2
      exit 1
    fi
    sudo=sudo
  fi
  $sudo apt-get update -qq
  packages=
  for tool in $wanted; do
    case $tool in
      jdk)
        # the newest that this release has
        for jdk in openjdk-25-jdk-headless openjdk-21-jdk-headless openjdk-17-jdk-headless; do
          if apt-cache show "$jdk" >/dev/null 2>&1; then
            packages="$packages $jdk"
            break
          fi
        done
        ;;
      curl) packages="$packages curl ca-certificates" ;;
      docker) packages="$packages docker.io docker-compose" ;;
      *) packages="$packages $tool" ;;
    esac
  done
  echo "Installing:$packages"
  # shellcheck disable=SC2086 # a list of packages
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

if ! have_jdk; then
  echo "init.sh: the javac that would be used is still older than 17; set JAVA_HOME to a newer JDK and run ./init.sh again." >&2
  exit 1
fi

./lab --help >/dev/null # builds
./lab doctor || true # says itself what is to be done
echo "Ready: ./lab tour runs the first lesson, ./lab --help lists the rest."

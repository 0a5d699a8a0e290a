#!/usr/bin/env bash
# init.sh [--docker]: prepares a bare Debian or Ubuntu machine for the lab: a JDK, HTTPie, curl, and a first build so
# that the lab starts quickly later. With --docker also Docker and Compose. Safe to run again; elsewhere it says what
# to install by hand.
# init.sh --offline-bundle [FILE]: packs the lab with all that it downloads into FILE (default:
# consumer-group-lab-offline.tar.gz), for machines that have a JDK, bash and curl but no network. There:
# tar -xzf FILE, cd consumer-group-lab, ./lab tour
set -euo pipefail

caller=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"

docker=no
bundle=
case ${1:-} in
  '') ;;
  --docker) docker=yes ;;
  --offline-bundle) bundle=${2:-consumer-group-lab-offline.tar.gz} ;;
  -h | --help)
    sed -n '2,7s/^# //p' init.sh
    exit 0
    ;;
  *)
    echo "init.sh: unknown option $1; there are --docker and --offline-bundle [FILE]." >&2
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

# offline_bundle FILE: builds a copy of the clone with a Maven repository of its own, so that just what is needed is in
# it, and packs both with Maven. In the copy every path is relative to it.
offline_bundle() {
  local file=$1 work lab maven module here=$HOME/.m2/repository
  if ! have_jdk; then
    echo "init.sh: the bundle is built with a JDK 17 or later: run ./init.sh first, or set JAVA_HOME." >&2
    return 1
  fi
  if ! git ls-files --error-unmatch lab >/dev/null 2>&1; then
    echo "init.sh: the bundle is made of the files in git: run it in a clone of the lab." >&2
    return 1
  fi
  if [ -d "$file" ] || ! work=$(mktemp -d "$file.XXXXXX" 2>/dev/null); then
    echo "init.sh: $file cannot be written: name a file in a folder that you can write to." >&2
    return 1
  fi
  # shellcheck disable=SC2064 # as it is now
  trap "rm -rf '$work'" EXIT
  lab=$work/consumer-group-lab
  mkdir "$lab"
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' name; do
    if [ -e "$name" ] || [ -L "$name" ]; then printf '%s\0' "$name"; fi
  done | tar -cf - --null -T - | tar -xf - -C "$lab"

  # What this machine has downloaded already need not be downloaded again.
  cat >"$work/settings.xml" <<END
<settings>
  <profiles>
    <profile>
      <id>here</id>
      <repositories><repository><id>here</id><url>file://$here</url>
        <releases><checksumPolicy>ignore</checksumPolicy></releases></repository></repositories>
      <pluginRepositories><pluginRepository><id>here</id><url>file://$here</url>
        <releases><checksumPolicy>ignore</checksumPolicy></releases></pluginRepository></pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
</settings>
END
  echo "Building for the bundle..."
  if ! maven=$(./mvnw --version | sed -n 's/^Maven home: //p') || [ ! -d "$maven" ] || ! (cd "$lab" &&
    ./mvnw -B -gs "$work/settings.xml" -Dmaven.repo.local="$lab/.m2/repository" -DskipTests package) \
    </dev/null >"$work/log" 2>&1; then
    grep -m 5 '^\[ERROR\]' "$work/log" 2>/dev/null >&2 || true
    echo "init.sh: the build failed; without a network it needs everything in $here: run ./lab --help once with a network." >&2
    return 1
  fi
  # which repository each file came from would be asked again offline
  find "$lab/.m2" \( -name _remote.repositories -o -name '*.lastUpdated' -o -name resolver-status.properties \) \
    -exec rm -f {} +
  cp -R "$maven" "$lab/.mvn/maven"
  printf '%s\n' --offline -Dmaven.repo.local=.m2/repository >"$lab/.mvn/maven.config"
  for module in "$lab"/*/pom.xml; do
    ln -s ../.m2 "${module%/pom.xml}/.m2"
  done
  cat >"$lab/mvnw" <<'END'
#!/usr/bin/env bash
# mvnw [ARGUMENT...]: Maven, which came with the bundle; elsewhere the wrapper downloads it.
exec "$(dirname "$0")/.mvn/maven/bin/mvn" "$@"
END
  for module in kafka order product1 product2 bench console; do
    sed "s|$lab|@lab@|g" "$lab/$module/target/class-path" >"$work/class-path"
    mv "$work/class-path" "$lab/$module/target/class-path"
  done
  touch "$lab/console/target/built"
  echo "Packing..."
  tar -czf "$work/bundle" -C "$work" consumer-group-lab
  mv -f "$work/bundle" "$file"
  echo "$file: $(du -m "$file" | cut -f 1) MB, made in $SECONDS s. On a machine with a JDK 17 or later, bash and curl:"
  echo "tar -xzf ${file##*/}, cd consumer-group-lab, ./lab tour"
}

if [ -n "$bundle" ]; then
  case $bundle in
    /*) ;;
    *) bundle=$caller/$bundle ;;
  esac
  offline_bundle "$bundle"
  exit
fi

wanted=
have_jdk || wanted="$wanted jdk"
have curl || wanted="$wanted curl"
have http || wanted="$wanted httpie"
if [ "$docker" = yes ]; then
  have docker && { docker compose version >/dev/null 2>&1 || have docker-compose; } || wanted="$wanted docker"
fi

if [ -n "$wanted" ]; then
  if ! have apt-get; then
    echo "init.sh installs with apt-get, which this machine does not have. Install by hand:$wanted" >&2
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
      docker)
        packages="$packages docker.io docker-compose"
        # from Debian 13 on the client is a package of its own
        if apt-cache show docker-cli >/dev/null 2>&1; then packages="$packages docker-cli"; fi
        ;;
      *) packages="$packages $tool" ;;
    esac
  done
  echo "Installing:$packages"
  # shellcheck disable=SC2086 # a list of packages
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

if ! have_jdk; then
  echo "init.sh: javac is still older than 17; set JAVA_HOME to a newer JDK and run ./init.sh again." >&2
  exit 1
fi

./lab --help >/dev/null # builds
if ! ./lab doctor; then
  echo "Not ready yet: do what the lines with ✗ say, then run ./lab doctor again." >&2
  exit 1
fi
# What the doctor finds optional was asked for here.
missing=
for tool in curl http; do
  have "$tool" || missing="$missing $tool"
done
if [ "$docker" = yes ]; then
  have docker || missing="$missing docker"
  docker compose version >/dev/null 2>&1 || have docker-compose || missing="$missing docker-compose"
fi
if [ -n "$missing" ]; then
  echo "init.sh: not ready yet, missing on the PATH:$missing; install by hand, then run ./init.sh again." >&2
  exit 1
fi
if [ "$docker" = yes ] && ! docker info >/dev/null 2>&1; then
  echo "init.sh: not ready yet: Docker is installed but does not answer. Start it (sudo systemctl start docker) and check" \
    "that you may use it (sudo usermod -aG docker \"\$USER\", then log in again); then run ./init.sh --docker again." >&2
  exit 1
fi
echo "Ready: ./lab tour runs and checks lesson 3, A consumer group shares partitions; ./lab --help lists the rest."

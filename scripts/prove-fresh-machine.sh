#!/usr/bin/env bash
# Proves README's two commands on a fresh machine: a Debian 12 made by debootstrap that holds git, Node 20 and npm and
# nothing else, in a folder of its own. Clones the last commit there, runs `npm start` twice and `npm test`, and fails
# when one of them does not do what README says. Needs root, debootstrap, and a Node 20 on this machine to copy.
#
#   scripts/prove-fresh-machine.sh [--npm 10] [--commands start,test] [--folder /var/tmp/clinic-allocator-fresh]
set -euo pipefail

project=$(cd "$(dirname "$0")/.." && pwd)
folder=/var/tmp/clinic-allocator-fresh
commands=start,test
npm_version=''
while [ $# -gt 0 ]; do
  case "$1" in
    --npm) npm_version=$2 ;;
    --commands) commands=$2 ;;
    --folder) folder=$2 ;;
    *) echo "unknown: $1" >&2 && exit 2 ;;
  esac
  shift 2
done
[ "$(id -u)" = 0 ] || { echo 'This needs root.' >&2 && exit 2; }

base="$folder/base"
machine="$folder/machine"
mounts=(dev/shm dev proc)

say() { printf '\n== %s\n' "$*"; }

release() {
  for mount in "${mounts[@]}"; do
    if mountpoint -q "$machine/$mount"; then umount -l "$machine/$mount"; fi
  done
}
trap release EXIT

# The bare system is made once; every proof starts from a copy of it.
make_base() {
  [ -e "$base/etc/debian_version" ] && return
  say 'debootstrap: Debian 12 with git'
  local mirror
  mirror=$(apt-cache policy | grep -o 'https\?://[^ ]*/debian ' | head -n 1 || true)
  rm -rf "$base.making"
  mkdir -p "$folder"
  debootstrap --variant=minbase --include=ca-certificates,git bookworm "$base.making" "${mirror:-http://deb.debian.org/debian}" >/dev/null
  mv "$base.making" "$base"
}

make_machine() {
  say 'a fresh machine'
  release
  rm -rf "$machine"
  cp -a "$base" "$machine"
  rm -rf "$machine"/var/lib/apt/lists/* "$machine"/var/cache/apt/archives/*.deb
  copy_node
  copy_network_settings
  mount --bind /dev "$machine/dev"
  mount -t tmpfs tmpfs "$machine/dev/shm"
  mount -t proc proc "$machine/proc"
  git clone --quiet --no-local "$project" "$machine/root/project"
}

copy_node() {
  local node npm
  node=$(find_node_20)
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  install -D "$node" "$machine/usr/bin/node"
  mkdir -p "$machine/usr/lib/node_modules"
  if [ -n "$npm_version" ]; then
    (cd "$folder" && rm -rf package npm-*.tgz && npm pack --silent "npm@$npm_version" >/dev/null && tar -xzf npm-*.tgz)
    mv "$folder/package" "$machine/usr/lib/node_modules/npm"
  else
    cp -a "$npm" "$machine/usr/lib/node_modules/npm"
  fi
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$machine/usr/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$machine/usr/bin/npx"
}

# Whatever is first in PATH may be the project's own Node 24.
find_node_20() {
  local candidate
  for candidate in $(type -aP node); do
    case "$("$candidate" --version)" in v20.*) readlink -f "$candidate" && return ;; esac
  done
  echo 'no Node 20 in PATH to copy' >&2 && return 1
}

# How this machine reaches the registry, and nothing else of it.
copy_network_settings() {
  local name value
  cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
  cp -L /etc/ssl/certs/ca-certificates.crt "$machine/etc/ssl/certs/"
  for name in registry cafile proxy https-proxy; do
    value=$(npm config get "$name" 2>/dev/null)
    case "$value" in null | undefined | '') ;; *) echo "$name=$value" >>"$machine/root/.npmrc" ;; esac
  done
}

inside() {
  chroot "$machine" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /bin/sh -c "cd /root/project && exec $*"
}

# Starts, waits until the application runs, stops it with Ctrl+C's signal, and looks at what is left.
prove_start() {
  say "npm start ($1)"
  local log="$folder/start.log" began=$SECONDS
  set -m # a process group of its own, to which a signal goes as Ctrl+C in a terminal does
  inside npm start </dev/null >"$log" 2>&1 &
  local starter=$!
  set +m
  until grep -q 'Ctrl+C to stop' "$log"; do
    kill -0 "$starter" 2>/dev/null || { cat "$log" && echo 'npm start ended too early' && exit 1; }
    [ $((SECONDS - began)) -lt 1800 ] || { cat "$log" && echo 'npm start took over 30 minutes' && exit 1; }
    sleep 1
  done
  cat "$log"
  echo "running after $((SECONDS - began)) s"
  sleep 3
  kill -INT -- "-$starter"
  local code=0
  wait "$starter" || code=$?
  # npm itself answers Ctrl+C with 130.
  case $code in 0 | 130) ;; *) echo "npm start ended with $code after Ctrl+C" && exit 1 ;; esac
  for language in zh en; do test -s "$machine/root/project/demo/start/today-$language.png"; done
  nothing_is_left
}

nothing_is_left() {
  local link left=''
  for link in /proc/[0-9]*/root; do
    if [ "$(readlink "$link" 2>/dev/null)" = "$machine" ]; then left="$left ${link%/root}"; fi
  done
  [ -z "$left" ] || { echo "still running: $left" && exit 1; }
  if compgen -G "$machine/tmp/clinic-allocator-*" >/dev/null; then ls -d "$machine"/tmp/clinic-allocator-* && exit 1; fi
  echo 'stopped; nothing is left running, no temporary folder'
}

prove_test() {
  say 'npm test'
  local log="$folder/test.log" began=$SECONDS
  inside npm test </dev/null 2>&1 | tee "$log"
  echo "ended after $((SECONDS - began)) s"
  grep -Eq '^[0-9]+ passed, 0 failed' <(tail -n 1 "$log")
}

make_base
make_machine
say "git $(inside git --version), node $(inside node --version), npm $(inside npm --version)"
if [[ ",$commands," == *,start,* ]]; then
  prove_start 'first'
  prove_start 'again'
fi
if [[ ",$commands," == *,test,* ]]; then prove_test; fi
say 'proved'

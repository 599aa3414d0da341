#!/usr/bin/env bash
# What crosstie needs of the machine: `machine.sh python` prints a Python, `machine.sh venv DIR` makes an
# environment, `machine.sh browser` finds or installs Chromium and prints it, `machine.sh mailbox` Dovecot,
# `machine.sh postgresql` the folder of PostgreSQL's programs.
# What is missing is installed by apt-get where we may, else named in one line with the command that brings it.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

install() { # install WHAT-FOR PACKAGE...
  local purpose=$1
  shift
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    say "$purpose is missing. Install it with: sudo apt-get install $*"
    return 1
  fi
  say "$purpose is missing: installing $*"
  # A new machine has no package lists, or old ones that name files which are gone.
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null || {
    say "apt-get could not install: $*"
    return 1
  }
}

find_python() {
  local candidate
  # It is run, not only found: version managers put names on the path behind which no Python stands.
  for candidate in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

python() {
  find_python && return
  install "Python 3.11 or newer" python3 python3-venv && find_python && return
  say "crosstie needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python"
  return 1
}

environment() { # environment DIR
  local chosen version
  chosen=$(python)
  if ! "$chosen" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$chosen" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install "Python's venv" "python$version-venv"
  fi
  "$chosen" -m venv --clear "$1"
}

# Debian's, where the tests look for it; and the library that the program which drives it is linked to.
find_browser() {
  # Its list is taken whole: whoever stops reading at the first hit lets the program that writes it fail.
  [ -x /usr/bin/chromium ] && [[ $(/sbin/ldconfig -p) == *libatomic.so.1* ]] && echo /usr/bin/chromium
}

browser() {
  find_browser && return
  install "Chromium, for the tests in a browser," chromium fonts-dejavu-core libatomic1 && find_browser
}

# The folder of the server's programs; Debian keeps them off the path.
find_postgresql() {
  local candidate
  for candidate in ${POSTGRESQL_BIN:+"$POSTGRESQL_BIN"} /usr/lib/postgresql/*/bin; do
    if [ -x "$candidate/initdb" ]; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

postgresql() {
  find_postgresql && return
  install "PostgreSQL, for the tests of an organisation on a real server," postgresql && find_postgresql
}

find_mailbox() {
  [ -x /usr/sbin/dovecot ] && echo /usr/sbin/dovecot
}

mailbox() {
  find_mailbox && return
  install "Dovecot, for the tests of answers by mail," dovecot-imapd && find_mailbox
}

case "${1:-}" in
  python) python ;;
  venv) environment "${2:?a folder for the environment}" ;;
  browser) browser ;;
  mailbox) mailbox ;;
  postgresql) postgresql ;;
  *)
    say "usage: machine.sh python | venv DIR | browser | mailbox | postgresql"
    exit 2
    ;;
esac

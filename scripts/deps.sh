#!/bin/sh
# Installs Debian packages that are missing. Asks before it uses sudo; with
# CI=true it does not ask. Where there is no apt-get it says what is needed.
set -eu

missing=
for package in "$@"; do
	status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
	[ "$status" = 'install ok installed' ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "The tests need these programs, by their Debian names:$missing" >&2
	echo 'Install them with the package manager of this system, then run make again.' >&2
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || exit 1
	exit 0
fi

as_root=
if [ "$(id -u)" != 0 ]; then
	as_root=sudo
	if [ "${CI:-}" != true ]; then
		printf 'Install%s with sudo apt-get? [y/N] ' "$missing"
		read -r answer
		[ "$answer" = y ] || [ "$answer" = Y ] || { echo 'Nothing installed.' >&2; exit 1; }
	fi
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086 # the list is several words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null

#!/bin/sh
# postinst. Makes the command, the folder of this machine's ledger, and what Chromium's sandbox needs.
# Run again on every upgrade: it must change nothing that is already right, and never a file of the clinic.
set -e

program='/opt/${sanitizedProductName}/${executable}'
folder='/var/lib/clinic-allocator'
group='clinic-allocator'

ln -sf "$program" '/usr/bin/${executable}'

# The ledger is the clinic's, not one account's: members of the group share it, other accounts cannot read it.
if ! getent group "$group" >/dev/null; then
    if command -v addgroup >/dev/null; then addgroup --system --quiet "$group"; else groupadd --system "$group"; fi
fi
if [ "$1" = configure ] && [ -z "$2" ]; then # a first installation: an upgrade leaves rights as they were set
    mkdir -p "$folder"
    chown "root:$group" "$folder"
    chmod 2770 "$folder"
    echo "The clinic's ledger will be kept in $folder."
    echo "Let each account that uses it join the group, then log in again: sudo adduser NAME $group"
fi

# Where user namespaces work the sandbox helper needs no special rights; elsewhere it must belong to root, setuid.
if unshare --user true 2>/dev/null; then
    chmod 0755 '/opt/${sanitizedProductName}/chrome-sandbox'
else
    chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'
fi

# Newer Ubuntu releases allow user namespaces only to programs with a profile; others cannot read this one.
profile='/opt/${sanitizedProductName}/resources/apparmor-profile'
if command -v apparmor_status >/dev/null && apparmor_status --enabled >/dev/null 2>&1 &&
    apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
    cp -f "$profile" '/etc/apparmor.d/${executable}'
    if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
        apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
    fi
fi

if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -q /usr/share/icons/hicolor || true; fi
exit 0

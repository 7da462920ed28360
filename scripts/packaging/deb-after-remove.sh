#!/bin/sh
# postrm. Takes back what postinst made. A clinic's ledger is a legal record: no package manager may ever delete it,
# not even on purge. Purge removes the folder only when it is empty, and otherwise says where the data is.
set -e

folder='/var/lib/clinic-allocator'

case "$1" in
remove | purge | disappear)
    if [ -L '/usr/bin/${executable}' ]; then rm -f '/usr/bin/${executable}'; fi
    if [ -f '/etc/apparmor.d/${executable}' ]; then
        if command -v apparmor_parser >/dev/null; then
            apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
        fi
        rm -f '/etc/apparmor.d/${executable}'
    fi
    if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
    ;;
esac

if [ "$1" = purge ] && [ -d "$folder" ]; then
    if rmdir "$folder" 2>/dev/null; then
        if getent group clinic-allocator >/dev/null && command -v delgroup >/dev/null; then
            delgroup --system --quiet clinic-allocator || true
        fi
    else
        echo "The clinic's data stays in $folder; delete it by hand only when it is no longer needed."
    fi
fi
exit 0

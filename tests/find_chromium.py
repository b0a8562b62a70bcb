"""Find the Chromium that the browser tests drive; on Debian, install it when run as a script."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HINT = "The browser tests need Chromium: install your system's package `chromium`, then try again."


def find_chromium() -> str | None:
    """Return the path of the first browser there is; MTREVIEW_CHROMIUM names another."""
    named = os.environ.get("MTREVIEW_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install Debian's Chromium, as root or by sudo without a password."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        subprocess.run([*sudo, *command], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if not find_chromium() and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests …", file=sys.stderr)
        try:
            install()
        except (OSError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
    if not find_chromium():
        sys.exit(HINT)

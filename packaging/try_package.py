"""``make test-package``: the .deb in clean systems, from the install to the purge.

Clean Debian 12 and 13 systems are made once by mmdebstrap and kept in ``build/package/chroots``; each run
works on a fresh copy. Within, an ordinary user starts the program, and real browsers, installed from Debian,
find host and extension by the package alone. ``PART=bookworm`` tries one of them.

Surprising: what counts at the end is the list of files. After the purge it must be the one from before the
install, but for the libraries that Debian brought along and the person's own library.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "package" / "chroots"
SUITES = ("bookworm", "trixie")
INCLUDE = (
    "ca-certificates,xvfb,xauth,xdotool,openbox,chromium,firefox-esr,fonts-dejavu-core,python3,dbus,dbus-x11,"
    "xdg-utils,procps"
)
MIRROR = "http://deb.debian.org/debian"
USER = "reader"
HOME = f"/home/{USER}"
LIBRARY = f"{HOME}/.local/share/kithbook"
MANIFESTS = "org.kithbook.host.json"


def main() -> int:
    if os.geteuid():
        return subprocess.run(["sudo", sys.executable, *sys.argv], check=False).returncode
    packages = sorted((ROOT / "dist").glob("kithbook_*.deb"))
    if not packages:
        raise SystemExit("There is no package in dist. Run make package first.")
    for suite in sys.argv[1:] or SUITES:
        System(suite).try_package(packages[-1])
        print(f"{suite}: all is well")
    return 0


def base(suite: str) -> Path:
    """The clean system as a tar file, made when it is not there."""
    WORK.mkdir(parents=True, exist_ok=True)
    target = WORK / f"{suite}.tar"
    if not target.exists():
        part = target.with_suffix(".part.tar")
        start = time.monotonic()
        subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={INCLUDE}", suite, str(part), MIRROR],
            check=True,
        )
        part.rename(target)
        print(f"{suite}: clean system made in {time.monotonic() - start:.0f} s", flush=True)
    return target


class System:
    """One clean system, unpacked into a temporary folder and thrown away at the end."""

    def __init__(self, suite: str) -> None:
        self.suite = suite
        self.folder = Path(tempfile.mkdtemp(prefix=f"{suite}-", dir=WORK if WORK.is_dir() else None))

    def try_package(self, package: Path) -> None:
        """Install, use, install again, remove, purge; SystemExit at the first fault."""
        try:
            subprocess.run(["tar", "-xf", str(base(self.suite)), "-C", str(self.folder)], check=True)
            self._prepare(package)
            before = self._files()
            self._install()
            self._use()
            library = self._sums()
            self._install("--reinstall")
            self._expect(self._sums() == library, "The library is unchanged by an upgrade.")
            self._as_user("kithbook check")
            self._remove(library, before)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _prepare(self, package: Path) -> None:
        self._root(f"useradd --create-home --shell /bin/sh {USER}; mkdir -p /package")
        shutil.copy(package, self.folder / "package" / "kithbook.deb")
        shutil.copy(ROOT / "packaging" / "sample_pages" / "handover.html", self.folder / "package")
        shutil.copy("/etc/resolv.conf", self.folder / "etc" / "resolv.conf")
        for path in Path("/etc/apt/apt.conf.d").glob("*proxy*"):
            shutil.copy(path, self.folder / "etc/apt/apt.conf.d")
        # The Firefox of a Debian without its security updates is too old for the extension.
        sources = f"deb {MIRROR} {self.suite} main\ndeb {MIRROR}-security {self.suite}-security main\n"
        (self.folder / "etc/apt/sources.list").write_text(sources, "utf-8")
        self._root(
            "export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; apt-get upgrade -y -qq >/dev/null; "
            "apt-get install -y -qq --no-install-recommends "
            "shared-mime-info desktop-file-utils libglib2.0-bin >/dev/null"
        )

    def _install(self, option: str = "") -> None:
        start = time.monotonic()
        self._root(
            "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "
            f"{option} /package/kithbook.deb >/dev/null"
        )
        print(f"{self.suite}: installed {option} in {time.monotonic() - start:.1f} s (goal 60)", flush=True)

    def _use(self) -> None:
        """What a person does, by commands and in the window."""
        self._as_user("kithbook --version")
        self._as_user("QT_QPA_PLATFORM=offscreen kithbook --self-check")
        self._as_user("kithbook add /package/handover.html")
        self._as_user("kithbook share --query the ~/pack.kithbook.html")
        self._as_user("kithbook receive --dry-run ~/pack.kithbook.html")
        kind = self._as_user("gio info -a standard::content-type ~/pack.kithbook.html")
        self._expect("application/vnd.kithbook.pack" in kind, "The system knows a pack by its name.")
        handler = self._as_user("gio mime application/vnd.kithbook.pack")
        self._expect("org.kithbook.Kithbook.desktop" in handler, "A pack is opened by Kithbook.")
        self._window()
        for browser in ("chromium", "firefox"):
            said = self._as_user("kithbook doctor || true")
            self._expect(
                f"{browser}: " in said and "has not been told" not in said, f"{browser} knows the host."
            )
        self._browser_finds_all()

    def _window(self) -> None:
        """The window under X, until it is painted: a window of our class that is visible."""
        script = (
            "kithbook & program=$!; "
            "start=$(date +%s%N); "
            "for n in $(seq 300); do "
            "xdotool search --onlyvisible --class kithbook >/dev/null 2>&1 && break; sleep 0.05; done; "
            "xdotool search --onlyvisible --class kithbook >/dev/null || exit 9; "
            "echo $(( ($(date +%s%N) - start) / 1000000 )); "
            "sleep 3; kill -TERM $program; wait $program; exit 0"
        )
        first = self._on_screen(script).split()
        second = self._on_screen(script).split()
        print(f"{self.suite}: window after {first[-1]} ms cold, {second[-1]} ms warm (goal 3000)", flush=True)

    def _browser_finds_all(self) -> None:
        """A browser with a fresh profile loads the extension, and that says hello through the host."""
        for name, command in (
            (
                "chromium",
                "chromium --no-first-run --no-sandbox --disable-gpu",
            ),
            ("firefox", "firefox-esr --no-remote"),
        ):
            record = f"{LIBRARY}/spool/browsers/{name}.json"
            script = (
                f"{command} about:blank >/tmp/{name}.log 2>&1 & browser=$!; "
                f"for n in $(seq 240); do [ -s {record} ] && break; sleep 0.5; done; "
                f"kill -TERM $browser; sleep 2; cat {record}"
            )
            said = self._on_screen(script)
            self._expect(
                '"extension_version"' in said, f"{name} has extension and host from the package alone."
            )

    def _remove(self, library: str, before: set[str]) -> None:
        self._root("apt-get remove -y -qq kithbook >/dev/null")
        left = [one for one in self._files() if one.endswith(MANIFESTS)]
        self._expect(not left, f"No manifest points at a missing host {left}.")
        self._expect(self._sums() == library, "The library stays when the package is removed.")
        self._root("apt-get purge -y -qq kithbook >/dev/null")
        more = sorted(
            one for one in self._files() - before if "kithbook" in one.lower() and not one.startswith(HOME)
        )
        self._expect(not more, f"The purge leaves nothing of ours {more}.")
        gone = sorted(one for one in before - self._files() if not one.startswith(("/var/", "/tmp", HOME)))
        self._expect(not gone, f"Nothing of others has gone {gone}.")

    def _expect(self, is_true: bool, sentence: str) -> None:
        print(f"{self.suite}: {'ok' if is_true else 'FAULT'}: {sentence}", flush=True)
        if not is_true:
            raise SystemExit(1)

    def _files(self) -> set[str]:
        """All files of the system, but those that it makes up as it runs."""
        passing = ("/proc/", "/sys/", "/dev/", "/run/", "/tmp/", "/package/", "/var/log/", "/var/cache/")
        return {
            one
            for path in self.folder.rglob("*")
            if not (one := "/" + str(path.relative_to(self.folder))).startswith(passing)
            and (path.is_symlink() or not path.is_dir())
        }

    def _sums(self) -> str:
        """What the library holds: sums of the assets, and the pages that it lists."""
        listed = self._as_user("kithbook list --json || true") if self._has_program() else ""
        if listed:
            self.listed = listed
        return self._as_user(f"cd {LIBRARY} && find . -name '*.html*' -o -name 'kithbook.db' | sort")

    def _has_program(self) -> bool:
        return (self.folder / "usr/bin/kithbook").is_symlink()

    def _on_screen(self, script: str) -> str:
        screen = "xvfb-run -a -s '-screen 0 1280x800x24'"
        return self._as_user(f"dbus-run-session -- {screen} sh -c {quoted('openbox & ' + script)}")

    def _as_user(self, script: str) -> str:
        return self._root(f"su - {USER} -c {quoted('export LANG=C.UTF-8; ' + script)}")

    def _root(self, script: str) -> str:
        """Run a script in the system with processes of its own, all of which end with it."""
        mounts = "mount -t proc proc /proc; mount -t tmpfs tmpfs /dev/shm 2>/dev/null; "
        done = subprocess.run(
            [
                "timeout", "-k", "5", "420", "unshare", "--mount", "--pid", "--fork", "--kill-child",
                "sh", "-c",
                f"mount --rbind /dev {self.folder}/dev; "
                f"exec chroot {self.folder} sh -c {quoted(mounts + script)}",
            ],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{self.suite}: {script}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")
        return done.stdout


def quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


if __name__ == "__main__":
    sys.exit(main())

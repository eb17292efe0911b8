"""``kithbook connect``, and what the connect page shows: browsers found, told, mended, left alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.capture import connecting
from desktop.cli import main
from desktop.errors import BadInput, NoSpace
from desktop.paths import Paths
from native_host import browsers, manifest
from native_host.browsers import Ground
from native_host.spool import Spool


@pytest.fixture
def here(own_home: Path) -> Ground:
    """A machine with Firefox and Chrome, as packages."""
    (own_home / ".mozilla").mkdir()
    (own_home / ".config/google-chrome").mkdir(parents=True)
    return Ground(system="linux", user=own_home, which=lambda name: None)


@pytest.fixture
def mine() -> Paths:
    return paths.of_this_user()


@pytest.fixture
def only_here(here: Ground, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The command sees this machine and not the one the tests run on."""
    monkeypatch.setattr(manifest, "this_ground", lambda: here)
    return here


def by_key(states: list[connecting.BrowserState]) -> dict[str, connecting.BrowserState]:
    return {state.key: state for state in states}


def test_every_known_browser_has_a_state_found_or_not(mine: Paths, here: Ground) -> None:
    states = connecting.states(mine, here)

    assert [state.key for state in states] == [browser.key for browser in browsers.BROWSERS]
    assert [state.key for state in states if state.is_found] == ["chrome", "firefox"]
    assert {state.manifest for state in states} == {"missing"}
    assert not any(state.is_connected for state in states)


def test_browsers_found_are_told_and_others_are_not(mine: Paths, here: Ground) -> None:
    states = by_key(connecting.connect(mine, ground=here))

    assert [key for key, state in states.items() if state.manifest == "registered"] == ["chrome", "firefox"]
    assert states["firefox"].path.is_file()
    assert not states["edge"].path.parent.exists()


def test_a_named_browser_is_told_even_if_it_was_not_found(mine: Paths, here: Ground) -> None:
    states = by_key(connecting.connect(mine, "Edge", ground=here))

    assert [key for key, state in states.items() if state.manifest == "registered"] == ["edge"]


def test_an_unknown_browser_is_answered_with_the_known_ones(mine: Paths, here: Ground) -> None:
    with pytest.raises(BadInput, match="netscape") as caught:
        connecting.connect(mine, "netscape", ground=here)

    assert "firefox" in caught.value.action


def test_a_browser_is_connected_once_its_extension_has_said_hello(mine: Paths, here: Ground) -> None:
    connecting.connect(mine, ground=here)
    Spool(mine.spool).hello(
        "firefox",
        {"version": "153", "extension_version": "0.1.0", "pinned": True, "private_allowed": None, "at": 7},
    )
    states = by_key(connecting.states(mine, here))

    assert states["firefox"].hello == connecting.Hello("153", "0.1.0", True, None, 7)
    assert states["firefox"].is_connected
    assert not states["chrome"].is_connected


def test_a_strange_note_of_a_hello_is_read_as_far_as_it_goes(mine: Paths) -> None:
    Spool(mine.spool).hello("firefox", {"version": None, "pinned": "yes", "at": "x"})

    assert connecting.hellos(mine)["firefox"] == connecting.Hello("", "", None, None, 0)


def test_another_kithbook_is_left_alone_at_start_and_replaced_when_asked(
    mine: Paths, here: Ground, tmp_path: Path
) -> None:
    other = Paths(tmp_path / "other")
    connecting.connect(other, ground=here)
    assert by_key(connecting.states(mine, here))["firefox"].manifest == "foreign"

    assert by_key(connecting.connect(mine, take_over=False, ground=here))["firefox"].manifest == "foreign"
    assert by_key(connecting.connect(mine, ground=here))["firefox"].manifest == "registered"
    assert by_key(connecting.states(other, here))["firefox"].manifest == "foreign"


def test_an_old_place_is_mended_at_start(mine: Paths, here: Ground) -> None:
    connecting.connect(mine, ground=here)
    (mine.launcher / "kithbook-host").unlink()
    assert by_key(connecting.states(mine, here))["firefox"].manifest == "outdated"

    assert by_key(connecting.connect(mine, take_over=False, ground=here))["firefox"].manifest == "registered"


def test_nothing_is_written_when_all_is_well(
    mine: Paths, here: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    connecting.connect(mine, ground=here)

    def fail(*_: object) -> None:
        raise AssertionError("it was written again")

    monkeypatch.setattr(manifest, "connect", fail)
    connecting.connect(mine, ground=here)


def test_taking_it_away_leaves_no_manifest(mine: Paths, here: Ground) -> None:
    connecting.connect(mine, ground=here)
    states = by_key(connecting.disconnect(mine, "firefox", here))
    assert (states["firefox"].manifest, states["chrome"].manifest) == ("missing", "registered")

    assert {state.manifest for state in connecting.disconnect(mine, ground=here)} == {"missing"}


def test_a_folder_that_cannot_be_written_to_is_told_in_a_sentence(mine: Paths, here: Ground) -> None:
    (here.user / ".mozilla" / "native-messaging-hosts").write_text("a file where a folder should be")

    with pytest.raises(NoSpace, match="Firefox could not be told") as caught:
        connecting.connect(mine, "firefox", ground=here)
    assert "native-messaging-hosts" in caught.value.action


@pytest.mark.parametrize(
    ("key", "folder", "words", "command"),
    [
        (
            "firefox",
            "snap/firefox",
            "asks once",
            "flatpak permission-set webextensions org.kithbook.host snap.firefox yes",
        ),
        (
            "firefox",
            ".var/app/org.mozilla.firefox",
            "asks once",
            "flatpak permission-set webextensions org.kithbook.host org.mozilla.firefox yes",
        ),
        ("chromium", "snap/chromium", "may not start other programs", ""),
        ("chrome", ".var/app/com.google.Chrome", "may not start other programs", ""),
    ],
)
def test_a_sandboxed_browser_is_told_of_with_what_helps(
    mine: Paths, own_home: Path, key: str, folder: str, words: str, command: str
) -> None:
    (own_home / folder).mkdir(parents=True)
    state = by_key(connecting.states(mine, Ground("linux", own_home, which=lambda name: None)))[key]

    assert state.is_found
    assert state.sandbox in folder or state.sandbox == "flatpak"
    assert words in state.advice
    assert state.command == command


def test_the_command_says_where_each_manifest_stands(
    only_here: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["connect"]) == 0
    said = capsys.readouterr().out

    assert "Firefox may start Kithbook: " in said
    assert "Google Chrome may start Kithbook: " in said
    assert "Edge" not in said


def test_the_command_prints_json_when_asked(only_here: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["connect", "--json", "--browser", "firefox"]) == 0
    said: list[dict[str, Any]] = json.loads(capsys.readouterr().out)

    assert [(state["key"], state["manifest"], state["hello"]) for state in said] == [
        ("firefox", "registered", None)
    ]


def test_the_command_takes_it_away_again(only_here: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    main.run(["connect"])
    assert main.run(["connect", "--remove"]) == 0

    assert "Firefox has not been told of Kithbook" in capsys.readouterr().out


def test_the_command_tells_of_an_unknown_browser(
    only_here: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["connect", "--browser", "netscape"]) == 1
    assert "netscape" in capsys.readouterr().err


def test_the_command_writes_for_a_portable_browser(
    only_here: Ground, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(["connect", "--browser", "chromium", "--folder", str(tmp_path / "profile")]) == 0
    path = Path(capsys.readouterr().out.strip())

    assert path == tmp_path / "profile" / "org.kithbook.host.json"
    assert "allowed_origins" in json.loads(path.read_bytes())
    assert main.run(["connect", "--folder", str(tmp_path)]) == 1
    assert "--browser" in capsys.readouterr().err


def test_the_command_says_when_there_is_no_browser(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = Ground("linux", own_home, which=lambda name: None)
    monkeypatch.setattr(manifest, "this_ground", lambda: bare)

    assert main.run(["connect"]) == 0
    assert "No browser" in capsys.readouterr().out

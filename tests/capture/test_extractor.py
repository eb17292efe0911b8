"""The worker process: kept warm, limited, killed without harm, replaced."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.capture.extractor import DIED, TOO_SLOW, Extractor
from desktop.capture.limits import LARGEST_PAGE
from desktop.capture.stopping import Stopped
from desktop.errors import Refused
from tests.support.spooled import PAGE

URL = "https://example.org/debrief"

STAND_IN = """
import json, os, sys, time
for line in sys.stdin:
    request = json.loads(line)
    word = request.get("html", "")
    if request["op"] == "limits":
        continue
    if word == "sleep":
        time.sleep(600)
    if word == "die":
        os._exit(7)
    if word == "half":
        sys.stdout.write('{"ok": {')
        sys.stdout.flush()
        os._exit(0)
    if word == "bug":
        print(json.dumps({"bug": "Traceback"}), flush=True)
        continue
    print(json.dumps({"ok": {"title": word, "text": str(os.getpid())}}), flush=True)
"""


@pytest.fixture
def stand_in() -> Iterator[Extractor]:
    """A worker that does as it is told, and starts at once."""
    with Extractor(command=(sys.executable, "-c", STAND_IN), seconds=30, pages=3) as found:
        yield found


def test_two_threads_take_turns_and_each_gets_its_own_page(stand_in: Extractor) -> None:
    found: dict[str, list[str]] = {"one": [], "two": []}

    def read(word: str) -> None:
        for number in range(8):  # the worker is replaced on the way
            found[word].append(stand_in.extract(f"{word} {number}", URL).title)

    threads = [threading.Thread(target=read, args=(word,)) for word in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert found == {word: [f"{word} {number}" for number in range(8)] for word in found}


def test_a_page_is_read_by_another_process(extractor: Extractor) -> None:
    article = extractor.extract(PAGE, URL)

    assert article.title.startswith("How to debrief")
    assert "begins with a question" in article.text
    assert article.images[0].src == "https://example.org/p.png"
    assert extractor.pid not in (None, os.getpid())


def test_the_worker_stays_for_the_next_page(extractor: Extractor) -> None:
    extractor.extract(PAGE, URL)
    first = extractor.pid
    extractor.extract(PAGE, URL)

    assert extractor.pid == first


def test_a_page_too_big_is_refused_before_it_is_sent(extractor: Extractor) -> None:
    with pytest.raises(Refused, match="too big"):
        extractor.extract("x" * (LARGEST_PAGE + 1), URL)


def test_a_hundred_thousand_nested_elements_cost_one_page(extractor: Extractor) -> None:
    with pytest.raises(Refused, match=r"deep"):
        extractor.extract("<div>" * 100_000 + "deep" + "</div>" * 100_000, URL)

    assert extractor.extract(PAGE, URL).text


def test_a_page_with_no_text_is_an_empty_article(extractor: Extractor) -> None:
    article = extractor.extract("<html><body><canvas></canvas></body></html>", URL)

    assert (article.text, article.html) == ("", "")
    assert article.warnings


def test_a_passage_is_kept_whole_with_absolute_addresses(extractor: Extractor) -> None:
    html = '<p onclick="x()">One <a href="/two">two</a><script>x()</script> <img src="p.png" alt="three"></p>'

    article = extractor.passage(html, "https://example.org/a/b")

    assert article.text.split() == ["One", "two"] or "One two" in article.text
    assert 'href="https://example.org/two"' in article.html
    assert [picture.src for picture in article.images] == ["https://example.org/a/p.png"]
    assert "script" not in article.html
    assert "onclick" not in article.html


def test_an_empty_passage_is_an_empty_article(extractor: Extractor) -> None:
    assert extractor.passage("", URL).kind == "empty"


def test_a_worker_killed_while_it_has_nothing_to_do_costs_nothing(stand_in: Extractor) -> None:
    stand_in.extract("one", URL)
    assert stand_in._worker is not None
    os.kill(stand_in._worker.pid, 9)
    os.waitid(os.P_PID, stand_in._worker.pid, os.WEXITED | os.WNOWAIT)

    assert stand_in.extract("two", URL).title == "two"


@pytest.mark.parametrize("word", ["die", "half", "bug"])
def test_a_worker_that_breaks_is_a_sentence_and_is_replaced(stand_in: Extractor, word: str) -> None:
    with pytest.raises(Refused, match=DIED):
        stand_in.extract(word, URL)

    assert stand_in.extract("next", URL).title == "next"


def test_a_page_that_takes_too_long_is_given_up() -> None:
    with Extractor(command=(sys.executable, "-c", STAND_IN), seconds=0.3) as slow:
        with pytest.raises(Refused, match=TOO_SLOW):
            slow.extract("sleep", URL)
        assert slow.pid is None


def test_a_worker_is_replaced_after_its_number_of_pages(stand_in: Extractor) -> None:
    workers = [stand_in.extract("page", URL).text for _ in range(7)]

    assert [len(set(workers[at : at + 3])) for at in (0, 3)] == [1, 1]
    assert len(set(workers)) == 3


def test_an_interrupted_page_is_neither_read_nor_refused(stand_in: Extractor) -> None:
    stopped = threading.Event()
    stand_in.stop_by(stopped)
    stand_in.warm()

    def stop() -> None:
        stopped.set()
        stand_in.interrupt()

    threading.Timer(0.2, stop).start()
    with pytest.raises(Stopped):
        stand_in.extract("sleep", URL)
    with pytest.raises(Stopped):
        stand_in.extract("next", URL)


def test_closing_twice_is_harmless(stand_in: Extractor) -> None:
    stand_in.extract("page", URL)
    stand_in.close()
    stand_in.close()

    assert stand_in.pid is None


LIMITED = """
import json, sys
from desktop.capture import worker

def work(request):
    if request["html"] == "memory":
        return {"title": str(len(bytearray(3 << 30)))}
    if request["html"] == "time":
        while True:
            pass
    if request["html"] == "file":
        with open(request["url"], "wb") as file:
            file.write(b"x")
    print("a library speaks")
    return {"title": "fine"}

worker._work = work
sys.exit(worker.main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no setrlimit")
def test_the_worker_limits_its_own_memory_time_and_files(tmp_path: Path) -> None:
    place = tmp_path / "written"
    with Extractor(command=(sys.executable, "-c", LIMITED), cpu_seconds=1, megabytes=1024) as limited:
        assert limited.extract("print", URL).title == "fine"
        with pytest.raises(Refused, match="memory"):
            limited.extract("memory", URL)
        with pytest.raises(Refused, match=TOO_SLOW):
            limited.extract("time", URL)
        with pytest.raises(Refused):
            limited.extract("file", str(place))
    assert not place.exists() or place.stat().st_size == 0

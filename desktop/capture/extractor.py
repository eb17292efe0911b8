"""The worker process as its owner sees it: kept warm, killed by its pid when it is too slow, and replaced.

Surprising: after a fault the next page gets a new worker, so one hostile page costs only itself.
"""

from collections.abc import Sequence
from types import TracebackType

from desktop.capture.pdf import PdfText
from desktop.text.article import Article


class Extractor:
    """Articles from HTML and text from PDF, in a process that can be killed without harm. For one thread at a time."""

    def __init__(
        self,
        *,
        command: Sequence[str] = (),
        seconds: float = 30.0,
        megabytes: int = 1024,
        pages: int = 200,
    ) -> None:
        """``command`` starts a worker (default: this program with ``--worker``); ``seconds`` a page may take;
        ``megabytes`` of memory the worker may use; after ``pages`` it is replaced.
        """

    def extract(self, html: str, url: str) -> Article:
        """The article of a page. Raises `errors.Refused` with a sentence: too big, too deep, too slow, worker died."""
        raise NotImplementedError

    def pdf(self, data: bytes) -> PdfText:
        """Title, author and text of a PDF file. Raises `errors.Refused` or `errors.BadInput` with a sentence."""
        raise NotImplementedError

    def close(self) -> None:
        """End the worker. Using the Extractor again starts a new one."""
        raise NotImplementedError

    def __enter__(self) -> "Extractor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

"""The other process: reads hostile HTML and PDF files, so that the program itself never does.

``python -m desktop --worker`` reads one JSON line a request and writes one JSON line an answer. Surprising: it limits
its own memory and processor time, and expects to be killed; it holds nothing that could be lost.
"""


def main() -> int:
    """Serve requests on standard input until it ends."""
    raise NotImplementedError

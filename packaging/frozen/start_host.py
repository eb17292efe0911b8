"""Where the frozen host begins: nothing but the host, so that it starts as fast as the interpreter."""

import sys

from native_host.__main__ import main

sys.exit(main())

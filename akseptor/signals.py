"""Messages upward, sent inside the transaction of the change.

`pelayanan_berubah`: services of these desa and days may count differently now. Sent with `sel`, a set of (kode desa,
day on which it is counted). The receiver only writes down what has to be counted again.

`data_ditutup`: these persons (`orang`, keys of rows) withdrew or were erased; files that name them must go.
"""

from django.dispatch import Signal

pelayanan_berubah = Signal()
data_ditutup = Signal()

"""The one message upward: services of these desa and days may count differently now.

Sent inside the transaction of the change with `sel`, a set of (kode desa, day on which it is counted). The receiver
only writes down what has to be counted again.
"""

from django.dispatch import Signal

pelayanan_berubah = Signal()

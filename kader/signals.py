"""The one message upward: a place of service is of another kind now.

Sent inside the transaction of the change. The receiver only writes down what has to be counted again.
"""

from django.dispatch import Signal

jenis_faskes_berubah = Signal()

"""The one message upward: the kind of a place of service changed, so numbers per kind may be others now.

Sent inside the transaction of the change, without data.
"""

from django.dispatch import Signal

jenis_faskes_berubah = Signal()

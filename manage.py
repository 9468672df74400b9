#!/usr/bin/env python
"""Django's command line for Pos KB."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poskb.settings")
    from django.core.management import execute_from_command_line

    from poskb.dasar.peran_db import pilih_peran

    pilih_peran(sys.argv)
    execute_from_command_line(sys.argv)
